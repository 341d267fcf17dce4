import { short, WEEKDAYS } from '../domain/calendar-names.ts';
import type { Config, Policy, SprintRhythm } from '../domain/config.ts';
import { type Day, day } from '../domain/day.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { Product } from '../domain/product.ts';
import { resolveFreezes } from './freezes.ts';
import { patched } from './patch.ts';
import type { RawConfig, RawItem, RawPolicy } from './raw.ts';

/** As neap.yaml writes them. */
const DAYS = WEEKDAYS.map((name) => short(name).toLowerCase());
/** Monday to Friday. */
export const DEFAULT_WORKDAYS: readonly string[] = DAYS.slice(0, 5);

/** The configuration with every default of design.md section 4 filled in; `raw` has passed all checks. */
export function withDefaults(
  raw: RawConfig,
  daysOff: readonly Day[],
  known: readonly Product[],
  years: readonly number[],
): Config {
  const kinds = new Map([...known, ...(raw.products ?? [])].map((product) => [product.id, product.kind]));
  const engines = raw.stack.filter((item) => kinds.get(item.product) === 'engine');
  const only = engines.length === 1 ? engines[0] : undefined;
  const storeOf = (item: RawItem) => {
    const kind = kinds.get(item.product);
    return kind === 'engine' || kind === 'runtime' || kind === 'framework'
      ? null
      : (item.for ?? only?.id ?? only?.product ?? null);
  };
  const { team = {} } = raw;
  const workdays = (team.workdays ?? DEFAULT_WORKDAYS).map((name) => DAYS.indexOf(name) + 1);
  return {
    team: {
      name: team.name ?? 'Team',
      timezone: team.timezone ?? 'UTC',
      workdays: [...new Set(workdays)].sort((a, b) => a - b),
      daysOff,
      sprint: sprintRhythm(raw),
    },
    stack: raw.stack.map((item) => {
      const id = item.id ?? item.product;
      return {
        id,
        product: item.product,
        running: item.running ?? null,
        range: item.range ?? null,
        store: storeOf(item),
        edition: item.edition ?? null,
        topology: item.topology ?? null,
        platform: item.platform ?? null,
        fcv: item.fcv ?? null,
      };
    }),
    policy: policyOf(raw.policy),
    freezes: resolveFreezes(raw.freezes ?? [], sprintRhythm(raw), years),
    modelChanges: (raw.modelChanges ?? []).map((change) => ({
      id: change.id,
      store: change.store,
      models: change.models ?? [],
      from: change.from ?? null,
      to: change.to ?? null,
      type: change.type ?? null,
      days: change.days ?? 1,
      effort: change.effort ?? change.days ?? 1,
      priority: change.priority ?? 3,
      notBefore: change.notBefore ?? null,
      deadline: change.deadline ?? null,
      after: change.after ?? [],
      rerunnable: change.rerunnable ?? null,
      rollback: change.rollback ?? null,
      strategy: change.strategy ?? 'migration',
      phases: change.phases ?? 'apart',
    })),
    upgrades: (raw.upgrades ?? []).map((upgrade) => ({
      ...upgrade,
      by: upgrade.by ?? null,
      priority: upgrade.priority ?? 3,
    })),
    exceptions: raw.exceptions ?? [],
    gate: { model: raw.gate?.model ?? null, migrations: raw.gate?.migrations ?? null },
    products: (raw.products ?? []).map((product) => ({ name: product.id, feeds: [], ...product })),
  };
}

/** The team's policy laid over the default one: of a group that is written in part, the rest keeps its defaults. */
export function policyOf(written: RawPolicy = {}): Policy {
  const watch = Object.entries(written.watch ?? {}).map(([key, value]) => [
    key,
    typeof value === 'object' ? 'off' : value,
  ]);
  // The schema has found each value to be of its kind.
  return patched(DEFAULT_POLICY, { ...written, watch: Object.fromEntries(watch) }) as Policy;
}

/** The team's sprints, with the exceptions in order. */
export function sprintRhythm({ team }: RawConfig): SprintRhythm {
  const rhythm = { start: day('2026-01-05'), days: 14, first: 1, capacity: null, exceptions: [], ...team?.sprint };
  return { ...rhythm, exceptions: rhythm.exceptions.toSorted((a, b) => (a.start < b.start ? -1 : 1)) };
}
