import { windowId } from '../domain/work-id.ts';
import type { Piece } from './rule.ts';

/** A piece of which no more than this is known: what a rule needs of work that others have a place for. It takes no effort. */
export function pieceLike(
  known: Pick<Piece, 'id' | 'item' | 'step' | 'title' | 'kind' | 'store'> & Pick<Partial<Piece>, 'patch'>,
): Piece {
  const { id, item, step, title, kind, store, patch = false } = known;
  return {
    id,
    item,
    step,
    title,
    kind,
    store,
    days: 1,
    effort: 0,
    priority: 3,
    notBefore: null,
    deadline: null,
    after: [],
    needs: [],
    follows: [],
    ripe: null,
    urgent: false,
    ...(patch ? { patch } : {}),
  };
}

/** The new binaries of an upgrade of which no more than its name is known. */
export function binariesLike(item: string, store: string): Piece {
  const step = 'binaries';
  return pieceLike({ id: windowId({ item, step }), item, step, title: item, kind: 'engine', store });
}
