import { IANAZone } from 'luxon';
import { PLANNED_WEEKS } from '../domain/horizon.ts';
import type { Product, SchemeId } from '../domain/product.ts';
import { storeOfUpgrade, upgradeId } from '../domain/work-id.ts';
import { CHANGE_TYPES } from '../policy/change-types.ts';
import { parseSeries } from '../policy/series.ts';
import { beginsASprint, sprintAt } from '../policy/sprints.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { DEFAULT_WORKDAYS, policyOf, sprintRhythm } from './defaults.ts';
import type { RawConfig } from './raw.ts';
import type { Path, Source } from './source.ts';
import { didYouMean } from './suggest.ts';

/** What a check looks at. */
interface Checked {
  readonly source: Source;
  readonly raw: RawConfig;
  /** All that there are, the team's own included. */
  readonly products: readonly Pick<Product, 'id' | 'kind' | 'versioning'>[];
  readonly kinds: ReadonlyMap<string, Product['kind']>;
  readonly schemes: ReadonlyMap<string, SchemeId>;
  readonly engines: RawConfig['stack'];
  /** Ids of the stack's engines. */
  readonly stores: ReadonlySet<string>;
}

/** Notes in `source` what the schema cannot see: names that point nowhere, days in the wrong order, cycles. */
export function checkMeaning(source: Source, raw: RawConfig, known: readonly Product[]): void {
  const products = [...known, ...(raw.products ?? [])];
  const kinds = new Map(products.map((product) => [product.id, product.kind]));
  const engines = raw.stack.filter((item) => kinds.get(item.product) === 'engine');
  const checked: Checked = {
    source,
    raw,
    products,
    kinds,
    schemes: new Map(products.map((product) => [product.id, product.versioning])),
    engines,
    stores: new Set(engines.map(idOf)),
  };
  for (const check of CHECKS) check(checked);
}

/** One function a subject; adding one is a line here. */
const CHECKS: readonly ((checked: Checked) => void)[] = [
  namesAreUnique,
  zoneExists,
  stackMakesSense,
  watchNamesExist,
  freezesHaveDays,
  policyLeavesRoom,
  upgradesLeadToLines,
  globsCanMatch,
  sprintExceptionsBegin,
  changesMakeSense,
  exceptionsNameWork,
];

function idOf({ id, product }: RawConfig['stack'][number]): string {
  return id ?? product;
}

function isStore({ source, stores }: Checked, path: Path, name: string): void {
  if (!stores.has(name)) source.complain(path, `\`${name}\` is no engine of the stack${didYouMean(name, stores)}`);
}

function namesAreUnique({ source, raw }: Checked): void {
  const upgrades = (raw.upgrades ?? []).map(upgradeId);
  const changes = (raw.modelChanges ?? []).map(({ id }) => id);
  const products = (raw.products ?? []).map(({ id }) => id);
  unique(source, 'stack', raw.stack.map(idOf));
  unique(source, 'modelChanges', changes);
  unique(source, 'upgrades', upgrades);
  unique(source, 'products', products);
  for (const [index, id] of changes.entries()) {
    if (upgrades.includes(id)) {
      source.complain(['modelChanges', index, 'id'], `\`${id}\` is the id of an upgrade already; choose another`);
    }
  }
}

function zoneExists({ source, raw }: Checked): void {
  const zone = raw.team?.timezone;
  if (zone === undefined || IANAZone.isValidZone(zone)) return;
  source.complain(
    ['team', 'timezone'],
    `Unknown time zone \`${zone}\`${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`,
  );
}

function stackMakesSense(checked: Checked): void {
  const { source, raw, kinds, schemes } = checked;
  for (const [index, item] of raw.stack.entries()) {
    const at = (key: string): Path => ['stack', index, key];
    if (!kinds.has(item.product)) {
      source.complain(at('product'), `Unknown product \`${item.product}\`${didYouMean(item.product, kinds.keys())}`);
    }
    const scheme = schemes.get(item.product);
    if (item.running !== undefined && scheme !== undefined && schemeOf(scheme).parse(item.running) === null) {
      source.complain(at('running'), `\`${item.running}\` is no version of ${item.product}`);
    }
    const kind = kinds.get(item.product);
    if (item.for !== undefined && (kind === 'engine' || kind === 'runtime' || kind === 'framework')) {
      source.complain(at('for'), `\`for\` does not apply to ${item.product}, its kind is ${kind}`);
    } else if (item.for !== undefined) isStore(checked, at('for'), item.for);
    if (item.range !== undefined && parseSeries(item.range, scheme ?? 'semver') === null) {
      source.complain(
        at('range'),
        `\`${item.range}\` is not a version range such as ^8.19.1, an apt series such as 7.0.*, or an image tag such as redis:7`,
      );
    }
  }
}

function watchNamesExist({ source, raw, products }: Checked): void {
  const watchable = new Set([...products.flatMap(({ id, kind }) => [id, kind]), 'default']);
  for (const [key, value] of Object.entries(raw.policy?.watch ?? {})) {
    if (!watchable.has(key))
      source.complain(['policy', 'watch'], `Unknown product or kind \`${key}\`${didYouMean(key, watchable)}`, key);
    if (value === 'off')
      source.complain(['policy', 'watch', key], `\`off\` needs a reason: write \`${key}: {off: why}\``);
  }
}

function freezesHaveDays({ source, raw }: Checked): void {
  for (const [index, freeze] of (raw.freezes ?? []).entries()) {
    const at = ['freezes', index] as const;
    const forms = [freeze.from ?? freeze.until, freeze.every, freeze.sprint].filter((form) => form !== undefined);
    if (forms.length !== 1) {
      source.complain(
        at,
        `say when "${freeze.name}" is: \`from\` and \`until\`, or \`every\`, or \`sprint\`, and only one of them`,
      );
    } else if (freeze.every !== undefined) {
      const { weeks = 1, start } = freeze.every;
      if (weeks === 1 || start !== undefined) continue;
      source.complain(
        [...at, 'every'],
        `of every ${weeks} weeks nobody knows which; add \`start\`, the first day that "${freeze.name}" comes`,
        'weeks',
      );
    } else if (freeze.sprint === undefined) {
      if (freeze.from === undefined) source.complain(at, `"${freeze.name}" has no beginning: add \`from\``);
      else if (freeze.until === undefined) source.complain(at, `"${freeze.name}" has no end: add \`until\``);
      else if (freeze.until <= freeze.from)
        source.complain([...at, 'until'], `\`until\` must come after \`from\` (${freeze.from})`);
    }
  }
}

/** Values that each make sense alone and leave no day together. */
function policyLeavesRoom({ source, raw }: Checked): void {
  const { lead, modelChanges } = policyOf(raw.policy);
  const workdays = PLANNED_WEEKS * new Set(raw.team?.workdays ?? DEFAULT_WORKDAYS).size;
  for (const kind of ['engine', 'model'] as const) {
    if (lead[kind] < workdays) continue;
    source.complain(
      ['policy', 'lead', kind],
      `a lead of ${lead[kind]} working days leaves none of the ${workdays} in the ${PLANNED_WEEKS} weeks that are planned`,
    );
  }
  const { contractAfter, maxSpan } = modelChanges;
  // A day each for expand, migrate and contract.
  const least = contractAfter + 3;
  if (maxSpan >= least) return;
  const key = raw.policy?.modelChanges?.maxSpan === undefined ? 'contractAfter' : 'maxSpan';
  source.complain(
    ['policy', 'modelChanges', key],
    `with \`contractAfter: ${contractAfter}\` no change in phases fits \`maxSpan: ${maxSpan}\`; it takes at least ${least} days`,
  );
}

function upgradesLeadToLines(checked: Checked): void {
  const { source, raw, engines, schemes } = checked;
  for (const [index, { store, to }] of (raw.upgrades ?? []).entries()) {
    isStore(checked, ['upgrades', index, 'store'], store);
    const engine = engines.find((item) => idOf(item) === store);
    if (engine !== undefined && !isLine(schemes.get(engine.product), to)) {
      source.complain(['upgrades', index, 'to'], `\`${to}\` is no line of ${engine.product}, such as 8.0`);
    }
  }
}

function globsCanMatch({ source, raw }: Checked): void {
  for (const list of ['model', 'migrations'] as const) {
    for (const [index, glob] of (raw.gate?.[list] ?? []).entries()) {
      if (!/^\.{0,2}\/|\\/.test(glob)) continue;
      source.complain(
        ['gate', list, index],
        `\`${glob}\` matches nothing: write it from the root of the repository, as src/models/**`,
      );
    }
  }
}

function sprintExceptionsBegin({ source, raw }: Checked): void {
  const rhythm = sprintRhythm(raw);
  for (const [index, { start }] of (raw.team?.sprint?.exceptions ?? []).entries()) {
    if (beginsASprint(rhythm, start)) continue;
    const near = sprintAt({ ...rhythm, exceptions: [] }, start);
    source.complain(
      ['team', 'sprint', 'exceptions', index, 'start'],
      `no sprint begins on ${start}; without exceptions one begins on ${near.from} and on ${near.until}`,
    );
  }
}

/** Work as neap.yaml names it. */
function workOf({ modelChanges = [], upgrades = [] }: RawConfig): ReadonlySet<string> {
  return new Set([...modelChanges.map(({ id }) => id), ...upgrades.map(upgradeId)]);
}

function changesMakeSense(checked: Checked): void {
  const { source, raw } = checked;
  const changes = raw.modelChanges ?? [];
  const after = new Map(changes.map((change) => [change.id, change.after ?? []]));
  const work = workOf(raw);
  for (const [index, change] of changes.entries()) {
    const at = ['modelChanges', index] as const;
    isStore(checked, [...at, 'store'], change.store);
    if (change.type !== undefined && !CHANGE_TYPES.has(change.type)) {
      const near = didYouMean(change.type, CHANGE_TYPES.keys()) || `; there are ${[...CHANGE_TYPES.keys()].join(', ')}`;
      source.complain([...at, 'type'], `Unknown type of change \`${change.type}\`${near}`);
    }
    if (change.deadline !== undefined && change.notBefore !== undefined && change.deadline < change.notBefore) {
      source.complain([...at, 'deadline'], `\`deadline\` comes before \`notBefore\` (${change.notBefore})`);
    }
    if ((change.strategy ?? 'migration') === 'migration') {
      for (const key of ['rerunnable', 'rollback'] as const) {
        if (change[key] === undefined) source.complain(at, `\`${change.id}\` is a migration and must say \`${key}\``);
      }
    }
    for (const [position, name] of (change.after ?? []).entries()) {
      if (!work.has(name))
        source.complain([...at, 'after', position], `Unknown work \`${name}\`${didYouMean(name, work)}`);
    }
    if (reaches(after, change.id)) source.complain([...at, 'after'], `\`${change.id}\` comes after itself`);
  }
}

/** Lines on the way to one that is wished for, and patches, are work too, which only the plan knows: their store must be in the stack. */
function exceptionsNameWork({ source, raw }: Checked): void {
  const work = workOf(raw);
  const ids = new Set(raw.stack.map(idOf));
  for (const [index, { item }] of (raw.exceptions ?? []).entries()) {
    if (!work.has(item) && !ids.has(storeOfUpgrade(item)))
      source.complain(['exceptions', index, 'item'], `Unknown work \`${item}\`${didYouMean(item, work)}`);
  }
}

function reaches(after: ReadonlyMap<string, readonly string[]>, goal: string): boolean {
  const seen = new Set<string>();
  const open = [...(after.get(goal) ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === goal) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(after.get(name) ?? []));
  }
  return false;
}

function unique(source: Source, list: string, ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) === index) continue;
    const remedy = list === 'upgrades' ? 'leave one out' : 'give one another `id`';
    source.complain([list, index], `\`${id}\` is there twice; ${remedy}`);
  }
}

/** Whether the text names a line of the scheme: `8.0`, or `17` for two-part numbers. */
function isLine(id: SchemeId | undefined, text: string): boolean {
  if (id === undefined) return true;
  const scheme = schemeOf(id);
  return scheme.parse(text)?.line === text || scheme.parse(`${text}.0`)?.line === text;
}
