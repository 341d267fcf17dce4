import type { Follows, Piece } from '../../policy/rule.ts';
import type { Hop } from './hop.ts';

/** All work of a hop, in the order in which it is done. */
export function stepsOf({ before, prepare, binaries, fcv }: Hop): readonly Piece[] {
  return [...before, prepare, binaries, ...(fcv === null ? [] : [fcv])];
}

/**
 * The hop with its steps tied to each other: each comes after the one before, the FCV after the burn-in; which of them have no way back, the
 * first of them and those after it, and whose backup is the way back from it. What the FCV step needs of a backup is taken in its own window, for by then the one of the
 * preparation is as old as the burn-in is long.
 */
export function tied(hop: Hop): Hop {
  const steps = stepsOf(hop);
  const last = steps.at(-1)?.id;
  const first = steps.findIndex(({ step }) => step === hop.noReturn);
  const final = new Set(first === -1 ? [] : steps.slice(first).map(({ id }) => id));
  const tie = (piece: Piece): Piece => {
    const before = steps[steps.findIndex(({ id }) => id === piece.id) - 1];
    const lag = piece.id === hop.fcv?.id ? hop.burnIn : 0;
    const follows: readonly Follows[] = before === undefined ? [] : [{ piece: before.id, laterSprint: false, lag }];
    return {
      ...piece,
      follows,
      part: piece.id === last ? 'end' : 'other',
      ...(final.has(piece.id) ? { noWayBack: true } : {}),
      ...(piece.step === 'binaries' && hop.noReturn === 'binaries' ? { backup: hop.prepare.id } : {}),
    };
  };
  return {
    ...hop,
    before: hop.before.map(tie),
    prepare: tie(hop.prepare),
    binaries: tie(hop.binaries),
    fcv: hop.fcv === null ? null : tie(hop.fcv),
  };
}
