import type { Config, ModelChange, Policy } from '../../domain/config.ts';
import { compareText } from '../../domain/order.ts';
import type { Phase } from '../../domain/step-name.ts';
import { type ChangeType, changeTypeOf, phasesApart } from '../../policy/change-types.ts';
import type { Follows, Part, Piece } from '../../policy/rule.ts';

/**
 * The team's model changes as pieces of work, in the order they are placed: after what they build on, then priority, deadline, id. A change
 * whose type drops something old is one piece a phase, in order, the last in a later sprint than the first.
 */
export function modelPieces(config: Config): readonly Piece[] {
  return inOrder(config.modelChanges).flatMap((change) => {
    const phases = change.phases === 'together' ? [] : phasesApart(changeTypeOf(change.type));
    if (phases.length === 0) return [pieceOf(change, null, change.days, change.effort, [], 'whole')];
    const days = shares(change.days, phases.length);
    return phases.map((phase, index) => {
      const part = index === 0 ? 'first' : index === phases.length - 1 ? 'last' : 'middle';
      const follows = followedBy(change, phases, index, config.policy.modelChanges);
      return pieceOf(change, phase, days[index] ?? 1, change.effort / phases.length, follows, part);
    });
  });
}

/**
 * Old code must be gone before the old form is dropped: the contract waits some days, and for the sprint after. Two forms of the data live
 * from the first phase to the end of the contract, and not for ever.
 */
function followedBy(
  change: ModelChange,
  phases: readonly Phase[],
  index: number,
  { contractAfter, maxSpan }: Policy['modelChanges'],
): readonly Follows[] {
  if (index === 0) return [];
  const piece = `${change.id}/${phases[index - 1]}`;
  if (phases[index] !== 'contract') return [{ piece, laterSprint: false }];
  const before: Follows = { piece, laterSprint: true, lag: contractAfter };
  const first = `${change.id}/${phases[0]}`;
  return first === piece
    ? [{ ...before, within: maxSpan }]
    : [before, { piece: first, laterSprint: false, within: maxSpan }];
}

/** Whole days that add up to at least `days`, the middle ones first with what is left over; at least 1 each. */
function shares(days: number, parts: number): readonly number[] {
  const each = Math.max(1, Math.floor(days / parts));
  const left = Math.max(0, days - each * parts);
  return Array.from({ length: parts }, (_, index) => each + (index === Math.min(1, parts - 1) ? left : 0));
}

function pieceOf(
  change: ModelChange,
  step: Phase | null,
  days: number,
  effort: number,
  follows: Piece['follows'],
  part: Part,
): Piece {
  const type = changeTypeOf(change.type);
  return {
    id: step === null ? change.id : `${change.id}/${step}`,
    item: change.id,
    step,
    title: step === null ? titleOf(change) : `${titleOf(change)}, ${step}`,
    kind: 'model',
    store: change.store,
    days,
    effort,
    priority: change.priority,
    notBefore: change.notBefore,
    deadline: change.deadline,
    after: change.after,
    needs: [],
    follows,
    ripe: null,
    urgent: false,
    part,
    models: change.models,
    lowRisk: type?.risk === 'low',
    noWayBack: dropsSomething(type, step),
  };
}

/** Once the old form is gone, a script that goes back brings nothing back: the contract, and a change whose one window holds it. */
function dropsSomething(type: ChangeType | null, step: Phase | null): boolean {
  if (type === null || type.wayBack === 'yes') return false;
  return step === null ? type.wayBack === 'no' || type.phases.includes('contract') : step === 'contract';
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
