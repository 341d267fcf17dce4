import type { ModelChange } from '../../../../src/domain/config.ts';
import { rowOf } from '../changes.ts';
import { type Conflict, conflict, isExcepted, type Judge } from '../conflict.ts';
import { type Count, text } from '../days.ts';
import type { Placed, Scene } from '../placed.ts';

/** Few model changes of a store a day, one of more than low risk, none of the same model. */
export const oneAtATime: Judge = (scene) => {
  const days = new Map<string, { readonly day: Count; readonly placed: Placed[] }>();
  for (const place of scene.placed.filter(({ kind }) => kind === 'model')) {
    for (let day = place.from; day < place.until; day++) {
      const key = `${place.store} ${day}`;
      const entry = days.get(key) ?? { day, placed: [] };
      entry.placed.push(place);
      days.set(key, entry);
    }
  }
  return [...days.values()].filter(({ placed }) => placed.length > 1).flatMap((one) => onDay(one, scene));
};

function onDay(
  { day, placed }: { readonly day: Count; readonly placed: readonly Placed[] },
  { team: { config } }: Scene,
): readonly Conflict[] {
  const { perDay } = config.policy.modelChanges;
  const changeOf = ({ item }: Placed) => config.modelChanges.find(({ id }) => id === item);
  const together = (all: readonly Placed[], why: string, sure: boolean) =>
    conflict(
      'one-at-a-time',
      all.map((one) => [one]),
      `${text(day)}: ${why}`,
      sure,
    );
  const found: Conflict[] = [];
  // What is excepted does not count; whether windows of one item count once or each is left open.
  for (const sure of [true, false]) {
    const counted = sure ? placed.filter((one) => !isExcepted(config, 'one-at-a-time', one)) : placed;
    const number = (all: readonly Placed[]) => (sure ? new Set(all.map(({ item }) => item)).size : all.length);
    const risky = counted.filter((one) => isRisky(changeOf(one)));
    if (number(counted) > perDay) found.push(together(counted, `${counted.length} on a day`, sure));
    if (number(risky) > 1) found.push(together(risky, 'two of more than low risk', sure));
  }
  placed.forEach((one, index) => {
    for (const other of placed.slice(index + 1)) {
      const models = changeOf(other)?.models ?? [];
      const common = changeOf(one)?.models.find((model) => models.includes(model));
      if (common !== undefined) found.push(together([one, other], `both of ${common}`, one.item !== other.item));
    }
  });
  return found;
}

/** No type says nothing, which is more than low. */
function isRisky(change: ModelChange | undefined): boolean {
  return change === undefined || rowOf(change)?.risk !== 'low';
}
