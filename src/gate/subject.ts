import type { GateQuestion } from '../domain/gate.ts';
import type { Overview } from '../domain/overview.ts';
import type { PlannedWindow, StoreId, WorkKind } from '../domain/plan.ts';
import { upgradeId } from '../domain/work-id.ts';
import { pieceLike } from '../policy/piece-like.ts';
import type { Piece } from '../policy/rule.ts';
import { modelPieces } from '../schedule/work/model-changes.ts';
import { isPatch } from './placed.ts';

type Known = Pick<Overview, 'config' | 'plan' | 'decisions'>;

/** Kind and store of work that people name: a change, an upgrade, a window of the plan. `null` when there is none of that name. */
export function subjectOf(item: string, { config, plan }: Known): { kind: WorkKind; store: StoreId } | null {
  const own = plan.windows.filter((window) => isOf(window, item));
  // An upgrade has steps of both kinds, and is one of the engine.
  const found =
    own.find(({ kind }) => kind === 'engine') ??
    own[0] ??
    modelPieces(config).find((piece) => isOf(piece, item)) ??
    plan.unplaced.find((entry) => entry.item === item);
  if (found !== undefined) return { kind: found.kind, store: found.store };
  const wish = config.upgrades.find((one) => upgradeId(one) === item);
  return wish === undefined ? null : { kind: 'engine', store: wish.store };
}

/** Every name that `subjectOf` knows, and those of exceptions. */
export function namesOf({ config, plan }: Known): readonly string[] {
  return [
    ...new Set([
      ...plan.windows.flatMap(({ id, item }) => [id, item]),
      ...modelPieces(config).flatMap(({ id, item }) => [id, item]),
      ...plan.unplaced.map(({ item }) => item),
      ...config.upgrades.map(upgradeId),
      ...config.exceptions.map(({ item }) => item),
    ]),
  ].sort();
}

/** Windows of an item, and the window of that id. */
export function isOf({ id, item }: Pick<PlannedWindow, 'id' | 'item'>, name: string): boolean {
  return id === name || item === name;
}

/** The change asked about, as the rules look at work. */
export function pieceOf(question: GateQuestion, { config, plan, decisions }: Known): Piece {
  const { kind, item } = question;
  const store = question.store ?? '';
  if (item === null) {
    const name = `this ${kind} change${store === '' ? '' : ` of ${store}`}`;
    return pieceLike({ id: name, item: name, step: null, title: name, kind, store, patch: question.patch });
  }
  const isDone = ({ item: of, step }: Piece) =>
    decisions.some((one) => one.item === of && one.step === step && one.state === 'done');
  // Of a change in phases, the one whose turn it is.
  const models = modelPieces(config).filter((piece) => isOf(piece, item));
  const model = models.find((piece) => !isDone(piece)) ?? models[0];
  if (model !== undefined) return model;
  const window = plan.windows.find((one) => one.id === item);
  const own = window ?? plan.windows.find((one) => one.item === item && one.kind === kind);
  const known = { id: item, item: own?.item ?? item, step: window?.step ?? null, title: own?.title ?? item };
  // Work of one step that is no model change is a patch against a grave defect.
  const urgent = own !== undefined && own.step === null && own.kind !== 'model';
  const patch = question.patch || (own !== undefined && isPatch(own));
  return { ...pieceLike({ ...known, kind, store, patch }), urgent };
}

/** Whether new binaries of another line come: not with a patch, nor with a step that only goes before or after them. */
export function disrupts({ kind }: GateQuestion, { step, patch, urgent }: Piece): boolean {
  return kind === 'engine' && patch !== true && !urgent && (step === null || step === 'binaries');
}
