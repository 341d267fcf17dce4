import type { Config, ModelChange, StackItem, Upgrade } from '../domain/config.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import { compareText } from '../domain/order.ts';
import type { Decision, PlannedWindow, PlanSnapshot, StoreId } from '../domain/plan.ts';
import type { Product, ProductId } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { buildHistory } from '../ledger/history.ts';
import { sprintOf } from '../policy/calendar.ts';
import { collisionDays } from '../policy/collision.ts';
import { type CountedRelease, exposureOf, watchOf } from '../policy/exposure.ts';
import type { RuleFacts } from '../policy/rule.ts';
import { parseSeries, rangeAt } from '../policy/series.ts';
import { optionsFor } from '../schedule/options.ts';
import { snapshotOf } from '../schedule/snapshot.ts';
import { modelPieces } from '../schedule/work.ts';
import type { Store } from '../store/store.ts';
import { goalFor } from '../upgrade/goals.ts';
import { editionOf } from '../upgrade/route.ts';
import { TABLES } from '../upgrade/tables.ts';
import { compareLines } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { engines, planIn, situationOf } from './situation.ts';

// How a policy would have gone: every week of the past is planned with what was known then, and what shipped is judged with what is known now.

/** One model change of the replay: where it went, and where two other teams would have put it. */
export interface ReplayedChange {
  readonly id: string;
  readonly store: StoreId;
  /** First day on which it could ship. */
  readonly arrived: Day;
  /** Its window, from the first day of its first phase to the end of its last; `null`: it had not shipped by the end. */
  readonly from: Day | null;
  readonly until: Day | null;
  /** Collision probability of its riskiest window when it was accepted. */
  readonly risk: number | null;
  /** The counted release that collided with it, known today; `null`: none. */
  readonly collided: string | null;
  readonly waitDays: number | null;
  /** A team that ships at once: its first day, and what collided; `null`: no day within half a year. */
  readonly atOnce: { readonly from: Day; readonly collided: string | null } | null;
  /** A team that ships in any sprint of half a year alike: sprints it could choose, and in how many of them something collides. */
  readonly anySprint: { readonly sprints: number; readonly collided: number };
}

export interface ReplayedUpgrade {
  readonly item: string;
  readonly from: Day;
  readonly until: Day;
  /** Day by which the policy wanted the old line gone; `null` where its end was not known. */
  readonly leaveBy: Day | null;
  readonly daysLate: number;
}

export interface ReplayedWeek {
  readonly asOf: Day;
  readonly waiting: number;
  readonly proposed: number;
  readonly unplaced: number;
  /** Proposals that are not where the plan of the week before had them. */
  readonly moved: number;
  /** Accepted windows that broke a rule under new facts and were planned anew. */
  readonly broken: number;
}

export interface Replay {
  readonly from: Day;
  readonly until: Day;
  /** What is taken for granted, in sentences. */
  readonly assumptions: readonly string[];
  /** What ran on the first day. */
  readonly stack: readonly { readonly id: string; readonly running: string | null; readonly range: string | null }[];
  readonly weeks: readonly ReplayedWeek[];
  readonly changes: readonly ReplayedChange[];
  readonly upgrades: readonly ReplayedUpgrade[];
  /** Counted feature releases of each store, by day. */
  readonly releases: readonly { readonly store: StoreId; readonly name: string; readonly day: Day }[];
}

export interface ReplayInput {
  readonly store: Pick<Store, 'ledger'>;
  readonly products: ReadonlyMap<ProductId, Product>;
  /** The policy to try, with days off and freezes of all the years. */
  readonly config: Config;
  readonly from: Day;
  /** First day that is not replayed. */
  readonly until: Day;
}

/** Weeks that the other teams look ahead. */
const AHEAD = 26;

/** Advisories are told by what is known today, so that the past may not use them. */
const THEN = { ...TABLES, advisories: [] };

const ASSUMPTIONS = [
  'One model change arrives at the start of each sprint, in the sizes of the configured ones, over and over.',
  'What ran on the first day is the newest line that was old enough for the policy then; ranges keep their form.',
  'Packages watched by reach take in what their range admits; engines leave a line when the policy wants them to.',
  'Proposals that start within a week are accepted; one that breaks a rule before it starts is planned anew.',
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
  risk: number;
}

class Walk {
  readonly #input: ReplayInput;
  /** The ledger as one week sees it, read once. */
  readonly #ledger = new Map<string, ReturnType<ReplayInput['store']['ledger']>>();
  readonly #histories = new Map<string, History>();
  readonly #events = new Map<string, readonly CountedRelease[]>();
  readonly #stack: StackItem[];
  readonly #first: Replay['stack'];
  readonly #weeks: ReplayedWeek[] = [];
  readonly #changes: ReplayedChange[] = [];
  readonly #upgrades: ReplayedUpgrade[] = [];
  #live: Live[] = [];
  #wishes: (Upgrade & { readonly leaveBy: Day | null })[] = [];
  #decisions: (Decision & { readonly sets: PlannedWindow['sets'] })[] = [];
  #previous: PlanSnapshot | null = null;
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
    const { config, products, from } = input;
    this.#stack = config.stack.flatMap((item) => {
      const product = products.get(item.product);
      if (product === undefined || product.kind === 'runtime' || product.kind === 'framework') return [];
      return this.#asItRan(item, product, from);
    });
    this.#first = this.#stack.map(({ id, running, range }) => ({ id, running, range }));
  }

  week(asOf: Day): void {
    this.#ledger.clear();
    this.#histories.clear();
    this.#finish(asOf);
    this.#takeIn(asOf);
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
      previous: this.#previous,
      tables: THEN,
      onlyCounted: true,
    });
    const decisions = this.#decisions.map(({ sets: _, ...decision }) => decision);
    const { plan, exposed } = planIn(situation, config, decisions);
    const before = new Map(
      (this.#previous?.windows ?? []).flatMap(({ id, state, from }) => (state === 'proposed' ? [[id, from]] : [])),
    );
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
    const due = new Set(proposals.filter(({ from, kind }) => kind !== 'model' && from < soon).map(({ item }) => item));
    for (const window of proposals) {
      if (broken.some(({ item }) => item === window.item)) continue;
      if (window.kind === 'model' ? window.from < soon : due.has(window.item)) this.#accept(window, asOf);
    }
    this.#previous = snapshotOf({ plan, config, decisions, exposed });
  }

  result(): Replay {
    const { from, until, config, products } = this.#input;
    const open = this.#live.map(({ change, arrived }) => this.#judged(change, arrived, null, null));
    const releases = engines({ ...config, stack: this.#stack }, products).flatMap((engine) =>
      this.#members(engine.id, this.#stack).flatMap((item) =>
        this.#eventsOf(item)
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
      changes: [...this.#changes, ...open].sort((a, b) => compareText(a.arrived, b.arrived) || compareText(a.id, b.id)),
      upgrades: this.#upgrades,
      releases: releases.sort((a, b) => compareText(a.day, b.day) || compareText(a.name, b.name)),
    };
  }

  /** The version that a careful team ran on that day; nothing where there was none yet. */
  #asItRan(item: StackItem, product: Product, asOf: Day): readonly StackItem[] {
    const history = buildHistory(product, this.#input.store.ledger(product.id, asOf));
    const scheme = schemeOf(product.versioning);
    const old = addDays(asOf, -this.#input.config.policy.engineUpgrades.minAge);
    const lines = history.lines.filter(({ line, ga }) => {
      const row = TABLES.lines.find((known) => known.product === product.id && known.line === line);
      return ga !== null && ga <= old && (product.kind !== 'engine' || row === undefined || row.kind === 'major');
    });
    const [line] = lines.map((one) => one.line).sort((a, b) => compareLines(b, a));
    const versions = history.releases
      .filter(
        ({ version, date: day }) =>
          day !== null &&
          day <= asOf &&
          scheme.parse(version)?.line === line &&
          scheme.parse(version)?.prerelease === null,
      )
      .sort((a, b) => compareText(b.date ?? '', a.date ?? ''));
    const [newest] = versions;
    if (line === undefined || newest === undefined) return [];
    const range = item.range === null ? null : rangeAt(item.range, newest.version);
    return [{ ...item, running: newest.version, range, fcv: item.fcv === null ? null : line, platform: null }];
  }

  /** Ends what is over: changes have shipped, steps have changed what runs. */
  #finish(asOf: Day): void {
    for (const decision of this.#decisions) {
      if (decision.until > asOf || decision.state === 'done') continue;
      for (const { id, key, value } of decision.sets) this.#set(id, key, value);
    }
    this.#decisions = this.#decisions.map((one) => (one.until <= asOf ? { ...one, state: 'done' as const } : one));
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
        this.#changes.push(this.#judged(live.change, live.arrived, { from, until }, live.risk, steps));
        this.#live = this.#live.filter((one) => one !== live);
      } else {
        const wish = this.#wishes.find(({ store, to }) => `${store}-${to}` === item);
        const leaveBy = wish?.leaveBy ?? null;
        const daysLate = leaveBy === null ? 0 : Math.max(0, daysBetween(leaveBy, addDays(until, -1)));
        this.#upgrades.push({ item, from, until, leaveBy, daysLate });
        this.#wishes = this.#wishes.filter((one) => one !== wish);
      }
      over.add(item);
    }
    this.#decisions = this.#decisions.filter(({ item }) => !over.has(item));
  }

  #set(id: string, key: 'running' | 'fcv' | 'platform', value: string): void {
    const index = this.#stack.findIndex((item) => item.id === id);
    const item = this.#stack[index];
    if (item === undefined || key === 'platform') return;
    const range = key === 'running' ? rangeAt(item.range, value) : item.range;
    this.#stack[index] = { ...item, [key]: value, range: item.range === null ? null : range };
  }

  /** Packages take in what their ranges admit. */
  #takeIn(asOf: Day): void {
    for (const [index, item] of this.#stack.entries()) {
      const product = this.#input.products.get(item.product);
      if (product === undefined || product.kind === 'engine' || item.range === null || item.running === null) continue;
      const series = parseSeries(item.range, product.versioning);
      const scheme = schemeOf(product.versioning);
      const history = this.#historyOf(product, asOf);
      const newest = history.releases
        .filter(
          ({ version, date: day }) =>
            day !== null &&
            day <= asOf &&
            series?.admits(version) === true &&
            scheme.parse(version)?.prerelease === null,
        )
        .map(({ version }) => version)
        .sort((a, b) => compareLines(b, a))[0];
      if (newest !== undefined && compareLines(newest, item.running) > 0)
        this.#stack[index] = { ...item, running: newest };
    }
  }

  /** A sprint that begins this week brings a change, in the shape of a configured one. */
  #arrive(asOf: Day): void {
    const { config } = this.#input;
    const stores = new Set(this.#stack.filter(({ store }) => store === null).map(({ id }) => id));
    const shapes = config.modelChanges.filter(({ store }) => stores.has(store));
    const begins = sprintOf(config.team, addDays(asOf, 6)).from;
    const [shape] = shapes.length === 0 ? [] : [shapes[this.#arrivals % shapes.length]];
    if (shape === undefined || begins < asOf) return;
    this.#arrivals++;
    const id = `${shape.id}-${String(this.#arrivals).padStart(3, '0')}`;
    const change = { ...shape, id, notBefore: begins, deadline: null, after: [], rerunnable: true };
    this.#live.push({ change, arrived: begins, risk: 0 });
  }

  /** Engines whose line ends, as far as that was known, get a line to go to. */
  #wish(asOf: Day): void {
    const { products, config } = this.#input;
    const policy = config.policy.engineUpgrades;
    for (const item of engines({ ...config, stack: this.#stack }, products)) {
      const product = products.get(item.product);
      if (product === undefined || item.running === null || this.#wishes.some((one) => one.store === item.id)) continue;
      const history = this.#historyOf(product, asOf);
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
    const modelChanges = this.#live.map(({ change }) => change);
    return { ...config, stack: this.#stack, modelChanges, upgrades, exceptions: [] };
  }

  #accept({ item, step, from, until, sets, risk, kind }: PlannedWindow, on: Day): void {
    this.#decisions.push({ item, step, state: 'accepted', from, until, by: null, on, reason: null, sets });
    const live = this.#live.find(({ change }) => change.id === item);
    if (live !== undefined && kind === 'model') live.risk = Math.max(live.risk, risk);
  }

  #drop(windows: readonly PlannedWindow[]): void {
    const isDropped = ({ item, step }: Decision) => windows.some((one) => one.item === item && one.step === step);
    this.#decisions = this.#decisions.filter((decision) => !isDropped(decision));
  }

  /** The change with what collided with it, as it is known today, and what the other teams would have met. */
  #judged(
    change: ModelChange,
    arrived: Day,
    window: { readonly from: Day; readonly until: Day } | null,
    risk: number | null,
    steps: readonly { readonly from: Day; readonly until: Day }[] = [],
  ): ReplayedChange {
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
    const [first] = open;
    const hit = (one: { readonly from: Day; readonly until: Day }) => this.#collides(change.store, one);
    return {
      id: change.id,
      store: change.store,
      arrived,
      from: window?.from ?? null,
      until: window?.until ?? null,
      risk,
      collided: steps.map(hit).find((name) => name !== null) ?? null,
      waitDays: window === null ? null : daysBetween(arrived, window.from),
      atOnce: first === undefined ? null : { from: first.window.from, collided: hit(first.window) },
      anySprint: { sprints: firsts.length, collided: firsts.filter((one) => hit(one.window) !== null).length },
    };
  }

  /** The release that collides with a window of the store by all that is known at the end. */
  #collides(store: StoreId, window: { readonly from: Day; readonly until: Day }): string | null {
    const days = collisionDays(window, this.#input.config.policy.modelChanges);
    for (const item of this.#members(store, this.#stack)) {
      const event = this.#eventsOf(item).find(({ day }) => days.from <= day && day < days.until);
      if (event !== undefined) return `${event.name} of ${event.day}`;
    }
    return null;
  }

  #members(store: StoreId, stack: readonly StackItem[]): readonly StackItem[] {
    return stack.filter((item) => item.id === store || item.store === store);
  }

  /** The releases that counted for what ran, by all that is known at the end. */
  #eventsOf(item: StackItem): readonly CountedRelease[] {
    const { products, until, config } = this.#input;
    const product = products.get(item.product);
    if (product === undefined) return [];
    const key = `${item.id} ${item.running} ${item.range}`;
    const known = this.#events.get(key);
    if (known !== undefined) return known;
    const history = this.#historyOf(product, until);
    const { events } = exposureOf(item, history, watchOf(config, item, product), until, product.versioning);
    this.#events.set(key, events);
    return events;
  }

  #historyOf(product: Product, asOf: Day): History {
    const key = `${product.id} ${asOf}`;
    const history = this.#histories.get(key) ?? buildHistory(product, this.#input.store.ledger(product.id, asOf));
    this.#histories.set(key, history);
    return history;
  }
}
