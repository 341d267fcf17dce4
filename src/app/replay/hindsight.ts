import type { ModelChange, StackItem } from '../../domain/config.ts';
import { addDays, type Day } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { StoreId } from '../../domain/plan.ts';
import { collisionDays } from '../../policy/collision.ts';
import { type CountedRelease, exposureOf, watchOf } from '../../policy/exposure.ts';
import type { RuleFacts } from '../../policy/rule.ts';
import { optionsFor } from '../../schedule/places/starts.ts';
import { modelPieces } from '../../schedule/work/model-changes.ts';
import type { Judged, Met } from './beside-upgrades.ts';
import type { Running } from './running.ts';
import type { ReplayInput } from './types.ts';

/** Weeks that the other teams look ahead. */
export const AHEAD = 26;

/** What is known at the end of what happened on the way. */
export class Hindsight {
  readonly #input: ReplayInput;
  readonly #running: Running;
  readonly #events = new Map<string, readonly CountedRelease[]>();

  constructor(input: ReplayInput, running: Running) {
    this.#input = input;
    this.#running = running;
  }

  /** The change with what collided with it, as it is known today, and what the other teams would have met. */
  judged(
    change: ModelChange,
    arrived: Day,
    window: Interval | null,
    risk: number | null,
    steps: readonly Interval[] = [],
  ): Judged {
    const { config } = this.#input;
    const piece = modelPieces({ ...config, modelChanges: [{ ...change, phases: 'together' }] })[0];
    const facts: RuleFacts = {
      config: { ...config, exceptions: [], modelChanges: [change] },
      asOf: arrived,
      margins: config.policy.modelChanges,
      exposed: new Map(),
      decisions: [],
      placed: [],
      unplaced: new Set(),
    };
    const days = { from: arrived, until: addDays(arrived, AHEAD * 7) };
    const open =
      piece === undefined ? [] : optionsFor(piece, days, facts).filter(({ refused }) => refused.length === 0);
    const firsts = [...Map.groupBy(open, ({ sprint }) => sprint.number).values()].flatMap(([first]) => first ?? []);
    const hit = (one: Interval) => this.#collides(change.store, one);
    const met = ({ window: days }: { readonly window: Interval }): Met => ({ window: days, collided: hit(days) });
    const collided = steps.map(hit).find((name) => name !== null) ?? null;
    return {
      change: { id: change.id, store: change.store, arrived, risk, collided },
      span: window,
      first: open[0] === undefined ? null : met(open[0]),
      sprints: firsts.map(met),
    };
  }

  /** The releases that counted for what ran, by all that is known at the end. */
  eventsOf(item: StackItem): readonly CountedRelease[] {
    const { products, until, config } = this.#input;
    const product = products.get(item.product);
    if (product === undefined) return [];
    const key = `${item.id} ${item.running} ${item.range}`;
    const known = this.#events.get(key);
    if (known !== undefined) return known;
    const history = this.#running.historyOf(product, until);
    const { events } = exposureOf(item, history, watchOf(config, item, product), until, product.versioning);
    this.#events.set(key, events);
    return events;
  }

  /** The release that collides with a window of the store by all that is known at the end. */
  #collides(store: StoreId, window: Interval): string | null {
    const days = collisionDays(window, this.#input.config.policy.modelChanges);
    for (const item of this.#running.members(store)) {
      const event = this.eventsOf(item).find(({ day }) => days.from <= day && day < days.until);
      if (event !== undefined) return `${event.name} of ${event.day}`;
    }
    return null;
  }
}
