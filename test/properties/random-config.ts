import table from '../../data/changes/types.json' with { type: 'json' };
import type {
  Config,
  Freeze,
  FreezeScope,
  ModelChange,
  RuleException,
  StackItem,
  Upgrade,
} from '../../src/domain/config.ts';
import type { Day } from '../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';
import { type Count, count, text, weekdayOf } from './checker/days.ts';
import { type Draw, drawFor } from './draw.ts';
import { ASOF } from './hand-made.ts';

/** Weeks that plans look ahead. */
export const WEEKS = 26;
const TODAY = count(ASOF);
const dayIn = ({ int }: Draw, low: number, high: number): Day => text(TODAY + int(low, high));

/** A random neap.yaml. Each field draws from a stream of its own. */
export function aRandomConfig(seed: number): Config {
  const draw = (field: string) => drawFor(seed, field);
  const stack = stackOf(draw);
  const stores = enginesOf(stack).map(({ id }) => id);
  const modelChanges = changesOf(draw, stores);
  const upgrades = upgradesOf(draw, stack);
  return {
    team: teamOf(draw),
    stack,
    policy: policyOf(draw),
    freezes: [...freezesOf(draw), ...recurringOf(draw)],
    modelChanges,
    upgrades,
    exceptions: exceptionsOf(draw, [
      ...modelChanges.map(({ id }) => id),
      ...upgrades.map(({ store, to }) => `${store}-${to}`),
    ]),
    gate: { model: null, migrations: null },
    products: [],
  };
}

type Streams = (field: string) => Draw;

function teamOf(draw: Streams): Config['team'] {
  const length = draw('sprint.days').pick([7, 10, 14, 14, 21]);
  const start = TODAY - draw('sprint.start').int(0, 40);
  const odd = draw('sprint.exceptions');
  return {
    name: 'Team',
    timezone: 'UTC',
    workdays: draw('workdays').pick([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
      [2, 3, 4, 5, 6],
      [1, 2, 3, 4],
      [1, 3, 5],
    ]),
    daysOff: daysOffOf(draw('daysOff')),
    sprint: {
      start: text(start),
      days: length,
      first: 1,
      capacity: draw('capacity').pick([null, 5, 8, 15]),
      exceptions: odd.chance(0.2) ? [{ start: text(start + length * odd.int(1, 5)), days: odd.int(3, 30) }] : [],
    },
  };
}

/** Single days, and sometimes a long weekend or the days about New Year. */
function daysOffOf(draw: Draw): readonly Day[] {
  const single = Array.from({ length: draw.int(0, 5) }, () => TODAY + draw.int(-10, 180));
  const monday = TODAY + 7 * draw.int(1, 20);
  const long = draw.chance(0.5) ? [monday + 4, monday + 7] : [];
  const newYear = draw.chance(0.4) ? Array.from({ length: 10 }, (_, i) => count('2026-12-24') + i) : [];
  return [...new Set([...single, ...long, ...newYear])].sort((a, b) => a - b).map(text);
}

/** Two or three MongoDBs, sometimes half upgraded, with their ODMs; sometimes a Redis with its client, and a runtime. */
function stackOf(draw: Streams): readonly StackItem[] {
  const stores = ['mongodb', 'orders', ...(draw('stack.third').chance(0.3) ? ['audit'] : [])];
  const item = (id: string, product: string, running: string, store: string | null): StackItem => ({
    id,
    product,
    running,
    range: null,
    store,
    edition:
      store === null && product === 'mongodb'
        ? draw(`stack.${id}.edition`).pick(['community', 'community', 'enterprise', 'atlas'])
        : null,
    topology: store === null && product === 'mongodb' ? 'replica-set' : null,
    platform: null,
    fcv: null,
  });
  const engines = stores.flatMap((id) => {
    const [running, fcv] = draw(`stack.${id}.running`).pick([
      ['6.0.16', '6.0'],
      ['7.0.31', '7.0'],
      ['7.0.31', '7.0'],
      ['7.0.31', '6.0'],
      ['8.0.6', '7.0'],
    ] as const);
    const odm = draw(`stack.${id}.odm`).pick(['6.13.8', '6.13.8', '7.8.7', '8.19.1']);
    const packages = draw(`stack.${id}.packages`).chance(0.7) ? [item(`${id}-odm`, 'mongoose', odm, id)] : [];
    return [{ ...item(id, 'mongodb', running, null), fcv }, ...packages];
  });
  const redis = [item('redis', 'redis', '7.2.6', null), item('ioredis', 'ioredis', '5.8.1', 'redis')];
  const node = item('node', 'nodejs', draw('stack.node.running').pick(['14.21.3', '20.20.2']), null);
  return [
    ...engines,
    ...(draw('stack.redis').chance(0.5) ? redis : []),
    ...(draw('stack.node').chance(0.6) ? [node] : []),
  ];
}

/** The engines of the stack: what belongs to no other, the runtime aside. */
export function enginesOf(stack: readonly StackItem[]): readonly StackItem[] {
  return stack.filter(({ store, product }) => store === null && product !== 'nodejs');
}

function policyOf(draw: Streams): Config['policy'] {
  const pick = <T>(field: string, all: readonly T[]) => draw(`policy.${field}`).pick(all);
  return {
    ...DEFAULT_POLICY,
    tolerance: pick('tolerance', [0.05, 0.2, 0.5]),
    daysPerPoint: pick('daysPerPoint', [0, 7, 30]),
    steady: pick('steady', [0, 7]),
    lead: { engine: pick('lead.engine', [0, 5, 10]), model: pick('lead.model', [0, 1, 3]) },
    separation: pick('separation', [0, 7, 14]),
    patchSeparation: pick('patchSeparation', [0, 2, 3]),
    modelChanges: {
      guard: pick('guard', [0, 7]),
      settle: pick('settle', [1, 7, 14]),
      perDay: pick('perDay', [1, 2, 3]),
      contractAfter: pick('contractAfter', [0, 7, 14]),
      maxSpan: pick('maxSpan', [28, 56, 90]),
    },
    engineUpgrades: {
      ...DEFAULT_POLICY.engineUpgrades,
      minAge: pick('minAge', [30, 60, 90]),
      minPatch: pick('minPatch', [0, 2, 3]),
      burnIn: pick('burnIn', [0, 7, 14]),
      soak: pick('soak', [0, 3, 7]),
      effort: pick('effort', [2, 3, 6]),
      freshBackup: pick('freshBackup', [0, 1, 3]),
      quietEdges: pick('quietEdges', [0, 1, 2, 2]),
    },
    packages: { settle: pick('packages.settle', [0, 7, 14]) },
  };
}

const MODELS = ['User', 'Order', 'Invoice', 'Session', 'Item'];
const TYPES: readonly (string | null)[] = [null, ...table.rows.map(({ id }) => id), 'add-index', 'add-index'];

function changesOf(draw: Streams, stores: readonly string[]): readonly ModelChange[] {
  const length = draw('changes.count').pick([0, 1, 2, 3, 4, 5, 6, 8, 12]);
  return Array.from({ length }, (_, i): ModelChange => {
    const one = (field: string) => draw(`changes.${i}.${field}`);
    const first = one('notBefore');
    const notBefore = first.chance(0.2) ? dayIn(first, -5, 60) : null;
    const last = one('deadline');
    const after = one('after');
    const models = one('models').shuffle(MODELS);
    const isState = one('strategy').chance(0.1);
    return {
      id: `change-${i}`,
      store: one('store').pick(stores),
      models: models.slice(0, one('models.count').pick([1, 1, 1, 2])),
      from: '1.0.0',
      to: '2.0.0',
      type: one('type').pick(TYPES),
      days: one('days').int(1, 6),
      effort: one('effort').int(0, 6),
      priority: one('priority').int(1, 5),
      notBefore,
      deadline: last.chance(0.25) ? text(count(notBefore ?? ASOF) + last.int(5, 100)) : null,
      after: i > 0 && after.chance(0.2) ? [`change-${after.int(0, i - 1)}`] : [],
      rerunnable: isState ? null : !one('rerunnable').chance(0.04),
      rollback: one('rollback').chance(0.05) ? 'none' : 'script',
      strategy: isState ? 'state' : 'migration',
      phases: one('phases').chance(0.15) ? 'together' : 'apart',
    };
  });
}

function upgradesOf(draw: Streams, stack: readonly StackItem[]): readonly Upgrade[] {
  return enginesOf(stack).flatMap(({ id, product }): readonly Upgrade[] => {
    const one = (field: string) => draw(`upgrades.${id}.${field}`);
    if (!one('wanted').chance(0.55)) return [];
    const by = one('by');
    return [
      {
        store: id,
        to: product === 'redis' ? '8.2' : one('to').pick(['8.0', '8.0', '8.0', '9.0']),
        by: by.chance(0.25) ? dayIn(by, 40, 200) : null,
        priority: one('priority').int(1, 5),
      },
    ];
  });
}

const SCOPES: readonly (readonly FreezeScope[])[] = [
  ['model', 'engine', 'package'],
  ['model', 'engine', 'package', 'disruption'],
  ['model'],
  ['engine'],
  ['engine', 'disruption'],
  ['package', 'model'],
  ['disruption'],
];
const ALLOWED: readonly (readonly string[])[] = [[], [], [], ['security'], ['model'], ['engine', 'security']];

function freezesOf(draw: Streams): readonly Freeze[] {
  return Array.from({ length: draw('freezes.count').pick([0, 0, 1, 1, 2, 3]) }, (_, i): Freeze => {
    const one = (field: string) => draw(`freezes.${i}.${field}`);
    const from = TODAY + one('from').int(-10, 150);
    return {
      name: `freeze-${i}`,
      from: text(from),
      until: text(from + one('days').int(1, 18)),
      blocks: one('blocks').pick(SCOPES),
      allow: one('allow').pick(ALLOWED),
      recurring: false,
    };
  });
}

/** A day of each week on which some work is forbidden. */
function recurringOf(draw: Streams): readonly Freeze[] {
  const one = draw('freezes.weekly');
  if (!one.chance(0.25)) return [];
  const weekday = one.pick([1, 5, 5]);
  const blocks = one.pick<readonly FreezeScope[]>([['engine'], ['model'], ['engine', 'model', 'package']]);
  const days: Count[] = [];
  for (let day = TODAY - 14; day < TODAY + WEEKS * 7 + 60; day++) if (weekdayOf(day) === weekday) days.push(day);
  return days.map((day) => ({
    name: 'weekly',
    from: text(day),
    until: text(day + 1),
    blocks,
    allow: [],
    recurring: true,
  }));
}

/** Sometimes an exception or two, of any rule. */
function exceptionsOf(draw: Streams, items: readonly string[]): readonly RuleException[] {
  const length = items.length === 0 ? 0 : draw('exceptions.count').pick([0, 0, 0, 1, 2]);
  return Array.from({ length }, (_, i) => {
    const one = (field: string) => draw(`exceptions.${i}.${field}`);
    return {
      rule: one('rule').pick(RULE_IDS),
      item: one('item').pick(items),
      expires: dayIn(one('expires'), 0, 180),
      reason: 'said so',
    };
  });
}
