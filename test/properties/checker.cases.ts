import type { ModelChange } from '../../src/domain/config.ts';
import { day } from '../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import type { RuleId } from '../../src/domain/rule-ids.ts';
import { ASOF, aChange, aFreeze, aHop, aPatch, POLICY, REDIS_HOP, type Row, type Said } from './hand-made.ts';

/** A plan that breaks one rule, and the same plan mended. */
export interface Case {
  readonly rule: RuleId;
  readonly name: string;
  readonly said: Said;
  readonly broken: readonly Row[];
  readonly mended: readonly Row[];
  /** The windows that break it. */
  readonly by: readonly string[];
  /** Days before which all is fixed say nothing of decided windows; see `lead`, `decided`. */
  readonly proposalsOnly?: true;
}

/** An upgrade of MongoDB as it should be: major, settled, prepared, new binaries, burnt in, FCV raised; soaked on 9 February. */
const GOOD_HOP: readonly Row[] = [
  ['mongodb-8.0/mongoose-8', '2026-12-14'],
  ['mongodb-8.0/prepare', '2027-01-12'],
  ['mongodb-8.0/binaries', '2027-01-13'],
  ['mongodb-8.0/fcv', '2027-02-02'],
];

function hopWith(...rows: readonly Row[]): readonly Row[] {
  return GOOD_HOP.map((row) => rows.find(([id]) => id === row[0]) ?? row);
}

const SPLIT = aChange('split', { type: 'split-field', days: 3, effort: 3 });
const GOOD_SPLIT: readonly Row[] = [
  ['split/expand', '2026-11-25'],
  ['split/migrate', '2026-12-01'],
  ['split/contract', '2026-12-09'],
];
function splitWith(...rows: readonly Row[]): readonly Row[] {
  return GOOD_SPLIT.map((row) => rows.find(([id]) => id === row[0]) ?? row);
}
const quiet = { engineUpgrades: DEFAULT_POLICY.engineUpgrades };

export const CASES: readonly Case[] = [
  {
    rule: 'patch-only',
    name: 'a known release at the last day of the guard',
    said: { changes: [aChange('a')], known: ['2026-12-09'] },
    broken: [['a', '2026-12-01', '2026-12-02']],
    mended: [['a', '2026-11-30', '2026-12-01']],
    by: ['a'],
  },
  {
    rule: 'patch-only',
    name: 'a known release that has not settled',
    said: { changes: [aChange('a')], known: ['2026-12-01'] },
    broken: [['a', '2026-12-14', '2026-12-15']],
    mended: [['a', '2026-12-15', '2026-12-16']],
    by: ['a'],
  },
  {
    rule: 'patch-only',
    name: 'more chance than the tolerance',
    // From 24 November on, days up to the seventh after the last: 14 of them against 22.
    said: { changes: [aChange('a')], daily: 0.015 },
    broken: [['a', '2026-12-07', '2026-12-08']],
    mended: [['a', '2026-11-27', '2026-11-30']],
    by: ['a'],
  },
  {
    rule: 'separation',
    name: 'a model change 13 days before new binaries',
    said: { changes: [aChange('a')], hops: [aHop()] },
    broken: [...GOOD_HOP, ['a', '2026-12-29', '2026-12-30']],
    mended: [...GOOD_HOP, ['a', '2026-12-28', '2026-12-29']],
    by: ['a', 'mongodb-8.0/binaries'],
  },
  {
    rule: 'separation',
    name: 'a model change 13 days after the soak, which follows the FCV wherever it lies',
    said: { changes: [aChange('a')], hops: [aHop()] },
    broken: [...hopWith(['mongodb-8.0/fcv', '2027-02-16']), ['a', '2027-03-09', '2027-03-10']],
    mended: [...hopWith(['mongodb-8.0/fcv', '2027-02-16']), ['a', '2027-03-10', '2027-03-11']],
    by: ['a', 'mongodb-8.0/binaries'],
  },
  {
    rule: 'separation',
    name: 'an upgrade between two phases of a change',
    said: {
      changes: [SPLIT],
      hops: [aHop({ steps: aHop().steps.slice(1), needed: [] })],
      policy: { modelChanges: { ...POLICY.modelChanges, maxSpan: 200 } },
    },
    broken: [...GOOD_HOP.slice(1), ...splitWith(['split/contract', '2027-03-10'])],
    mended: [...GOOD_HOP.slice(1), ...GOOD_SPLIT],
    by: ['split/expand', 'mongodb-8.0/binaries'],
  },
  {
    rule: 'separation',
    name: 'an engine without FCV is disrupted for burn-in and soak',
    said: { changes: [aChange('a', { store: 'redis' })], hops: [REDIS_HOP] },
    broken: [
      ['redis-8.2/prepare', '2026-12-08'],
      ['redis-8.2/binaries', '2026-12-09'],
      ['a', '2027-01-13', '2027-01-14'],
    ],
    mended: [
      ['redis-8.2/prepare', '2026-12-08'],
      ['redis-8.2/binaries', '2026-12-09'],
      ['a', '2027-01-14', '2027-01-15'],
    ],
    by: ['a', 'redis-8.2/binaries'],
  },
  {
    rule: 'patch-separation',
    name: 'one working day over a weekend',
    said: { changes: [aChange('a')], patches: [aPatch()] },
    broken: [
      ['mongodb-patch', '2026-11-26'],
      ['a', '2026-11-30', '2026-12-01'],
    ],
    mended: [
      ['mongodb-patch', '2026-11-26'],
      ['a', '2026-12-01', '2026-12-02'],
    ],
    by: ['a', 'mongodb-patch'],
  },
  {
    rule: 'patch-separation',
    name: 'the patch that a hop begins with, after a model change',
    said: {
      changes: [aChange('a')],
      hops: [aHop({ steps: [{ step: 'patch', kind: 'engine', days: 1, effort: 1 }, ...aHop().steps] })],
    },
    broken: [
      ...GOOD_HOP.slice(1),
      ['mongodb-8.0/mongoose-8', '2026-12-24'],
      ['mongodb-8.0/patch', '2026-12-09'],
      ['a', '2026-12-07', '2026-12-08'],
    ],
    mended: [
      ...GOOD_HOP.slice(1),
      ['mongodb-8.0/mongoose-8', '2026-12-24'],
      ['mongodb-8.0/patch', '2026-12-10'],
      ['a', '2026-12-04', '2026-12-04'],
    ],
    by: ['a', 'mongodb-8.0/patch'],
  },
  {
    rule: 'apart-from-packages',
    name: 'a driver and a model change in one sprint',
    said: { changes: [aChange('a')], hops: [aHop()] },
    broken: [...GOOD_HOP, ['a', '2026-12-07', '2026-12-08']],
    mended: [...GOOD_HOP, ['a', '2026-12-03', '2026-12-04']],
    by: ['a', 'mongodb-8.0/mongoose-8'],
  },
  {
    rule: 'packages-settled',
    name: 'a major 13 days before new binaries',
    said: { hops: [aHop()] },
    broken: hopWith(['mongodb-8.0/mongoose-8', '2026-12-30']),
    mended: hopWith(['mongodb-8.0/mongoose-8', '2026-12-29']),
    by: ['mongodb-8.0/binaries', 'mongodb-8.0/mongoose-8'],
  },
  {
    rule: 'one-engine-at-a-time',
    name: 'binaries of one engine on the last day of the soak of another',
    said: { hops: [aHop(), REDIS_HOP] },
    broken: [...GOOD_HOP, ['redis-8.2/prepare', '2027-02-08'], ['redis-8.2/binaries', '2027-02-09']],
    mended: [...GOOD_HOP, ['redis-8.2/prepare', '2027-02-08'], ['redis-8.2/binaries', '2027-02-10']],
    by: ['mongodb-8.0/binaries', 'redis-8.2/binaries'],
  },
  {
    rule: 'one-at-a-time',
    name: 'three on a day',
    said: { changes: [aChange('a'), aChange('b'), aChange('c')] },
    broken: [
      ['a', '2026-12-01', '2026-12-02'],
      ['b', '2026-12-02', '2026-12-03'],
      ['c', '2026-12-02', '2026-12-03'],
    ],
    mended: [
      ['a', '2026-11-30', '2026-12-01'],
      ['b', '2026-12-02', '2026-12-03'],
      ['c', '2026-12-02', '2026-12-03'],
    ],
    by: ['a', 'b', 'c'],
  },
  {
    rule: 'one-at-a-time',
    name: 'two of more than low risk on a Sunday, one of them of no type',
    said: { changes: [aChange('a', { type: 'drop-index' }), aChange('b', { type: null })] },
    broken: [
      ['a', '2026-11-27', '2026-11-30'],
      ['b', '2026-11-27', '2026-11-30'],
    ],
    mended: [
      ['a', '2026-11-27', '2026-11-30'],
      ['b', '2026-12-01', '2026-12-02'],
    ],
    by: ['a', 'b'],
  },
  {
    rule: 'one-at-a-time',
    name: 'two of one model',
    said: { changes: [aChange('a', { models: ['User', 'Order'] }), aChange('b', { models: ['Order'] })] },
    broken: [
      ['a', '2026-12-01', '2026-12-02'],
      ['b', '2026-12-02', '2026-12-03'],
    ],
    mended: [
      ['a', '2026-12-01', '2026-12-02'],
      ['b', '2026-12-03', '2026-12-04'],
    ],
    by: ['a', 'b'],
  },
  {
    rule: 'order',
    name: 'after what it builds on',
    said: { changes: [aChange('a'), aChange('b', { after: ['a'] })] },
    broken: [
      ['a', '2026-12-01', '2026-12-02'],
      ['b', '2026-12-02', '2026-12-03'],
    ],
    mended: [
      ['a', '2026-12-01', '2026-12-02'],
      ['b', '2026-12-03', '2026-12-04'],
    ],
    by: ['b'],
  },
  {
    rule: 'order',
    name: 'after an upgrade, whose soak belongs to it',
    said: { changes: [aChange('a', { store: 'redis', after: ['mongodb-8.0'] })], hops: [aHop()] },
    broken: [...GOOD_HOP, ['a', '2027-02-09', '2027-02-10']],
    mended: [...GOOD_HOP, ['a', '2027-02-10', '2027-02-11']],
    by: ['a'],
  },
  {
    rule: 'order',
    name: 'not before its day',
    said: { changes: [aChange('a', { notBefore: day('2026-12-02') })] },
    broken: [['a', '2026-12-01', '2026-12-02']],
    mended: [['a', '2026-12-02', '2026-12-03']],
    by: ['a'],
  },
  {
    rule: 'order',
    name: 'phases',
    said: { changes: [SPLIT] },
    broken: splitWith(['split/expand', '2026-12-02']),
    mended: GOOD_SPLIT,
    by: ['split/expand', 'split/migrate'],
  },
  {
    rule: 'order',
    name: 'contract six days after migrate',
    said: { changes: [SPLIT] },
    broken: splitWith(['split/contract', '2026-12-08']),
    mended: GOOD_SPLIT,
    by: ['split/migrate', 'split/contract'],
  },
  {
    rule: 'order',
    name: 'contract in the sprint of migrate',
    said: { changes: [SPLIT] },
    broken: splitWith(['split/migrate', '2026-11-26'], ['split/contract', '2026-12-04']),
    mended: splitWith(['split/migrate', '2026-11-26'], ['split/contract', '2026-12-07']),
    by: ['split/migrate', 'split/contract'],
  },
  {
    rule: 'order',
    name: 'contract 57 days after the first phase',
    said: { changes: [SPLIT] },
    broken: splitWith(['split/contract', '2027-01-20']),
    mended: splitWith(['split/contract', '2027-01-19']),
    by: ['split/expand', 'split/contract'],
  },
  {
    rule: 'order',
    name: 'steps of a hop',
    said: { hops: [aHop()], policy: { packages: { settle: 0 } } },
    broken: hopWith(['mongodb-8.0/mongoose-8', '2027-01-12']),
    mended: hopWith(['mongodb-8.0/mongoose-8', '2027-01-11']),
    by: ['mongodb-8.0/mongoose-8', 'mongodb-8.0/prepare'],
  },
  {
    rule: 'order',
    name: 'FCV before the burn-in is over',
    said: { hops: [aHop()] },
    broken: hopWith(['mongodb-8.0/fcv', '2027-01-27']),
    mended: hopWith(['mongodb-8.0/fcv', '2027-01-28']),
    by: ['mongodb-8.0/binaries', 'mongodb-8.0/fcv'],
  },
  {
    rule: 'order',
    name: 'a hop before the one it follows has soaked',
    said: {
      hops: [
        aHop(),
        aHop({ item: 'mongodb-9.0', after: ['mongodb-8.0'], needed: [], steps: REDIS_HOP.steps, hasFcv: false }),
      ],
    },
    broken: [...GOOD_HOP, ['mongodb-9.0/prepare', '2027-02-09'], ['mongodb-9.0/binaries', '2027-02-10']],
    mended: [...GOOD_HOP, ['mongodb-9.0/prepare', '2027-02-10'], ['mongodb-9.0/binaries', '2027-02-11']],
    by: ['mongodb-9.0/prepare'],
  },
  {
    rule: 'order',
    name: 'a hop after the one that follows it',
    said: { hops: [aHop({ needed: [], steps: aHop().steps.slice(1) }), { ...REDIS_HOP, after: ['mongodb-8.0'] }] },
    broken: [...GOOD_HOP.slice(1), ['redis-8.2/prepare', '2026-12-08'], ['redis-8.2/binaries', '2026-12-09']],
    mended: [...GOOD_HOP.slice(1), ['redis-8.2/prepare', '2027-02-10'], ['redis-8.2/binaries', '2027-02-11']],
    by: [...GOOD_HOP.slice(1).map(([id]) => id), 'redis-8.2/prepare', 'redis-8.2/binaries'],
  },
  {
    rule: 'order',
    name: 'a grave patch after newer binaries',
    said: { hops: [aHop()], patches: [aPatch()] },
    broken: [...GOOD_HOP, ['mongodb-patch', '2027-01-13']],
    mended: [...GOOD_HOP, ['mongodb-patch', '2026-12-10']],
    by: ['mongodb-patch', 'mongodb-8.0/binaries'],
  },
  {
    rule: 'drivers-cover-both',
    name: 'new binaries without the driver they need',
    said: { hops: [aHop()] },
    broken: GOOD_HOP.slice(1),
    mended: GOOD_HOP,
    by: ['mongodb-8.0/binaries'],
  },
  {
    rule: 'release-age',
    name: 'a line that is too young',
    said: { hops: [aHop({ ripe: day('2027-01-14') })] },
    broken: GOOD_HOP,
    mended: hopWith(['mongodb-8.0/binaries', '2027-01-14']),
    by: ['mongodb-8.0/binaries'],
  },
  {
    rule: 'fresh-backup',
    name: 'a backup of four working days',
    said: { hops: [aHop({ noReturn: 'binaries' })] },
    broken: hopWith(['mongodb-8.0/prepare', '2027-01-06']),
    mended: hopWith(['mongodb-8.0/prepare', '2027-01-07']),
    by: ['mongodb-8.0/binaries', 'mongodb-8.0/prepare'],
  },
  {
    rule: 'fresh-backup',
    name: 'a freeze between backup and binaries, of whatever it is',
    said: {
      hops: [aHop({ noReturn: 'binaries' })],
      freezes: [aFreeze('2027-01-12', '2027-01-13', { blocks: ['model'] })],
    },
    broken: hopWith(['mongodb-8.0/prepare', '2027-01-11']),
    mended: hopWith(['mongodb-8.0/prepare', '2027-01-12']),
    by: ['mongodb-8.0/binaries', 'mongodb-8.0/prepare'],
  },
  {
    rule: 'quiet-edges',
    name: 'new binaries for ever on a Friday',
    said: { hops: [aHop({ noReturn: 'binaries' })], policy: quiet },
    broken: hopWith(['mongodb-8.0/binaries', '2027-01-15']),
    mended: hopWith(['mongodb-8.0/binaries', '2027-01-14']),
    by: ['mongodb-8.0/binaries'],
  },
  {
    rule: 'quiet-edges',
    name: 'on the second morning after three days off',
    said: { hops: [aHop({ noReturn: 'binaries' })], policy: quiet, daysOff: ['2027-01-11'] },
    broken: hopWith(['mongodb-8.0/prepare', '2027-01-12'], ['mongodb-8.0/binaries', '2027-01-13']),
    mended: hopWith(['mongodb-8.0/prepare', '2027-01-12'], ['mongodb-8.0/binaries', '2027-01-14']),
    by: ['mongodb-8.0/binaries'],
  },
  {
    rule: 'quiet-edges',
    name: 'a destructive contract one working day before a freeze',
    said: { changes: [SPLIT], policy: quiet, freezes: [aFreeze('2026-12-11', '2026-12-12', { blocks: ['model'] })] },
    broken: GOOD_SPLIT,
    mended: splitWith(['split/contract', '2026-12-16']),
    by: ['split/contract'],
  },
  {
    rule: 'quiet-edges',
    name: 'before a day of the week that is frozen again and again',
    said: {
      changes: [aChange('a', { type: 'remove-field' })],
      policy: quiet,
      freezes: ['2026-11-27', '2026-12-04'].map((friday, i) =>
        aFreeze(friday, ['2026-11-28', '2026-12-05'][i] ?? '', { blocks: ['model'], recurring: true }),
      ),
    },
    broken: [['a', '2026-12-02', '2026-12-03']],
    mended: [['a', '2026-12-01', '2026-12-02']],
    by: ['a'],
  },
  {
    rule: 'lead',
    name: 'engine work in nine working days',
    said: { hops: [REDIS_HOP] },
    broken: [
      ['redis-8.2/prepare', '2026-12-04'],
      ['redis-8.2/binaries', '2026-12-08'],
    ],
    mended: [
      ['redis-8.2/prepare', '2026-12-07'],
      ['redis-8.2/binaries', '2026-12-08'],
    ],
    by: ['redis-8.2/prepare'],
    proposalsOnly: true,
  },
  {
    rule: 'lead',
    name: 'a model change today',
    said: { changes: [aChange('a')] },
    broken: [['a', '2026-11-23', '2026-11-24']],
    mended: [['a', '2026-11-24', '2026-11-25']],
    by: ['a'],
    proposalsOnly: true,
  },
  {
    rule: 'deadline',
    name: 'a change past its last day',
    said: { changes: [aChange('a', { deadline: day('2026-12-02') })] },
    broken: [['a', '2026-12-02', '2026-12-03']],
    mended: [['a', '2026-12-01', '2026-12-02']],
    by: ['a'],
  },
  {
    rule: 'deadline',
    name: 'an upgrade past its last day',
    said: { hops: [aHop({ by: day('2027-02-02') })] },
    broken: hopWith(['mongodb-8.0/fcv', '2027-02-03']),
    mended: GOOD_HOP,
    by: ['mongodb-8.0/fcv'],
  },
  {
    rule: 'freeze',
    name: 'of the kind of work',
    said: { changes: [aChange('a')], freezes: [aFreeze('2026-12-02', '2026-12-03', { blocks: ['engine', 'model'] })] },
    broken: [['a', '2026-12-01', '2026-12-02']],
    mended: [['a', '2026-12-03', '2026-12-04']],
    by: ['a'],
  },
  {
    rule: 'freeze',
    name: 'of disruption, in a soak',
    said: { hops: [aHop()], freezes: [aFreeze('2027-02-09', '2027-02-12', { blocks: ['disruption'] })] },
    broken: GOOD_HOP,
    mended: hopWith(['mongodb-8.0/fcv', '2027-02-01']),
    by: ['mongodb-8.0/binaries'],
  },
  {
    rule: 'freeze',
    name: 'a patch that mends nothing grave, in a freeze that allows security',
    said: {
      changes: [aChange('a')],
      patches: [aPatch({ grave: false })],
      freezes: [aFreeze('2026-12-08', '2026-12-09', { blocks: ['engine'], allow: ['security'] })],
    },
    broken: [['mongodb-patch', '2026-12-08']],
    mended: [['mongodb-patch', '2026-12-09']],
    by: ['mongodb-patch'],
  },
  {
    rule: 'in-one-sprint',
    name: 'over the end of a sprint',
    said: { changes: [aChange('a')] },
    broken: [['a', '2026-12-04', '2026-12-07']],
    mended: [['a', '2026-12-03', '2026-12-04']],
    by: ['a'],
  },
  {
    rule: 'capacity',
    name: 'more than a sprint holds',
    said: { changes: [aChange('a'), aChange('b', { effort: 2.5 })], capacity: 4 },
    broken: [
      ['a', '2026-11-25', '2026-11-26'],
      ['b', '2026-12-01', '2026-12-02'],
    ],
    mended: [
      ['a', '2026-11-25', '2026-11-26'],
      ['b', '2026-12-07', '2026-12-08'],
    ],
    by: ['a', 'b'],
  },
  {
    rule: 'decided',
    name: 'in the sprint it was rejected in',
    said: {
      changes: [aChange('a')],
      decisions: [
        {
          item: 'a',
          step: null,
          state: 'rejected',
          from: day('2026-11-24'),
          until: day('2026-11-26'),
          by: null,
          on: ASOF,
          reason: null,
        },
      ],
    },
    broken: [['a', '2026-12-02', '2026-12-03']],
    mended: [['a', '2026-12-07', '2026-12-08']],
    by: ['a'],
    proposalsOnly: true,
  },
];

/** Rules of the change itself: no day mends it. */
export const SCRIPTS: readonly { readonly rule: RuleId; readonly broken: ModelChange; readonly mended: ModelChange }[] =
  [
    { rule: 'rerunnable', broken: aChange('a', { rerunnable: false }), mended: aChange('a') },
    {
      rule: 'way-back',
      broken: aChange('a', { type: 'ttl-index', rollback: 'none' }),
      mended: aChange('a', { type: 'ttl-index' }),
    },
  ];

export { GOOD_HOP, hopWith, SPLIT, splitWith };
