import type { Config, Freeze, ModelChange, Policy, Upgrade } from '../domain/config.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { Relaxation } from '../domain/plan.ts';
import { upgradeId } from '../domain/work-id.ts';

// How rules are relaxed: each way is a row of steps, the least change first, and a rule lists its own ways.

/** A configuration that is a little laxer; the rule that it relaxes is the one that lists its way. */
export interface Step extends Omit<Relaxation, 'rule'> {
  readonly config: Config;
  /**
   * How much is changed, to compare proposals of different kinds: what holds for all work weighs more than what
   * holds for one item.
   */
  readonly size: number;
}

/** The work that has no place, and all that a way of relaxing may know of it. */
export interface Blocked {
  readonly config: Config;
  readonly item: string;
  readonly asOf: Day;
  readonly horizon: Interval;
}

/** One way to relax a rule. */
export interface Relaxing {
  readonly kind: string;
  /** `exception`: an exception for one item, that expires as early as it can. */
  readonly exception?: true;
  /**
   * Rows of steps, the least change of each first. The last is as far as this way goes, so that work it does not free
   * is freed by none of it.
   */
  steps(blocked: Blocked): readonly (readonly Step[])[];
}

/** A number of the policy, by its path: `separation`, `modelChanges.settle`. */
type PolicyPath = string;

/** A whole number of the policy that becomes smaller, one by one, down to `least`. */
export function less(path: PolicyPath, least = 0): Relaxing {
  return {
    kind: nameOf(path),
    steps: ({ config }) => {
      const now = numberAt(config.policy, path);
      return [range(1, now - least).map((n) => policyStep(config, path, now, now - n))];
    },
  };
}

/** A whole number of the policy that becomes greater, one by one, up to `most` times what it is. */
export function more(path: PolicyPath, most = 3): Relaxing {
  return {
    kind: nameOf(path),
    steps: ({ config }) => {
      const now = numberAt(config.policy, path);
      return [range(1, now * most - now).map((n) => policyStep(config, path, now, now + n))];
    },
  };
}

/** A tolerance above this is none any more: a collision would be as likely as not. */
const MOST_TOLERANCE = 0.5;

/** The tolerance, a hundredth at a time. */
export const higherTolerance: Relaxing = {
  kind: 'tolerance',
  steps: ({ config }) => {
    const { tolerance } = config.policy;
    const hundredths = Math.round(tolerance * 100);
    const values = range(1, Math.round(MOST_TOLERANCE * 100) - hundredths).map((n) => (hundredths + n) / 100);
    return [values.map((to) => policyStep(config, 'tolerance', tolerance, to))];
  },
};

/** More person-days in a sprint, up to what the work takes. */
export const moreCapacity: Relaxing = {
  kind: 'capacity',
  steps: (blocked) => {
    const { team } = blocked.config;
    const { capacity } = team.sprint;
    if (capacity === null) return [];
    return [
      range(1, Math.ceil(effortOf(blocked))).map((n): Step => {
        const to = capacity + n;
        return {
          ...said('capacity', 'team.sprint.capacity', capacity, to),
          text: `capacity of a sprint ${capacity} → ${to} person-days`,
          config: { ...blocked.config, team: { ...team, sprint: { ...team.sprint, capacity: to } } },
          size: 2 * (n / Math.max(1, capacity)),
        };
      }),
    ];
  },
};

/** Each freeze that is still to come, day by day from either end, until none is left of it. */
export const shorterFreeze: Relaxing = {
  kind: 'freeze',
  steps: ({ config, asOf, horizon }) =>
    config.freezes
      .filter((freeze) => freeze.until > asOf && freeze.from < horizon.until)
      .flatMap((freeze) => [shortened(config, freeze, 'until'), shortened(config, freeze, 'from')]),
};

/** A later deadline, day by day, to the end of the days planned for. */
export const laterDeadline: Relaxing = {
  kind: 'deadline',
  steps: (blocked) => {
    const change = changeOf(blocked);
    const now = change?.deadline ?? upgradeOf(blocked)?.by ?? null;
    const last = addDays(blocked.horizon.until, -1);
    if (now === null || now >= last) return [];
    return [
      range(1, daysBetween(now, last)).map((n): Step => {
        const to = addDays(now, n);
        const key = change === undefined ? `upgrades[${blocked.item}].by` : `modelChanges[${blocked.item}].deadline`;
        return {
          ...said('deadline', key, now, to),
          text: `a deadline of ${to} instead of ${now}`,
          config: change === undefined ? withUpgrade(blocked, { by: to }) : withChange(blocked, { deadline: to }),
          size: n / 30,
        };
      }),
    ];
  },
};

/** An earlier first day, day by day, down to today. */
export const earlierStart: Relaxing = {
  kind: 'notBefore',
  steps: (blocked) => {
    const change = changeOf(blocked);
    const now = change?.notBefore ?? null;
    if (change === undefined || now === null || now <= blocked.asOf) return [];
    return [
      range(1, daysBetween(blocked.asOf, now)).map((n): Step => {
        const to = addDays(now, -n);
        return {
          ...said('notBefore', `modelChanges[${change.id}].notBefore`, now, to),
          text: `a start from ${to} on instead of ${now}`,
          config: withChange(blocked, { notBefore: to }),
          size: n / 30,
        };
      }),
    ];
  },
};

/** The change in two windows. */
export const split: Relaxing = {
  kind: 'split',
  steps: (blocked) => {
    const change = changeOf(blocked);
    return change === undefined || change.days < 2 ? [] : [[halved(blocked.config, change)]];
  },
};

/** Ids of the two halves of a change that is tried in two windows; no id of a user's has a `#`. */
export function halvesOf(item: string): readonly [string, string] {
  return [`${item}#1`, `${item}#2`];
}

/** An exception for this item alone; its rule is the one that lists it. */
export const exception: Relaxing = { kind: 'exception', exception: true, steps: () => [] };

function said(kind: string, key: string, from: Relaxation['from'], to: Relaxation['to']) {
  return { kind, key, from, to };
}

function policyStep(config: Config, path: PolicyPath, from: number, to: number): Step {
  const name = nameOf(path);
  return {
    ...said(name, `policy.${path}`, from, to),
    text: `${name} ${from} → ${to}`,
    config: { ...config, policy: withNumber(config.policy, path, to) },
    // It holds for all work of the team.
    size: (2 * Math.abs(to - from)) / Math.max(from, 0.01),
  };
}

function nameOf(path: PolicyPath): string {
  return path.split('.').at(-1) ?? path;
}

function numberAt(policy: Policy, path: PolicyPath): number {
  const found = path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], policy);
  if (typeof found !== 'number') throw new RangeError(`policy.${path} is no number`);
  return found;
}

function withNumber(policy: Policy, path: PolicyPath, value: number): Policy {
  const [group = '', key] = path.split('.');
  if (key === undefined) return { ...policy, [group]: value };
  return { ...policy, [group]: { ...(policy as unknown as Record<string, object>)[group], [key]: value } };
}

function shortened(config: Config, freeze: Freeze, side: 'from' | 'until'): readonly Step[] {
  return range(1, daysBetween(freeze.from, freeze.until)).map((n): Step => {
    const to = side === 'until' ? addDays(freeze.until, -n) : addDays(freeze.from, n);
    const left = { ...freeze, [side]: to };
    const freezes = config.freezes.flatMap((one) => (one === freeze ? (left.from < left.until ? [left] : []) : [one]));
    const verb = side === 'until' ? 'ends before' : 'begins on';
    return {
      ...said('freeze', `freezes[${freeze.name}].${side}`, freeze[side], to),
      text:
        freezes.length < config.freezes.length
          ? `no freeze "${freeze.name}" from ${freeze.from} until ${freeze.until}`
          : `the freeze "${freeze.name}" ${verb} ${to} instead of ${freeze[side]}`,
      config: { ...config, freezes },
      size: (2 * n) / 30,
    };
  });
}

/** The change in two windows, the second after the first. What comes after it comes after both. */
function halved(config: Config, change: ModelChange): Step {
  const [first, second] = halvesOf(change.id);
  const days = Math.ceil(change.days / 2);
  const effort = (change.effort * days) / change.days;
  const parts: readonly ModelChange[] = [
    { ...change, id: first, days, effort },
    { ...change, id: second, days: change.days - days, effort: change.effort - effort, after: [first] },
  ];
  const modelChanges = config.modelChanges.flatMap((one) =>
    one.id === change.id
      ? parts
      : [{ ...one, after: one.after.flatMap((id) => (id === change.id ? [first, second] : [id])) }],
  );
  const exceptions = config.exceptions.flatMap((one) =>
    one.item === change.id ? [first, second].map((item) => ({ ...one, item })) : [one],
  );
  return {
    ...said('split', `modelChanges[${change.id}]`, change.days, days),
    text: `${change.id} split into two of ${days} and ${change.days - days} days`,
    config: { ...config, modelChanges, exceptions },
    size: 1,
  };
}

function withChange({ config, item }: Blocked, changed: Partial<ModelChange>): Config {
  const modelChanges = config.modelChanges.map((one) => (one.id === item ? { ...one, ...changed } : one));
  return { ...config, modelChanges };
}

function withUpgrade({ config, item }: Blocked, changed: Partial<Upgrade>): Config {
  const upgrades = config.upgrades.map((one) => (upgradeId(one) === item ? { ...one, ...changed } : one));
  return { ...config, upgrades };
}

function changeOf({ config, item }: Blocked): ModelChange | undefined {
  return config.modelChanges.find(({ id }) => id === item);
}

function upgradeOf({ config, item }: Blocked): Upgrade | undefined {
  return config.upgrades.find((one) => upgradeId(one) === item);
}

function effortOf(blocked: Blocked): number {
  return changeOf(blocked)?.effort ?? blocked.config.policy.engineUpgrades.effort;
}

/** Whole numbers from `first` to `last`, both included; none when `last` comes before. */
function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
