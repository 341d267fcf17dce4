import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap, YAMLSeq } from 'yaml';
import type { Decision } from '../domain/decision.ts';
import { Problem } from '../domain/problem.ts';

const HEADER = `# What the team decided about neap's windows, written by \`neap accept\`, \`reject\` and the calendar.
# It belongs in git, beside neap.yaml. Comments are kept.
decisions: []
`;

/**
 * `text` (`null`: no file yet) with `decisions` in it, in order of item, step and first day; comments stay with their entry.
 * There is one decision for an item's step; rejections of other first days stand beside it.
 * @throws Problem when the text is malformed.
 */
export function applyDecisions(text: string | null, decisions: readonly Decision[]): string {
  const lines = new LineCounter();
  const blank = text === null || text.trim() === '';
  const document = parseDocument(blank ? HEADER : text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new Problem(`Not valid YAML: ${error.message}`, { where: `neap.plan.yaml:${line}:${col}` });
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new Problem('neap.plan.yaml must hold `decisions:`', { where: 'neap.plan.yaml:1:1' });
  }
  const present: unknown = document.get('decisions', true);
  const list = isSeq(present) ? present : new YAMLSeq();
  if (list !== present) document.set('decisions', list);
  list.flow = false;
  tieFirstComment(list);
  for (const decision of decisions) place(list, decision, (entry) => document.createNode(entry));
  list.items.sort((a, b) => compare(sortKey(a), sortKey(b)));
  // Written as the team writes it, so that a diff shows decisions only.
  return document.toString({ lineWidth: 0, flowCollectionPadding: text !== null && /\{ /.test(text) });
}

/**
 * `text` without the decisions on an item, or on one step of it; comments of those that stay are kept.
 * @returns the text and what was taken out; the same text when there was nothing.
 */
export function withoutDecisions(
  text: string,
  item: string,
  step: string | null,
): { readonly text: string; readonly removed: number } {
  const document = parseDocument(text, { prettyErrors: false });
  const list: unknown = document.get('decisions', true);
  if (!isSeq(list)) return { text, removed: 0 };
  tieFirstComment(list);
  const before = list.items.length;
  list.items = list.items.filter(
    (node) => !(isMap(node) && node.get('item') === item && (step === null || (node.get('step') ?? null) === step)),
  );
  const removed = before - list.items.length;
  if (list.items.length === 0) list.flow = true;
  return {
    text: removed === 0 ? text : document.toString({ lineWidth: 0, flowCollectionPadding: /\{ /.test(text) }),
    removed,
  };
}

/** A comment over the first entry is kept by the library on the list; it would stay behind when the order changes. */
function tieFirstComment(list: YAMLSeq): void {
  const first = list.items[0];
  if (!isMap(first) || typeof list.commentBefore !== 'string') return;
  first.commentBefore = joined(list.commentBefore, first.commentBefore);
  list.commentBefore = null;
}

function place(list: YAMLSeq, decision: Decision, create: (entry: object) => unknown): void {
  const replaced = list.items.filter((node): node is YAMLMap => isMap(node) && isReplaced(node, decision));
  const entry = Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== null));
  const [kept, ...others] = replaced;
  if (kept === undefined) {
    list.items.push(create(entry));
    return;
  }
  for (const key of ['by', 'reason']) if (!Object.hasOwn(entry, key)) kept.delete(key);
  for (const [key, value] of Object.entries(entry)) kept.set(key, value);
  for (const other of others) kept.commentBefore = joined(kept.commentBefore, other.commentBefore);
  list.items = list.items.filter((node) => !others.some((other) => other === node));
}

/** A decision on the same first day is always replaced; one on another day only if neither of the two is a rejection. */
function isReplaced(node: YAMLMap, decision: Decision): boolean {
  if (node.get('item') !== decision.item || (node.get('step') ?? null) !== decision.step) return false;
  if (node.get('from') === decision.from) return true;
  return node.get('state') !== 'rejected' && decision.state !== 'rejected';
}

function joined(a: string | null | undefined, b: string | null | undefined): string | null {
  return [a, b].filter((text) => typeof text === 'string').join('\n') || null;
}

function sortKey(node: unknown): readonly string[] {
  return isMap(node) ? ['item', 'step', 'from'].map((key) => textOf(node.get(key))) : [];
}

function textOf(value: unknown): string {
  const plain = isScalar(value) ? value.value : value;
  return plain === undefined || plain === null ? '' : String(plain);
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
