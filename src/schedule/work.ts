import type { Config, ModelChange } from '../domain/config.ts';
import { compareText } from '../domain/order.ts';
import type { Piece } from '../policy/rule.ts';

/** The team's model changes as pieces of work, in the order they are placed: after what they build on, then priority, deadline, id. */
export function modelPieces(config: Config): readonly Piece[] {
  return inOrder(config.modelChanges).map((change) => ({
    id: change.id,
    item: change.id,
    step: null,
    title: titleOf(change),
    kind: 'model',
    store: change.store,
    days: change.days,
    effort: change.effort,
    priority: change.priority,
    notBefore: change.notBefore,
    deadline: change.deadline,
    after: change.after,
    needs: [],
    ripe: null,
  }));
}

function titleOf({ id, models, from, to }: ModelChange): string {
  const bump = from !== null && to !== null ? ` ${from} → ${to}` : '';
  return models.length === 0 ? `${id}${bump}` : `${id}: ${models.join(', ')}${bump}`;
}

/** Kahn's algorithm with a fixed choice among the ready ones; the configuration was checked for cycles. */
function inOrder(changes: readonly ModelChange[]): readonly ModelChange[] {
  const waiting = changes.toSorted(
    (a, b) => a.priority - b.priority || compareText(a.deadline ?? '9', b.deadline ?? '9') || compareText(a.id, b.id),
  );
  const ids = new Set(changes.map((change) => change.id));
  const ordered: ModelChange[] = [];
  const done = new Set<string>();
  while (waiting.length > 0) {
    const index = waiting.findIndex((change) => change.after.every((id) => done.has(id) || !ids.has(id)));
    const [next] = waiting.splice(Math.max(0, index), 1);
    if (next === undefined) break;
    ordered.push(next);
    done.add(next.id);
  }
  return ordered;
}
