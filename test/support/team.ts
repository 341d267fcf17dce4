import type { Config, Freeze, ModelChange } from '../../src/domain/config.ts';
import { type Day, day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';

export const ASOF = day('2026-11-23');

/** A configuration with one MongoDB store and two-week sprints from Monday 2026-11-23 on, numbered from 1. */
export function aConfig(changes: Partial<Config> = {}): Config {
  return {
    team: {
      name: 'Team',
      timezone: 'UTC',
      workdays: [1, 2, 3, 4, 5],
      daysOff: [],
      sprint: { start: day('2026-11-23'), days: 14, first: 1, capacity: null, exceptions: [] },
    },
    stack: [
      {
        id: 'mongodb',
        product: 'mongodb',
        running: '7.0.31',
        range: null,
        store: null,
        edition: 'community',
        topology: 'replica-set',
        platform: null,
        fcv: '7.0',
      },
    ],
    policy: DEFAULT_POLICY,
    freezes: [],
    modelChanges: [],
    upgrades: [],
    exceptions: [],
    gate: { model: null, migrations: null },
    products: [],
    ...changes,
  };
}

/** A dated freeze of all work in the first week of December 2026. */
export function aFreeze(changes: Partial<Freeze> = {}): Freeze {
  return {
    name: 'Stop',
    from: day('2026-12-01'),
    until: day('2026-12-08'),
    blocks: ['model', 'engine', 'package'],
    allow: [],
    recurring: false,
    ...changes,
  };
}

export function aModelChange(changes: Partial<ModelChange> = {}): ModelChange {
  return {
    id: 'change',
    store: 'mongodb',
    models: ['User'],
    from: '1.0.0',
    to: '2.0.0',
    type: null,
    days: 2,
    effort: 2,
    priority: 3,
    notBefore: null,
    deadline: null,
    after: [],
    rerunnable: true,
    rollback: 'script',
    strategy: 'migration',
    phases: 'apart',
    ...changes,
  };
}

export function aDecision(changes: Partial<Decision> & Pick<Decision, 'from' | 'until'>): Decision {
  return { item: 'change', step: null, state: 'accepted', by: null, on: ASOF, reason: null, ...changes };
}

/** What the rules need besides a configuration; nothing is exposed unless said. */
export function facts(
  config: Config,
  exposed: readonly ExposedProduct[] = [],
  decisions: readonly Decision[] = [],
  asOf: Day = ASOF,
) {
  return { config, asOf, margins: config.policy.modelChanges, exposed: new Map([['mongodb', exposed]]), decisions };
}
