import type { Day } from '../../../src/domain/day.ts';
import type { StepName } from '../../../src/domain/step-name.ts';
import { endAfter } from './calendar.ts';
import { daysOf, rowOf, stepsOf } from './changes.ts';
import { isLifted } from './conflict.ts';
import { conflictsIn } from './conflicts.ts';
import { type Count, count } from './days.ts';
import { compareLevels, type Levels, levelsOf } from './levels.ts';
import type { Placed, Scene } from './placed.ts';
import type { Team } from './team.ts';

/**
 * The best levels that any arrangement of model changes reaches, by trying every one: for teams without upgrades, decisions and holds.
 * @param strict takes what the words of a rule leave open as broken.
 */
export function bestOf(team: Team, weeks: number, baseline: ReadonlyMap<string, Day>, strict: boolean): Levels {
  const first = count(team.asOf);
  const end = first + weeks * 7;
  const isGood = (scene: Scene) =>
    conflictsIn(scene).every((one) => isLifted(team.config, one) || (!strict && !one.sure));
  const { modelChanges } = team.config;
  const alone = (placed: readonly Placed[]): Scene => {
    const changes = modelChanges.map((change) => ({ ...change, after: [] }));
    return { team: { ...team, config: { ...team.config, modelChanges: changes } }, placed, holds: [] };
  };
  const costOf = (placed: readonly Placed[]) => levelsOf({ team, placed, holds: [] }, baseline).at(-1) ?? 0;
  const options = modelChanges.map((change) => {
    const each = stepsOf(change).map((step) => windowsOf(team, change, step, { from: first, until: end }));
    const all = each.reduce<readonly (readonly Placed[])[]>(
      (heads, ones) => heads.flatMap((head) => ones.map((one) => [...head, one])),
      [[]],
    );
    return all.filter((own) => isGood(alone(own))).toSorted((a, b) => costOf(a) - costOf(b));
  });
  let best: Levels | null = null;
  const walk = (index: number, placed: readonly Placed[]): void => {
    const scene: Scene = { team, placed, holds: [] };
    if (index === modelChanges.length) {
      const levels = levelsOf(scene, baseline);
      if (best !== null && compareLevels(levels, best) >= 0) return;
      if (areAllAfter(team, placed) && isGood(scene)) best = levels;
      return;
    }
    for (const own of options[index] ?? []) walk(index + 1, [...placed, ...own]);
    walk(index + 1, placed);
  };
  walk(0, []);
  return best ?? [];
}

/** What comes after other work has a place only where that has one. */
function areAllAfter({ config }: Team, placed: readonly Placed[]): boolean {
  const has = (id: string) => placed.some(({ item }) => item === id);
  return config.modelChanges.every(({ id, after }) => !has(id) || after.every(has));
}

function windowsOf(
  { config }: Team,
  change: Team['config']['modelChanges'][number],
  step: StepName | null,
  { from: first, until: end }: { readonly from: Count; readonly until: Count },
): readonly Placed[] {
  const found: Placed[] = [];
  for (let from = first; from < end; from++) {
    const until = endAfter(config, from, daysOf(change, step));
    if (until === null || until > end) continue;
    const id = step === null ? change.id : `${change.id}/${step}`;
    const plain = { item: change.id, step, kind: 'model' as const, store: change.store, state: 'proposed' as const };
    const noReturn = rowOf(change)?.wayBack !== 'yes' && (step === null || step === 'contract');
    found.push({ ...plain, id, from, until, proposed: true, open: false, findings: new Set(), noReturn });
  }
  return found;
}
