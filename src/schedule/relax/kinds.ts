import type { Config, Freeze, ModelChange, Policy } from '../../domain/config.ts';
import { addDays, type Day, daysBetween } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Relaxation, RuleId } from '../../domain/plan.ts';
import { upgradeId } from '../../domain/work-id.ts';

/** A configuration that is a little laxer. */
export interface Proposal extends Relaxation {
  readonly config: Config;
  /** How much is changed, to compare proposals of different kinds: what holds for all work weighs more than what holds for one item. */
  readonly size: number;
}

/** The work that has no place, and all that a kind of relaxation may know of it. */
export interface Blocked {
  readonly config: Config;
  readonly item: string;
  readonly asOf: Day;
  readonly horizon: Interval;
}

/** One thing that can be relaxed. */
export interface Kind {
  readonly kind: string;
  readonly rule: RuleId;
  /** Least change first; the last is as far as this kind goes, so that work it does not free is freed by none of it. */
  steps(blocked: Blocked): readonly (readonly Proposal[])[];
}

/** A tolerance above this is none any more: a collision would be as likely as not. */
const MOST_TOLERANCE = 0.5;

/** Everything the planner knows to relax. Adding one is a row here. */
export const KINDS: readonly Kind[] = [
  {
    kind: 'tolerance',
    rule: 'patch-only',
    steps: (blocked) => {
      const { tolerance } = blocked.config.policy;
      const hundredths = Math.round(tolerance * 100);
      const values = range(1, Math.round(MOST_TOLERANCE * 100) - hundredths).map((n) => (hundredths + n) / 100);
      return [values.map((to) => policy(blocked, 'tolerance', 'patch-only', tolerance, to, { tolerance: to }))];
    },
  },
  {
    kind: 'settle',
    rule: 'patch-only',
    steps: (blocked) => {
      const { settle, guard } = blocked.config.policy.modelChanges;
      return [
        range(1, settle - 1).map((n) =>
          policy(blocked, 'modelChanges.settle', 'patch-only', settle, settle - n, {
            modelChanges: { guard, settle: settle - n },
          }),
        ),
      ];
    },
  },
  {
    kind: 'guard',
    rule: 'patch-only',
    steps: (blocked) => {
      const { settle, guard } = blocked.config.policy.modelChanges;
      return [
        range(1, guard).map((n) =>
          policy(blocked, 'modelChanges.guard', 'patch-only', guard, guard - n, {
            modelChanges: { settle, guard: guard - n },
          }),
        ),
      ];
    },
  },
  {
    kind: 'separation',
    rule: 'separation',
    steps: (blocked) => {
      const { separation } = blocked.config.policy;
      return [
        range(1, separation).map((n) =>
          policy(blocked, 'separation', 'separation', separation, separation - n, { separation: separation - n }),
        ),
      ];
    },
  },
  {
    kind: 'minAge',
    rule: 'release-age',
    steps: (blocked) => {
      const { engineUpgrades } = blocked.config.policy;
      const { minAge } = engineUpgrades;
      return [
        range(1, minAge).map((n) =>
          policy(blocked, 'engineUpgrades.minAge', 'release-age', minAge, minAge - n, {
            engineUpgrades: { ...engineUpgrades, minAge: minAge - n },
          }),
        ),
      ];
    },
  },
  {
    kind: 'minPatch',
    rule: 'release-age',
    steps: (blocked) => {
      const { engineUpgrades } = blocked.config.policy;
      const { minPatch } = engineUpgrades;
      return [
        range(1, minPatch).map((n) =>
          policy(blocked, 'engineUpgrades.minPatch', 'release-age', minPatch, minPatch - n, {
            engineUpgrades: { ...engineUpgrades, minPatch: minPatch - n },
          }),
        ),
      ];
    },
  },
  {
    kind: 'capacity',
    rule: 'capacity',
    steps: (blocked) => {
      const { capacity } = blocked.config.team.sprint;
      if (capacity === null) return [];
      const effort = Math.ceil(effortOf(blocked));
      return [
        range(1, effort).map((n): Proposal => {
          const to = capacity + n;
          const { team } = blocked.config;
          return {
            ...said('capacity', 'capacity', 'team.sprint.capacity', capacity, to),
            text: `capacity of a sprint ${capacity} → ${to} person-days`,
            config: { ...blocked.config, team: { ...team, sprint: { ...team.sprint, capacity: to } } },
            size: 2 * (n / Math.max(1, capacity)),
          };
        }),
      ];
    },
  },
  {
    kind: 'freeze',
    rule: 'freeze',
    steps: ({ config, asOf, horizon }) =>
      config.freezes
        .filter((freeze) => freeze.until > asOf && freeze.from < horizon.until)
        .flatMap((freeze) => [shortened(config, freeze, 'until'), shortened(config, freeze, 'from')]),
  },
  {
    kind: 'deadline',
    rule: 'deadline',
    steps: (blocked) => {
      const change = changeOf(blocked);
      const upgrade = upgradeOf(blocked);
      const now = change?.deadline ?? upgrade?.by ?? null;
      const last = addDays(blocked.horizon.until, -1);
      if (now === null || now >= last) return [];
      return [
        range(1, daysBetween(now, last)).map((n): Proposal => {
          const to = addDays(now, n);
          const key = change === undefined ? `upgrades[${blocked.item}].by` : `modelChanges[${blocked.item}].deadline`;
          const config =
            change === undefined
              ? withUpgrade(blocked, { by: to })
              : withChanges(blocked.config, (one) => (one.id === change.id ? [{ ...one, deadline: to }] : [one]));
          return {
            ...said('deadline', 'deadline', key, now, to),
            text: `a deadline of ${to} instead of ${now}`,
            config,
            size: n / 30,
          };
        }),
      ];
    },
  },
  {
    kind: 'notBefore',
    rule: 'order',
    steps: (blocked) => {
      const change = changeOf(blocked);
      const now = change?.notBefore ?? null;
      if (change === undefined || now === null || now <= blocked.asOf) return [];
      return [
        range(1, daysBetween(blocked.asOf, now)).map((n): Proposal => {
          const to = addDays(now, -n);
          return {
            ...said('notBefore', 'order', `modelChanges[${change.id}].notBefore`, now, to),
            text: `a start from ${to} on instead of ${now}`,
            config: withChanges(blocked.config, (one) => (one.id === change.id ? [{ ...one, notBefore: to }] : [one])),
            size: n / 30,
          };
        }),
      ];
    },
  },
  {
    kind: 'split',
    rule: 'in-one-sprint',
    steps: (blocked) => {
      const change = changeOf(blocked);
      if (change === undefined || change.days < 2) return [];
      return [[halved(blocked.config, change)]];
    },
  },
  {
    kind: 'exception',
    rule: 'patch-only',
    steps: (blocked) => [exceptionsFrom('patch-only', blocked)],
  },
  {
    kind: 'exception',
    rule: 'separation',
    steps: (blocked) => [exceptionsFrom('separation', blocked)],
  },
  { kind: 'exception', rule: 'release-age', steps: (blocked) => [exceptionsFrom('release-age', blocked)] },
  { kind: 'exception', rule: 'capacity', steps: (blocked) => [exceptionsFrom('capacity', blocked)] },
  { kind: 'exception', rule: 'rerunnable', steps: (blocked) => [exceptionsFrom('rerunnable', blocked)] },
  { kind: 'exception', rule: 'way-back', steps: (blocked) => [exceptionsFrom('way-back', blocked)] },
  { kind: 'exception', rule: 'decided', steps: (blocked) => [exceptionsFrom('decided', blocked)] },
];

function said(kind: string, rule: RuleId, key: string, from: Relaxation['from'], to: Relaxation['to']) {
  return { kind, rule, key, from, to };
}

function policy(
  { config }: Blocked,
  name: string,
  rule: RuleId,
  from: number,
  to: number,
  changed: Partial<Policy>,
): Proposal {
  return {
    ...said(name.split('.').at(-1) ?? name, rule, `policy.${name}`, from, to),
    text: `${name.split('.').at(-1)} ${from} → ${to}`,
    config: { ...config, policy: { ...config.policy, ...changed } },
    // It holds for all work of the team.
    size: (2 * Math.abs(to - from)) / Math.max(from, 0.01),
  };
}

/** The freeze ends earlier or begins later, day by day, until none is left of it. */
function shortened(config: Config, freeze: Freeze, side: 'from' | 'until'): readonly Proposal[] {
  return range(1, daysBetween(freeze.from, freeze.until)).map((n): Proposal => {
    const to = side === 'until' ? addDays(freeze.until, -n) : addDays(freeze.from, n);
    const left = { ...freeze, [side]: to };
    const freezes = config.freezes.flatMap((one) => (one === freeze ? (left.from < left.until ? [left] : []) : [one]));
    const verb = side === 'until' ? 'ends before' : 'begins on';
    return {
      ...said('freeze', 'freeze', `freezes[${freeze.name}].${side}`, freeze[side], to),
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
function halved(config: Config, change: ModelChange): Proposal {
  const [first, second] = [`${change.id}-1`, `${change.id}-2`];
  const days = Math.ceil(change.days / 2);
  const effort = (change.effort * days) / change.days;
  const parts: readonly ModelChange[] = [
    { ...change, id: first, days, effort },
    { ...change, id: second, days: change.days - days, effort: change.effort - effort, after: [first] },
  ];
  const changed = withChanges(config, (one) =>
    one.id === change.id
      ? parts
      : [{ ...one, after: one.after.flatMap((id) => (id === change.id ? [first, second] : [id])) }],
  );
  const exceptions = config.exceptions.flatMap((one) =>
    one.item === change.id ? [first, second].map((item) => ({ ...one, item })) : [one],
  );
  return {
    ...said('split', 'in-one-sprint', `modelChanges[${change.id}]`, change.days, days),
    text: `${change.id} split into two of ${days} and ${change.days - days} days`,
    config: { ...changed, exceptions },
    size: 1,
  };
}

/** An exception for this item alone, that expires as early as it can. */
function exceptionsFrom(rule: RuleId, { config, item, asOf, horizon }: Blocked): readonly Proposal[] {
  return range(0, daysBetween(asOf, horizon.until) - 1).map((n): Proposal => {
    const expires = addDays(asOf, n);
    return {
      ...said('exception', rule, `exceptions[${rule}, ${item}]`, null, expires),
      text: `an exception from ${rule} for ${item}, until ${expires}`,
      config: { ...config, exceptions: [...config.exceptions, { rule, item, expires, reason: 'tried' }] },
      size: 3 + n / 365,
    };
  });
}

function withChanges(config: Config, change: (one: ModelChange) => readonly ModelChange[]): Config {
  return { ...config, modelChanges: config.modelChanges.flatMap(change) };
}

function withUpgrade({ config, item }: Blocked, changed: { readonly by: Day }): Config {
  const upgrades = config.upgrades.map((one) => (upgradeId(one) === item ? { ...one, ...changed } : one));
  return { ...config, upgrades };
}

function changeOf({ config, item }: Blocked): ModelChange | undefined {
  return config.modelChanges.find(({ id }) => id === item);
}

function upgradeOf({ config, item }: Blocked) {
  return config.upgrades.find((one) => upgradeId(one) === item);
}

function effortOf(blocked: Blocked): number {
  return changeOf(blocked)?.effort ?? blocked.config.policy.engineUpgrades.effort;
}

/** Whole numbers from `first` to `last`, both included; none when `last` comes before. */
function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
