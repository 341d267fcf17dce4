import type { Freeze, FreezeScope } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';
import { contains } from '../domain/interval.ts';

/**
 * Whether a freeze forbids a kind of work, or the disruption of a hop, on its days. Its `allow` narrows this freeze and no
 * other: of two freezes on one day, each is asked for itself, and one that blocks is enough.
 * @param urgent the work mends a grave security defect; a freeze that allows `security` lets it through.
 */
export function blocksKind({ blocks, allow }: Freeze, kind: FreezeScope, urgent = false): boolean {
  return blocks.includes(kind) && !allow.includes(kind) && !(urgent && allow.includes('security'));
}

/** The first of the freezes, in the order of neap.yaml, that forbids the kind on the day; `null`: none does. */
export function freezeOn(freezes: readonly Freeze[], kind: FreezeScope, day: Day): Freeze | null {
  return freezes.find((freeze) => contains(freeze, day) && blocksKind(freeze, kind)) ?? null;
}
