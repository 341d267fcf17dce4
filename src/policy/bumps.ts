import type { Config } from '../domain/config.ts';
import { bumpOf, changeTypeOf, saysTooLittle } from './change-types.ts';

/** Model changes whose version bump says less than their type demands, a sentence each: a finding, not a refusal. */
export function smallBumps({ modelChanges }: Pick<Config, 'modelChanges'>): readonly string[] {
  return modelChanges.flatMap(({ id, from, to, type }) => {
    const [bump, wanted] = [bumpOf(from, to), changeTypeOf(type)];
    if (bump === null || wanted === null || !saysTooLittle(bump, wanted.bump)) return [];
    return [`${id}: ${from} → ${to} is a ${bump} bump, but ${wanted.title.toLowerCase()} demands a ${wanted.bump} one`];
  });
}
