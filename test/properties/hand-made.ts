import type { Config, Freeze, ModelChange, RuleException } from '../../src/domain/config.ts';
import { type Day, day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import type { Plan, PlannedWindow, Refusal, WindowState } from '../../src/domain/plan.ts';
import type { RuleId } from '../../src/domain/rule-ids.ts';
import type { StepName } from '../../src/domain/step-name.ts';
import { aModelChange } from '../support/team.ts';
import type { Hop, Patch, Team } from './checker/team.ts';

// Plans by hand: a team on a Monday, 23 November 2026, sprints of two weeks from that day on, a MongoDB and a Redis.

export const ASOF = day('2026-11-23');

export function aChange(id: string, more: Partial<ModelChange> = {}): ModelChange {
  return aModelChange({ id, models: [id], from: null, to: null, type: 'add-index', ...more });
}

export function aHop(more: Partial<Hop> = {}): Hop {
  const work = (step: StepName, kind: 'engine' | 'package' = 'engine') => ({ step, kind, days: 1, effort: 1 });
  return {
    item: 'mongodb-8.0',
    store: 'mongodb',
    after: [],
    steps: [work('mongoose-8', 'package'), work('prepare'), work('binaries'), work('fcv')],
    needed: ['mongoose-8'],
    hasFcv: true,
    noReturn: null,
    begun: false,
    by: null,
    ripe: null,
    ...more,
  };
}

export const REDIS_HOP = aHop({
  item: 'redis-8.2',
  store: 'redis',
  steps: [
    { step: 'prepare', kind: 'engine', days: 1, effort: 1 },
    { step: 'binaries', kind: 'engine', days: 1, effort: 1 },
  ],
  needed: [],
  hasFcv: false,
});

export function aPatch(more: Partial<Patch> = {}): Patch {
  return { item: 'mongodb-patch', store: 'mongodb', kind: 'engine', days: 1, effort: 0.5, grave: true, ...more };
}

export function aFreeze(from: string, until: string, more: Partial<Freeze> = {}): Freeze {
  const blocks = ['model', 'engine', 'package'] as const;
  return { name: 'freeze', from: day(from), until: day(until), blocks, allow: [], recurring: false, ...more };
}

export function anException(rule: RuleId, item: string, expires: string): RuleException {
  return { rule, item, expires: day(expires), reason: 'said so' };
}

export interface Said {
  readonly changes?: readonly ModelChange[];
  readonly hops?: readonly Hop[];
  readonly patches?: readonly Patch[];
  readonly freezes?: readonly Freeze[];
  readonly exceptions?: readonly RuleException[];
  readonly decisions?: readonly Decision[];
  readonly capacity?: number;
  readonly daysOff?: readonly string[];
  readonly known?: readonly string[];
  readonly daily?: number;
  readonly policy?: Partial<Config['policy']>;
}

/** No quiet edges unless asked for: they speak of every week. */
export const POLICY: Config['policy'] = {
  ...DEFAULT_POLICY,
  engineUpgrades: { ...DEFAULT_POLICY.engineUpgrades, quietEdges: 0 },
};

export function aTeam(said: Said): Team {
  const { known = [], daily = 0, capacity = null, daysOff = [] } = said;
  return {
    asOf: ASOF,
    decisions: said.decisions ?? [],
    hops: said.hops ?? [],
    patches: said.patches ?? [],
    vendors: new Map([
      ['mongodb', [{ product: 'mongodb', known: known.map(day), daily, reach: false, unknown: false }]],
    ]),
    config: {
      team: {
        name: 'Team',
        timezone: 'UTC',
        workdays: [1, 2, 3, 4, 5],
        daysOff: daysOff.map(day),
        sprint: { start: ASOF, days: 14, first: 1, capacity, exceptions: [] },
      },
      stack: [],
      policy: { ...POLICY, ...said.policy },
      freezes: said.freezes ?? [],
      modelChanges: said.changes ?? [],
      upgrades: [],
      exceptions: said.exceptions ?? [],
      gate: { model: null, migrations: null },
      products: [],
    },
  };
}

/** `id`, first day, last day (absent: the same). */
export type Row = readonly [id: string, first: string, last?: string];

/** A plan of these windows, all in one state, with these findings. */
export function aPlan(
  team: Team,
  rows: readonly Row[],
  state: WindowState | ((id: string) => WindowState) = 'proposed',
  findings: (id: string) => readonly string[] = () => [],
): Plan {
  return {
    asOf: team.asOf,
    horizon: { from: team.asOf, until: day('2027-05-24') },
    observedThrough: {},
    windows: rows.map(([id, first, last = first]) =>
      aWindow(team, id, day(first), day(last), typeof state === 'string' ? state : state(id), findings(id)),
    ),
    waits: [],
    holds: [],
    unplaced: [],
    later: [],
    noWay: [],
    carried: [],
    disruptions: [],
    objective: [],
  };
}

/** The window of an item, and its step, of the team. */
export function aWindow(
  { config, hops, patches }: Team,
  id: string,
  first: Day,
  last: Day,
  state: WindowState,
  findings: readonly string[],
): PlannedWindow {
  const [item = '', step = null] = id.split('/') as [string, StepName?];
  const change = config.modelChanges.find((one) => one.id === item);
  const hop = hops.find((one) => one.item === item);
  const patch = patches.find((one) => one.item === item);
  const kind = hop?.steps.find((one) => one.step === step)?.kind ?? patch?.kind;
  return {
    id,
    item,
    step,
    title: id,
    kind: change !== undefined ? 'model' : (kind ?? 'engine'),
    store: (change ?? hop ?? patch)?.store ?? '',
    from: first,
    until: dayAfter(last),
    sprint: 1,
    state,
    risk: null,
    daysLate: 0,
    reasons: [],
    wayBack: null,
    noReturnFrom: hop !== undefined && hop.noReturn === step ? first : null,
    needs: [],
    sets: [],
    findings: findings.map(
      (rule): Refusal => ({ rule: rule as RuleId, item, because: rule, facts: {}, freeFrom: null }),
    ),
  };
}

function dayAfter(last: Day): Day {
  return new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) as Day;
}
