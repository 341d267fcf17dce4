import type { Config, ModelChange } from '../../src/domain/config.ts';
import { addDays, fromNumber } from '../../src/domain/day.ts';
import { horizonFrom } from '../../src/domain/horizon.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { examples } from '../../src/fit/examples.ts';
import { forecastNextFeature } from '../../src/forecast/next-feature.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import { nextBest, placedIn, rulesAgainst } from '../../src/schedule/ask/why-not.ts';
import { makePlan } from '../../src/schedule/plan.ts';
import type { PlanInput } from '../../src/schedule/search/search.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { numbersOf } from '../schedule/instances.ts';
import { mongodbHops } from '../support/hops.ts';
import { ASOF, aConfig, aFreeze, aModelChange } from '../support/team.ts';

export interface PlanBench {
  readonly ms: number;
  readonly plan: Plan;
  /** Person-days of the work over those of the sprints. */
  readonly load: number;
}

/** One plan of so many products in so many stores, with so much work over so many weeks. */
export function measurePlan(products: number, work: number, weeks: number, upgrades: boolean): PlanBench {
  const { input, load } = anInput(products, work, weeks, upgrades);
  const begun = performance.now();
  const plan = makePlan(input);
  return { ms: performance.now() - begun, plan, load };
}

/** What a window dragged to another day does to the plan, milliseconds: the answer while keys are pressed. */
export function measureWhatIf(products: number, work: number, weeks: number): number {
  const { input } = anInput(products, work, weeks, true);
  const plan = makePlan(input);
  const stay = new Map(plan.windows.map(({ id, from }) => [id, from]));
  const window = plan.windows.find(({ kind }) => kind === 'model');
  if (window === undefined) throw new Error('nothing to drag');
  const { item, step, from, until } = window;
  const decision = { item, step, state: 'pinned' as const, by: null, on: ASOF, reason: null };
  const dragged = { ...decision, from: addDays(from, 7), until: addDays(until, 7) };
  const begun = performance.now();
  makePlan({ ...input, stay, quick: true, facts: { ...input.facts, decisions: [dragged] } });
  return performance.now() - begun;
}

/** Why every window is where it is, and the best place it did not take, milliseconds. */
export function measureWhy(products: number, work: number, weeks: number): number {
  const { input } = anInput(products, work, weeks, false);
  const plan = makePlan(input);
  const pieces = new Map(input.models.map((piece) => [piece.id, piece]));
  const placed = placedIn(plan, pieces, input.facts.config.team);
  const unplaced = new Set(plan.unplaced.map(({ item }) => item));
  const begun = performance.now();
  for (const piece of input.models) {
    const question = { piece, hop: null, facts: { ...input.facts, placed, unplaced }, horizon: input.horizon };
    const window = plan.windows.find(({ id }) => id === piece.id);
    if (window === undefined) rulesAgainst(question);
    else nextBest(question, window.from);
  }
  return performance.now() - begun;
}

/** The work fills four fifths of the sprints and more. */
function anInput(products: number, work: number, weeks: number, upgrades: boolean): { input: PlanInput; load: number } {
  const next = numbersOf(work * 31 + weeks);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const stores = [
    'mongodb',
    ...Array.from({ length: Math.max(1, Math.floor(products / 5)) - 1 }, (_, i) => `store-${i}`),
  ];
  const modelChanges = Array.from({ length: work }, (_, i): ModelChange => {
    // Every ninth has no day of its own: its deadline lies in the first days' freeze.
    const impossible = i % 9 === 4;
    return aModelChange({
      id: `change-${String(i).padStart(4, '0')}`,
      store: stores[i % stores.length] ?? 'mongodb',
      days: int(1, 4),
      effort: int(1, 5),
      priority: int(1, 5),
      notBefore: next() < 0.2 ? addDays(ASOF, int(0, weeks * 3)) : null,
      deadline: impossible ? addDays(ASOF, 3) : null,
    });
  });
  const effort = modelChanges.reduce((sum, change) => sum + change.effort, 0);
  const sprints = (weeks * 7) / 14;
  const capacity = Math.max(6, Math.ceil(effort / 0.85 / sprints));
  const base = aConfig();
  const [engine] = base.stack;
  if (engine === undefined) throw new Error('no engine');
  const config: Config = {
    ...base,
    // Four products of a store and their joint chance: a team of so many parts cannot ask for less.
    policy: { ...base.policy, tolerance: 0.6 },
    team: { ...base.team, sprint: { ...base.team.sprint, capacity } },
    freezes: [aFreeze({ name: 'Start', from: ASOF, until: addDays(ASOF, 4) })],
    modelChanges,
    upgrades: upgrades ? [{ store: 'mongodb', to: '8.0', by: null, priority: 1 }] : [],
  };
  const exposed = new Map(
    stores.map((store, index) => [store, exposedBy(index, Math.floor(products / stores.length))]),
  );
  const hops = mongodbHops(config);
  return {
    input: {
      facts: { config, asOf: ASOF, margins: config.policy.modelChanges, exposed, decisions: [] },
      models: modelPieces(config),
      hops,
      horizon: horizonFrom(ASOF, weeks),
      observedThrough: {},
    },
    load: effort / (capacity * sprints),
  };
}

/** Reading the bundle takes seconds, and is not what is measured. */
const bundled = examples();

/** Products with the rhythms of slow vendors. */
function exposedBy(index: number, count: number): readonly ExposedProduct[] {
  const slow = bundled.filter(({ days }) => ((days.at(-1) ?? 0) - (days[0] ?? 0)) / days.length > 250);
  return Array.from({ length: count }, (_, i): ExposedProduct => {
    const { product, days } = slow[(index * count + i) % slow.length] ?? { product: 'none', days: [] };
    const events = days.map(fromNumber);
    return {
      product: `${product} ${index} ${i}`,
      name: product,
      versioning: 'semver',
      unknown: null,
      exposure: {
        watch: 'vendor',
        events: events.map((on) => ({ day: on, line: '', name: product })),
        rhythm: events,
        closed: false,
        superseded: false,
        heralds: [],
        nextLine: null,
      },
      forecast: forecastNextFeature({
        product,
        events,
        asOf: ASOF,
        observedThrough: ASOF,
        superseded: false,
        nextLine: null,
        heralds: [],
      }),
    };
  });
}
