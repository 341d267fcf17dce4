import type { Config } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { Decision } from '../../domain/decision.ts';
import { lastDay } from '../../domain/interval.ts';
import type { Plan } from '../../domain/plan.ts';
import type { PlanSnapshot, SnapshotInput } from '../../domain/snapshot.ts';
import { upgradeId, windowId } from '../../domain/work-id.ts';
import type { ExposedProduct } from '../../policy/collision.ts';

export interface SnapshotSource {
  readonly plan: Plan;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  readonly exposed: ReadonlyMap<string, readonly ExposedProduct[]>;
}

/** A plan with everything that made it, in words short enough to keep and to compare. Pure. */
export function snapshotOf({ plan, config, decisions, exposed }: SnapshotSource): PlanSnapshot {
  const inputs: SnapshotInput[] = [];
  const add = (kind: SnapshotInput['kind'], key: string, value: unknown, about: Partial<SnapshotInput> = {}) =>
    inputs.push({
      kind,
      key,
      value: typeof value === 'string' ? value : JSON.stringify(value),
      store: null,
      item: null,
      ...about,
    });
  add('day', 'today', plan.asOf);
  for (const [key, value] of Object.entries(config.policy)) add('rule', key, value);
  const { sprint, workdays, daysOff } = config.team;
  for (const [key, value] of Object.entries({ sprint, workdays, daysOff })) add('calendar', key, value);
  for (const { name, ...freeze } of config.freezes) add('calendar', `freeze ${name} ${freeze.from}`, freeze);
  for (const { item, rule, ...rest } of config.exceptions)
    add('rule', `exception from ${rule} for ${item}`, rest, { item });
  for (const { id, store, ...rest } of config.modelChanges) add('work', id, rest, { item: id, store });
  for (const { store, to, ...rest } of config.upgrades) {
    const item = upgradeId({ store, to });
    add('work', item, rest, { item, store });
  }
  for (const { id, store, running, range, fcv } of config.stack) {
    add('fact', `${id} runs`, { running, range, fcv }, { store: store ?? id });
  }
  for (const { item, step, state, from, until } of decisions) {
    add('decision', windowId({ item, step }), `${state} ${from} to ${lastDay({ from, until })}`, {
      item,
    });
  }
  for (const [store, products] of exposed) {
    for (const { name, exposure, forecast, unknown } of products) {
      for (const { name: release, day } of exposure.events.slice(-6))
        add('fact', `release of ${release}`, day, { store });
      add('fact', `${name}: read through`, forecast.observedThrough, { store });
      add('forecast', `next of ${name}`, forecastText(forecast.quantiles), { store });
      if (unknown !== null) add('fact', `${name}: unknown`, unknown, { store });
    }
  }
  return {
    asOf: plan.asOf,
    windows: plan.windows.map(({ id, item, store, title, state, from, until }) => ({
      id,
      item,
      store,
      title,
      state,
      from,
      until,
    })),
    unplaced: plan.unplaced.map(({ item }) => item),
    holds: plan.holds,
    inputs,
  };
}

function forecastText(quantiles: Readonly<Record<string, Day>>): string {
  const [low, mid, high] = ['0.1', '0.5', '0.9'].map((key) => quantiles[key] ?? 'open');
  return `${low} to ${high}, half by ${mid}`;
}
