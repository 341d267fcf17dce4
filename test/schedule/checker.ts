import type { Config, ModelChange } from '../../src/domain/config.ts';
import type { Plan, PlannedWindow } from '../../src/domain/plan.ts';
import type { StepName } from '../../src/domain/step-name.ts';
import type { Instance } from './instances.ts';

// An independent judge of plans: its own arithmetic on days counted from 1970, and no code of the planner or of the rules.

const DAY = 86_400_000;
const at = (text: string) => Date.parse(`${text}T00:00:00Z`) / DAY;
const PHASED: Readonly<Record<string, readonly string[]>> = {
  'split-field': ['expand', 'migrate', 'contract'],
  'unique-constraint': ['migrate', 'contract'],
};
const RISKY = ['split-field', 'unique-constraint'];

interface Placed {
  readonly window: PlannedWindow;
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
  readonly proposed: boolean;
}

/** Every hard rule that a proposed window breaks, as sentences; empty for a good plan. */
export function broken(instance: Instance, plan: Plan): readonly string[] {
  const { config } = instance;
  const found: string[] = [];
  // A decided window that broke has a replacement proposed beside it, which is what the rest of the plan builds on.
  const replaced = new Set(plan.windows.filter(({ state }) => state === 'proposed').map(({ id }) => id));
  const counted = plan.windows.filter(({ id, state }) => state === 'proposed' || !replaced.has(id));
  const all: readonly Placed[] = counted.map((window) => ({
    window,
    from: at(window.from),
    until: at(window.until),
    proposed: window.state === 'proposed',
  }));
  const disruptions = disruptionsOf(plan, all);
  for (const place of all) {
    if (!place.proposed) continue;
    const say = (rule: string, text = '') => found.push(`${rule}: ${place.window.id} ${place.window.from} ${text}`);
    const lifted = (rule: string) =>
      config.exceptions.some(
        (one) => one.rule === rule && one.item === place.window.item && place.until - 1 <= at(one.expires),
      );
    alone(instance, plan, place, say, lifted);
    among(instance, place, all, disruptions, say, lifted);
  }
  found.push(...whole(config, plan, all));
  return found;
}

type Say = (rule: string, text?: string) => void;
type Lifted = (rule: string) => boolean;

function alone(
  { config, vendors, ripe, decisions }: Instance,
  plan: Plan,
  place: Placed,
  say: Say,
  lifted: Lifted,
): void {
  const { window, from, until } = place;
  if (!works(config, from) || !works(config, until - 1)) say('working days');
  const change = config.modelChanges.find(({ id }) => id === window.item);
  const upgrade =
    change === undefined ? config.upgrades.find(({ store, to }) => `${store}-${to}` === window.item) : undefined;
  if (change !== undefined) {
    const days = Array.from({ length: until - from }, (_, i) => from + i).filter((day) => works(config, day)).length;
    if (days !== daysOf(change, window.step)) say('days', `${days}`);
  }
  const [first, end] = sprintAt(config, from);
  if (until > end && !lifted('in-one-sprint')) say('in-one-sprint', `${first} ${end}`);
  for (const freeze of config.freezes) {
    const hits = from < at(freeze.until) && at(freeze.from) < until;
    const blocks = freeze.blocks === 'all' || freeze.blocks === window.kind;
    if (hits && blocks && !freeze.allow.includes(window.kind) && !lifted('freeze')) say('freeze', freeze.name);
  }
  const deadline = change?.deadline ?? upgrade?.by ?? null;
  if (deadline !== null && until - 1 > at(deadline) && !lifted('deadline')) say('deadline', deadline);
  if (change?.notBefore != null && from < at(change.notBefore)) say('notBefore');
  if (change !== undefined && change.rerunnable === false) say('rerunnable');
  if (change?.rollback === 'none' && RISKY.includes(change.type ?? '')) say('way-back');
  if (window.step === 'binaries') {
    const day = ripe[window.item.replace('-', ' ')];
    if (day === null || day === undefined || from < at(day)) say('release-age', `${day}`);
  }
  if (window.kind === 'model' && !lifted('patch-only')) {
    const { guard, settle } = config.policy.modelChanges;
    const vendor = vendors.get(window.store);
    const [low, high] = [from - settle + 1, until - 1 + guard];
    const arrives = vendor?.reach === true ? arrivalsUnder(plan) : (day: number) => day;
    const collides = (day: number) => arrives(day) >= low && arrives(day) <= high;
    const known = vendor?.known.some((day) => collides(at(day))) ?? false;
    if (known) say('patch-only', 'known');
    // A hold keeps a release back for weeks, never longer than all of them together.
    let open = 0;
    for (let day = at('2026-11-24'); day <= high; day++) if (collides(day)) open++;
    const risk = 1 - (1 - (vendor?.daily ?? 0)) ** open;
    if (risk > config.policy.tolerance + 1e-9) say('patch-only', `${risk}`);
    if (!known && Math.abs(risk - window.risk) > 1e-6) say('risk', `${risk} ${window.risk}`);
  }
  for (const { item, step, state, from: day } of decisions) {
    const same = item === window.item && (step === null || step === window.step);
    if (state === 'rejected' && same && sprintAt(config, at(day))[0] === first) say('decided');
  }
}

/** The day on which a release of a day reaches the team: the last day of the hold that it falls in, and of the next that begins by then. */
function arrivalsUnder({ holds }: Plan): (day: number) => number {
  const runs = holds.map(({ from, until }) => [at(from), at(until) - 1] as const);
  const arrive = (day: number): number => {
    const hold = runs.find(([from, last]) => from <= day && day < last);
    return hold === undefined ? day : arrive(hold[1]);
  };
  return arrive;
}

interface Disruption {
  readonly item: string;
  readonly store: string;
  readonly from: number;
  readonly until: number;
  readonly proposed: boolean;
}

/** From the first day of new binaries to the end of the soak. */
function disruptionsOf(plan: Plan, all: readonly Placed[]): readonly Disruption[] {
  return all
    .filter(({ window }) => window.step === 'binaries')
    .flatMap(({ window, from, proposed }) => {
      const soak = plan.waits.find(({ after, kind }) => kind === 'soak' && after.startsWith(`${window.item}/`));
      return soak === undefined
        ? []
        : [{ item: window.item, store: window.store, from, until: at(soak.until), proposed }];
    });
}

function among(
  { config }: Instance,
  place: Placed,
  all: readonly Placed[],
  disruptions: readonly Disruption[],
  say: Say,
  lifted: Lifted,
): void {
  const { window, from, until } = place;
  const sprint = sprintAt(config, from)[0];
  const { capacity } = config.team.sprint;
  if (capacity !== null && !lifted('capacity')) {
    const sum = all
      .filter((other) => sprintAt(config, other.from)[0] === sprint)
      .reduce((total, other) => total + effortOf(config, other.window), 0);
    const forgiven = all.some(
      (other) =>
        other.proposed && config.exceptions.some(({ rule, item }) => rule === 'capacity' && item === other.window.item),
    );
    if (sum > capacity + 1e-9 && !forgiven) say('capacity', `${sum} of ${capacity}`);
  }
  if (window.kind === 'model') {
    for (const other of disruptions.filter(({ store }) => store === window.store)) {
      const gap = other.from >= until ? other.from - until : from - other.until;
      if (gap < config.policy.separation && !lifted('separation')) say('separation', `${other.item} ${gap}`);
    }
    for (const other of all) {
      const clash = other.window.kind === 'package' && other.window.store === window.store;
      if (clash && sprintAt(config, other.from)[0] === sprint) say('apart-from-packages', other.window.id);
    }
  }
  const own = disruptions.find(({ item }) => item === window.item);
  if (window.step === 'binaries' && own !== undefined) {
    for (const other of disruptions) {
      if (other.item !== own.item && other.from < own.until && own.from < other.until)
        say('one-engine-at-a-time', other.item);
    }
  }
  order(config, place, all, disruptions, say, sprint);
}

function order(
  config: Config,
  { window, from }: Placed,
  all: readonly Placed[],
  disruptions: readonly Disruption[],
  say: Say,
  sprint: number,
): void {
  const step = (name: string) => all.find((other) => other.window.item === window.item && other.window.step === name);
  const change = config.modelChanges.find(({ id }) => id === window.item);
  for (const item of change?.after ?? []) {
    for (const other of all.filter((one) => one.window.item === item)) if (from < other.until) say('order', item);
    if (!all.some((one) => one.window.item === item)) say('order', `${item} has no place`);
  }
  const phases = PHASED[change?.type ?? ''] ?? [];
  const index = phases.indexOf(window.step ?? '');
  const before = index > 0 ? step(phases[index - 1] ?? '') : undefined;
  if (before !== undefined && from < before.until) say('order', 'phases');
  if (window.step === 'contract' && before !== undefined && sprintAt(config, before.from)[0] >= sprint)
    say('order', 'contract');
  const binaries = step('binaries');
  if (['packages', 'prepare'].includes(window.step ?? '') && binaries !== undefined && from >= binaries.from)
    say('order', 'binaries');
  if (window.step === 'packages' && binaries !== undefined && binaries.from <= from) say('drivers-cover-both');
  if (window.step === 'fcv' && binaries !== undefined && from < binaries.until + config.policy.engineUpgrades.burnIn)
    say('order', 'burn-in');
  if (window.item === 'mongodb-9.0') {
    const first = disruptions.find(({ item }) => item === 'mongodb-8.0');
    if (first !== undefined && from < first.until) say('order', 'the hop before');
  }
}

/** Each item has a place, or is said to have none, and never half of both. */
function whole(config: Config, plan: Plan, all: readonly Placed[]): readonly string[] {
  return config.modelChanges.flatMap((change) => {
    const windows = all.filter(({ window }) => window.item === change.id);
    const phases = change.phases === 'apart' ? (PHASED[change.type ?? ''] ?? []) : [];
    const lost = plan.unplaced.some(({ item }) => item === change.id) || plan.later.includes(change.id);
    const steps = new Set<string | null>(windows.map(({ window }) => window.step));
    const placed = phases.length === 0 ? windows.length > 0 : phases.every((phase) => steps.has(phase));
    const half = windows.some(({ proposed }) => proposed) && !placed;
    return [
      ...(half ? [`whole: ${change.id} is proposed in part`] : []),
      ...(!placed && !lost ? [`whole: ${change.id} is nowhere`] : []),
    ];
  });
}

function daysOf(change: ModelChange, step: string | null): number {
  const phases = PHASED[change.type ?? ''] ?? [];
  if (step === null) return change.days;
  const each = Math.max(1, Math.floor(change.days / phases.length));
  const left = Math.max(0, change.days - each * phases.length);
  return each + (phases.indexOf(step) === 1 ? left : 0);
}

function effortOf(config: Config, window: PlannedWindow): number {
  const change = config.modelChanges.find(({ id }) => id === window.item);
  const phases = PHASED[change?.type ?? ''] ?? [];
  if (change !== undefined) return window.step === null ? change.effort : change.effort / phases.length;
  const { effort } = config.policy.engineUpgrades;
  return (
    ({ prepare: effort / 4, binaries: effort / 2, fcv: effort / 4, packages: 1 } as Record<string, number>)[
      window.step ?? ''
    ] ?? 0
  );
}

function works(config: Config, day: number): boolean {
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
  return config.team.workdays.includes(weekday) && !config.team.daysOff.some((off) => at(off) === day);
}

/** First day and end of the sprint a day lies in, found by walking. */
function sprintAt(config: Config, day: number): readonly [number, number] {
  const { start, days, exceptions } = config.team.sprint;
  let from = at(start);
  while (from > day) from -= days;
  for (;;) {
    const length = exceptions.find((one) => at(one.start) === from)?.days ?? days;
    if (day < from + length) return [from, from + length];
    from += length;
  }
}

/** The levels of a plan: unplaced by priority, days late, hold days, risk in millionths, weighted start days. */
export type Levels = readonly number[];

/** The best levels any arrangement reaches, by trying every one; only for teams without upgrades, decisions and holds. */
export function bestOf(instance: Instance, weeks: number): Levels {
  const { config } = instance;
  const first = at('2026-11-23');
  const end = first + weeks * 7;
  const empty: Plan = {
    asOf: '2026-11-23' as never,
    horizon: { from: '2026-11-23' as never, until: text(end) },
    observedThrough: {},
    windows: [],
    waits: [],
    holds: [],
    unplaced: config.modelChanges.map(({ id }) => ({
      item: id,
      title: id,
      kind: 'model',
      store: '',
      blockers: [],
      relaxations: [],
    })),
    later: [],
    objective: [],
  };
  const places = (change: ModelChange): readonly (readonly PlannedWindow[])[] => {
    const phases = (
      change.phases === 'apart' ? (PHASED[change.type ?? ''] ?? [null]) : [null]
    ) as readonly (StepName | null)[];
    const each = phases.map((step) => {
      const found: PlannedWindow[] = [];
      for (let from = first; from < end; from++) {
        const until = endOf(config, from, daysOf(change, step));
        if (until === null || until > end) continue;
        const window = aWindow(instance, change, step, from, until);
        // Judged alone: what it needs of others is judged when they are there.
        const alone = broken(
          {
            ...instance,
            config: { ...config, modelChanges: config.modelChanges.map((one) => ({ ...one, after: [] })) },
          },
          { ...empty, windows: [window] },
        );
        if (alone.filter((one) => !one.startsWith('whole')).length === 0) found.push(window);
      }
      return found;
    });
    return each.reduce<readonly (readonly PlannedWindow[])[]>(
      (all, one) => all.flatMap((head) => one.map((tail) => [...head, tail])),
      [[]],
    );
  };
  const options = config.modelChanges.map(places);
  let best: Levels | null = null;
  const walk = (index: number, windows: readonly PlannedWindow[]): void => {
    const change = config.modelChanges[index];
    if (change === undefined) {
      const levels = levelsOf(config, windows);
      if (best !== null && compare(levels, best) >= 0) return;
      const unplaced = empty.unplaced.filter(({ item }) => !windows.some((window) => window.item === item));
      if (broken(instance, { ...empty, windows, unplaced }).length === 0) best = levels;
      return;
    }
    for (const own of options[index] ?? []) walk(index + 1, [...windows, ...own]);
    walk(index + 1, windows);
  };
  walk(0, []);
  return best ?? [];
}

function levelsOf(config: Config, windows: readonly PlannedWindow[]): Levels {
  const unplaced = [0, 0, 0, 0, 0];
  for (const { id, priority } of config.modelChanges) {
    if (!windows.some(({ item }) => item === id)) unplaced[priority - 1] = (unplaced[priority - 1] ?? 0) + 1;
  }
  const risk = windows.reduce((sum, window) => sum + compared(window.risk, config), 0);
  const start = windows.reduce((sum, window) => {
    const priority = config.modelChanges.find(({ id }) => id === window.item)?.priority ?? 3;
    return sum + (6 - priority) * (at(window.from) - at('2026-11-23'));
  }, 0);
  return [...unplaced, 0, 0, risk, start];
}

/** A chance as the levels count it: whole millionths, less what is over the last whole step of the policy. */
export function compared(risk: number, { policy }: Config): number {
  const millionths = Math.round(risk * 1_000_000);
  return policy.riskStep === 0 ? millionths : millionths - (millionths % Math.round(policy.riskStep * 1_000_000));
}

function compare(a: Levels, b: Levels): number {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** After so many working days, the first of which is the start; `null` when it is none. */
function endOf(config: Config, from: number, days: number): number | null {
  if (!works(config, from)) return null;
  let left = days - 1;
  let last = from;
  while (left > 0) {
    last++;
    if (works(config, last)) left--;
  }
  return last + 1;
}

function aWindow(
  { config, vendors }: Instance,
  change: ModelChange,
  step: StepName | null,
  from: number,
  until: number,
): PlannedWindow {
  const { guard, settle } = config.policy.modelChanges;
  const vendor = vendors.get(change.store);
  const [low, high] = [from - settle + 1, until - 1 + guard];
  const known = vendor?.known.some((day) => at(day) >= low && at(day) <= high) ?? false;
  const open = Math.max(0, high + 1 - Math.max(low, at('2026-11-24')));
  return {
    id: step === null ? change.id : `${change.id}/${step}`,
    item: change.id,
    step,
    title: change.id,
    kind: 'model',
    store: change.store,
    from: text(from),
    until: text(until),
    sprint: 0,
    state: 'proposed',
    risk: known ? 1 : 1 - (1 - (vendor?.daily ?? 0)) ** open,
    daysLate: 0,
    reasons: [],
    wayBack: null,
    noReturnFrom: null,
    needs: [],
    sets: [],
    findings: [],
  };
}

function text(day: number): PlannedWindow['from'] {
  return new Date(day * DAY).toISOString().slice(0, 10) as PlannedWindow['from'];
}
