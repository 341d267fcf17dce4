import type { Config, Freeze } from '../../domain/config.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Plan } from '../../domain/plan.ts';
import type { InputKind, InputValues, PlanSnapshot, Scalar, SnapshotInput } from '../../domain/snapshot.ts';
import { upgradeId, windowId } from '../../domain/work-id.ts';
import type { ExposedProduct } from '../../policy/collision.ts';

export interface SnapshotSource {
  readonly plan: Plan;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  readonly exposed: ReadonlyMap<string, readonly ExposedProduct[]>;
}

/** A plan with everything that made it, to be compared with another. Pure. */
export function snapshotOf(source: SnapshotSource): PlanSnapshot {
  const { plan } = source;
  return {
    asOf: plan.asOf,
    windows: plan.windows.map(({ id, item, store, title, state, from, until }) => {
      return { id, item, store, title, state, from, until };
    }),
    unplaced: plan.unplaced.map(({ item }) => item),
    holds: plan.holds,
    inputs: inputsOf(source),
  };
}

function inputsOf({ plan, config, decisions, exposed }: SnapshotSource): readonly SnapshotInput[] {
  const inputs: SnapshotInput[] = [];
  const add = <K extends InputKind>(
    kind: K,
    key: string,
    value: InputValues[K],
    about: Partial<Pick<SnapshotInput, 'store' | 'item'>> = {},
  ) => inputs.push({ kind, key, value, store: null, item: null, ...about } as SnapshotInput);

  add('day', 'today', plan.asOf);
  for (const [key, value] of scalarsIn(config.policy)) add('policy', key, value);
  const { sprint, workdays, daysOff } = config.team;
  for (const [key, value] of scalarsIn({ sprint, workdays, daysOff })) add('calendar', key, value);
  for (const [name, freezes] of Map.groupBy(config.freezes, (one) => one.name)) {
    for (const [index, value] of freezesNamed(freezes).entries()) {
      add('freeze', index === 0 ? name : `${name} (${index + 1})`, value);
    }
  }
  for (const { item, rule, expires } of config.exceptions) add('exception', item, { rule, expires }, { item });
  for (const { id, store, ...rest } of config.modelChanges) add('work', id, fieldsOf(rest), { item: id, store });
  for (const { store, to, ...rest } of config.upgrades) {
    const item = upgradeId({ store, to });
    add('work', item, fieldsOf(rest), { item, store });
  }
  for (const { id, store, running, range, fcv } of config.stack) {
    add('stack', id, { running, range, fcv }, { store: store ?? id });
  }
  for (const { item, step, state, from, until, by } of decisions) {
    const id = windowId({ item, step });
    // Rejections of several days stand beside each other.
    add('decision', state === 'rejected' ? `${id} ${from}` : id, { state, from, until, by }, { item });
  }
  for (const [store, products] of exposed) {
    for (const { name, exposure, forecast, unknown } of products) {
      for (const { name: release, day } of exposure.events) add('release', release, day, { store });
      if (unknown !== null) add('unknown', name, unknown, { store });
      else if (!exposure.closed) {
        const at = (quantile: string) => forecast.quantiles[quantile] ?? null;
        const value = { line: forecast.nextLine, p10: at('0.1'), p50: at('0.5'), p90: at('0.9') };
        add('forecast', name, value, { store });
      }
    }
  }
  return inputs;
}

/** A freeze that recurs is one, however often it comes; two that only share a name are two. */
function freezesNamed(freezes: readonly Freeze[]): readonly InputValues['freeze'][] {
  const alike = ({ recurring, blocks, allow }: Freeze) => JSON.stringify([recurring, blocks, allow]);
  return freezes.every((one) => one.recurring)
    ? [...Map.groupBy(freezes, alike).values()].map(asOne)
    : freezes.map((one) => asOne([one]));
}

function asOne(freezes: readonly Freeze[]): InputValues['freeze'] {
  return {
    days: freezes.map(({ from, until }) => ({ from, until })),
    blocks: freezes[0]?.blocks ?? [],
    allow: freezes[0]?.allow ?? [],
  };
}

/** Every value in a tree of keys, with its path: `modelChanges.guard`. A list of plain values is one value. */
function scalarsIn(tree: object, above = ''): readonly (readonly [string, Scalar])[] {
  return Object.entries(tree).flatMap(([key, value]): readonly (readonly [string, Scalar])[] => {
    const path = above === '' ? key : `${above}.${key}`;
    if (Array.isArray(value) && value.some((one) => typeof one === 'object')) return scalarsIn({ ...value }, path);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return scalarsIn(value, path);
    return [[path, Array.isArray(value) ? value.join(', ') : (value as Scalar)]];
  });
}

function fieldsOf(work: object): Readonly<Record<string, Scalar>> {
  return Object.fromEntries(scalarsIn(work));
}
