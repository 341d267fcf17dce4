import type { Baseline } from '../../domain/baseline.ts';
import type { Config, ModelChange, Upgrade } from '../../domain/config.ts';
import { addDays, type Day, daysBetween, maxDay } from '../../domain/day.ts';
import type { Decision } from '../../domain/decision.ts';
import { compareText } from '../../domain/order.ts';
import type { PlannedWindow } from '../../domain/plan.ts';
import { itemOfWindow, storeOfUpgrade, upgradeId } from '../../domain/work-id.ts';
import { sprintOf, workdaysAhead } from '../../policy/calendar.ts';
import { modelPieces } from '../../schedule/work/model-changes.ts';
import { goalFor } from '../../upgrade/goals.ts';
import { editionOf } from '../../upgrade/route.ts';
import { TABLES } from '../../upgrade/tables.ts';
import { baselineOf } from '../baseline.ts';
import { engines, planIn, situationOf } from '../situation.ts';
import { besideUpgrades, type Judged } from './beside-upgrades.ts';
import { AHEAD, Hindsight } from './hindsight.ts';
import { Running } from './running.ts';
import type { Replay, ReplayedDisruption, ReplayedUpgrade, ReplayedWeek, ReplayInput } from './types.ts';

// How a policy would have gone: every week of the past is planned with what was known then, and what shipped is judged with what is known now.

/** Advisories are told by what is known today, so that the past may not use them. */
const THEN = { ...TABLES, advisories: [] };

const ASSUMPTIONS = [
  'One model change arrives at the start of each sprint, in the sizes of the configured ones, over and over.',
  'What ran on the first day is the newest line that was old enough for the policy then; ranges keep their form.',
  'Packages watched by reach take in what their range admits; engines leave a line when the policy wants them to.',
  'Proposals are accepted in the last week in which their notice allows it; one that breaks a rule before it starts is planned anew.',
  'Dated freezes return every year. Hosts, runtimes and advisories are not replayed.',
];

/** Walks the weeks. Pure but for the ledger, which is asked for each week as it was then. */
export function replay(input: ReplayInput): Replay {
  const walk = new Walk(input);
  for (let asOf = input.from; asOf < input.until; asOf = addDays(asOf, 7)) walk.week(asOf);
  return walk.result();
}

interface Live {
  readonly change: ModelChange;
  readonly arrived: Day;
  /** Collision probability of each of its windows when it was accepted. */
  readonly risks: (number | null)[];
}

/** Unknown when it is unknown of one of the windows. */
function riskiest({ risks }: Live): number | null {
  const known = risks.flatMap((risk) => risk ?? []);
  return known.length === 0 || known.length < risks.length ? null : Math.max(...known);
}

class Walk {
  readonly #input: ReplayInput;
  /** The ledger as one week sees it, read once. */
  readonly #ledger = new Map<string, ReturnType<ReplayInput['store']['ledger']>>();
  readonly #running: Running;
  readonly #hindsight: Hindsight;
  readonly #first: Replay['stack'];
  readonly #weeks: ReplayedWeek[] = [];
  readonly #changes: Judged[] = [];
  readonly #upgrades: ReplayedUpgrade[] = [];
  readonly #disruptions: ReplayedDisruption[] = [];
  /** First day after the soak of each upgrade, as the last plan that knew it had it. */
  readonly #soaked = new Map<string, Day>();
  #live: Live[] = [];
  /** Changes that shipped so lately that an upgrade could still come too close to them. */
  #recent: { readonly change: ModelChange; readonly until: Day; readonly steps: readonly Decision[] }[] = [];
  #wishes: (Upgrade & { readonly leaveBy: Day | null })[] = [];
  #decisions: (Decision & { readonly sets: PlannedWindow['sets'] })[] = [];
  /** Each week publishes its proposals, and the next one starts from them. */
  #baseline: Baseline | null = null;
  #arrivals = 0;

  constructor(given: ReplayInput) {
    const ledger: ReplayInput['store']['ledger'] = (product, asOf) => {
      const key = `${product} ${asOf}`;
      const rows = this.#ledger.get(key) ?? given.store.ledger(product, asOf);
      this.#ledger.set(key, rows);
      return rows;
    };
    const input = { ...given, store: { ledger } };
    this.#input = input;
    this.#running = new Running(input);
    this.#hindsight = new Hindsight(input, this.#running);
    this.#first = this.#running.stack.map(({ id, running, range }) => ({ id, running, range }));
  }

  week(asOf: Day): void {
    this.#ledger.clear();
    this.#running.forget();
    this.#finish(asOf);
    this.#running.takeIn(asOf);
    this.#arrive(asOf);
    this.#wish(asOf);
    const config = this.#config();
    const { store, products } = this.#input;
    const situation = situationOf({
      // With tables of its own it is not asked for facts.
      store: { ...store, facts: () => [] },
      products,
      config,
      asOf,
      baseline: this.#baseline,
      tables: THEN,
      onlyCounted: true,
    });
    const decided = this.#decisions.map(({ sets: _, ...decision }) => decision);
    const decisions = [...decided, ...this.#recent.flatMap(({ steps }) => steps)];
    const { plan } = planIn(situation, config, decisions);
    for (const { after, kind, until } of plan.waits) {
      if (kind === 'soak') this.#soaked.set(itemOfWindow(after), until);
    }
    const before = new Map((this.#baseline?.proposals ?? []).map(({ id, from }) => [id, from]));
    const proposals = plan.windows.filter(({ state }) => state === 'proposed');
    const broken = plan.windows.filter(
      ({ state, findings, from, kind }) =>
        state === 'accepted' && kind === 'model' && findings.length > 0 && from > asOf,
    );
    this.#weeks.push({
      asOf,
      waiting: this.#live.length,
      proposed: proposals.length,
      unplaced: plan.unplaced.length,
      moved: proposals.filter(({ id, from }) => before.has(id) && before.get(id) !== from).length,
      broken: broken.length,
    });
    this.#drop(broken);
    const soon = addDays(asOf, 7);
    // What cannot be decided next week any more with its notice is decided now, an upgrade with all its steps.
    const isDue = ({ from, kind }: PlannedWindow) => {
      const { engine, model } = config.policy.lead;
      return from < soon || workdaysAhead(config.team, soon, from) < (kind === 'engine' ? engine : model);
    };
    const due = new Set(proposals.filter((one) => one.kind !== 'model' && isDue(one)).map(({ item }) => item));
    for (const window of proposals) {
      if (broken.some(({ item }) => item === window.item)) continue;
      if (window.kind === 'model' ? isDue(window) : due.has(window.item)) this.#accept(window, asOf);
    }
    this.#baseline = baselineOf(plan);
  }

  result(): Replay {
    const { from, until, config, products } = this.#input;
    const unfinished = Map.groupBy(
      this.#decisions.filter(({ item }) => !this.#live.some(({ change }) => change.id === item)),
      ({ item }) => item,
    );
    const underWay = [...unfinished].flatMap(([item, steps]) => this.#disruptionOf(item, steps));
    const disruptions = [...this.#disruptions, ...underWay].sort(
      (a, b) => compareText(a.from, b.from) || compareText(a.item, b.item),
    );
    const { separation } = config.policy;
    const open = this.#live.map(({ change, arrived }) => this.#hindsight.judged(change, arrived, null, null));
    const releases = engines({ ...config, stack: this.#running.stack }, products).flatMap((engine) =>
      this.#running.members(engine.id).flatMap((item) =>
        this.#hindsight
          .eventsOf(item)
          .filter(({ day }) => day >= from && day < until)
          .map(({ day, name }) => ({ store: engine.id, name, day })),
      ),
    );
    return {
      from,
      until,
      assumptions: ASSUMPTIONS,
      stack: this.#first,
      weeks: this.#weeks,
      changes: [...this.#changes, ...open]
        .map((one) => besideUpgrades(one, disruptions, separation))
        .sort((a, b) => compareText(a.arrived, b.arrived) || compareText(a.id, b.id)),
      upgrades: this.#upgrades,
      disruptions,
      separation,
      releases: releases.sort((a, b) => compareText(a.day, b.day) || compareText(a.name, b.name)),
    };
  }

  /** Ends what is over: changes have shipped, steps have changed what runs. */
  #finish(asOf: Day): void {
    for (const decision of this.#decisions) {
      if (decision.until > asOf || decision.state === 'done') continue;
      for (const change of decision.sets) this.#running.set(change);
    }
    this.#decisions = this.#decisions.map((one) => (one.until <= asOf ? { ...one, state: 'done' as const } : one));
    const { separation } = this.#input.config.policy;
    this.#recent = this.#recent.filter(({ until }) => addDays(until, separation) > asOf);
    const over = new Set<string>();
    for (const [item, steps] of Map.groupBy(this.#decisions, (one) => one.item)) {
      if (steps.some(({ state }) => state !== 'done')) continue;
      const live = this.#live.find(({ change }) => change.id === item);
      const [from = asOf, until = asOf] = [
        steps.map((one) => one.from).sort()[0],
        steps
          .map((one) => one.until)
          .sort()
          .at(-1),
      ];
      if (live !== undefined) {
        const phases = modelPieces({ ...this.#input.config, modelChanges: [live.change] }).length;
        if (steps.length < phases) continue;
        this.#changes.push(this.#hindsight.judged(live.change, live.arrived, { from, until }, riskiest(live), steps));
        this.#live = this.#live.filter((one) => one !== live);
        this.#recent.push({ change: live.change, until, steps: steps.map(({ sets: _, ...step }) => step) });
      } else {
        const wish = this.#wishes.find((one) => upgradeId(one) === item);
        const leaveBy = wish?.leaveBy ?? null;
        const daysLate = leaveBy === null ? 0 : Math.max(0, daysBetween(leaveBy, addDays(until, -1)));
        this.#upgrades.push({ item, store: storeOfUpgrade(item), from, until, leaveBy, daysLate });
        this.#disruptions.push(...this.#disruptionOf(item, steps));
        this.#wishes = this.#wishes.filter((one) => one !== wish);
      }
      over.add(item);
    }
    this.#decisions = this.#decisions.filter(({ item }) => !over.has(item));
  }

  /** A sprint that begins this week brings a change, in the shape of a configured one. */
  #arrive(asOf: Day): void {
    const { config } = this.#input;
    const stores = new Set(this.#running.stack.filter(({ store }) => store === null).map(({ id }) => id));
    const shapes = config.modelChanges.filter(({ store }) => stores.has(store));
    const begins = sprintOf(config.team, addDays(asOf, 6)).from;
    const [shape] = shapes.length === 0 ? [] : [shapes[this.#arrivals % shapes.length]];
    if (shape === undefined || begins < asOf) return;
    this.#arrivals++;
    const id = `${shape.id}-${String(this.#arrivals).padStart(3, '0')}`;
    const change = { ...shape, id, notBefore: begins, deadline: null, after: [], rerunnable: true };
    this.#live.push({ change, arrived: begins, risks: [] });
  }

  /** Engines whose line ends, as far as that was known, get a line to go to. */
  #wish(asOf: Day): void {
    const { products, config } = this.#input;
    const policy = config.policy.engineUpgrades;
    for (const item of engines({ ...config, stack: this.#running.stack }, products)) {
      const product = products.get(item.product);
      if (product === undefined || item.running === null || this.#wishes.some((one) => one.store === item.id)) continue;
      const history = this.#running.historyOf(product, asOf);
      const goal = goalFor({
        product,
        history,
        running: item.running,
        edition: editionOf(item.edition),
        wishes: [],
        policy,
        asOf,
        tables: THEN,
      });
      const leaveBy = goal.reasons.map(({ by }) => by).find((by) => by !== null) ?? null;
      if (goal.to === null || leaveBy === null || leaveBy > addDays(asOf, AHEAD * 7)) continue;
      this.#wishes.push({ store: item.id, to: goal.to, by: null, priority: 1, leaveBy });
    }
  }

  #config(): Config {
    const { config } = this.#input;
    const upgrades = this.#wishes.map(({ leaveBy: _, ...wish }) => wish);
    const modelChanges = [
      ...this.#recent.map(({ change }) => change),
      ...this.#live.map(({ change }) => this.#afterUpgrades(change)),
    ];
    return { ...config, stack: this.#running.stack, modelChanges, upgrades, exceptions: [] };
  }

  /** An upgrade that is over is no work any more, but changes keep their distance from its soak still. */
  #afterUpgrades(change: ModelChange): ModelChange {
    const { separation } = this.#input.config.policy;
    const ends = this.#disruptions.filter(({ store }) => store === change.store).map(({ until }) => until);
    const apart = ends.map((until) => addDays(until, separation));
    const notBefore = apart.reduce<Day | null>((a, b) => (a === null ? b : maxDay(a, b)), change.notBefore);
    return { ...change, notBefore };
  }

  #accept({ item, step, from, until, sets, risk, kind }: PlannedWindow, on: Day): void {
    this.#decisions.push({ item, step, state: 'accepted', from, until, by: null, on, reason: null, sets });
    const live = this.#live.find(({ change }) => change.id === item);
    if (live !== undefined && kind === 'model') live.risks.push(risk);
  }

  /** From the new binaries to the end of the soak; none for work that brings no new line. */
  #disruptionOf(item: string, steps: readonly Decision[]): readonly ReplayedDisruption[] {
    const binaries = steps.find(({ step }) => step === 'binaries');
    if (binaries === undefined) return [];
    const until = this.#soaked.get(item) ?? addDays(binaries.until, this.#input.config.policy.engineUpgrades.soak);
    return [{ item, store: storeOfUpgrade(item), from: binaries.from, until }];
  }

  #drop(windows: readonly PlannedWindow[]): void {
    const isDropped = ({ item, step }: Decision) => windows.some((one) => one.item === item && one.step === step);
    this.#decisions = this.#decisions.filter((decision) => !isDropped(decision));
  }
}
