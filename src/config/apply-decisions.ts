import { isMap, isScalar, isSeq, type YAMLMap, YAMLSeq } from 'yaml';
import type { Decision } from '../domain/decision.ts';
import { joined, planDocument, planText, tieFirstComment } from './plan-document.ts';

/**
 * `text` (`null`: no file yet) with `decisions` in it, in order of item, step and first day; comments stay with their entry.
 * There is one decision for an item's step; rejections of other first days stand beside it.
 * @throws Problem when the text is malformed.
 */
export function applyDecisions(text: string | null, decisions: readonly Decision[]): string {
  const document = planDocument(text);
  const present: unknown = document.get('decisions', true);
  const list = isSeq(present) ? present : new YAMLSeq();
  if (list !== present) document.set('decisions', list);
  list.flow = false;
  tieFirstComment(list);
  for (const decision of decisions) place(list, decision, (entry) => document.createNode(entry));
  list.items.sort((a, b) => compare(sortKey(a), sortKey(b)));
  return planText(document, text);
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
  const document = planDocument(text);
  const list: unknown = document.get('decisions', true);
  if (!isSeq(list)) return { text, removed: 0 };
  tieFirstComment(list);
  const before = list.items.length;
  list.items = list.items.filter(
    (node) => !(isMap(node) && node.get('item') === item && (step === null || (node.get('step') ?? null) === step)),
  );
  const removed = before - list.items.length;
  if (list.items.length === 0) list.flow = true;
  return { text: removed === 0 ? text : planText(document, text), removed };
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
