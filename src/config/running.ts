import { isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml';
import type { RunningChange } from '../domain/plan.ts';
import { readText, replaceIfUnchanged } from './text-file.ts';

/** neap.yaml before and after, with the lines that differ. */
export interface RunningEdit {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** `- old` and `+ new`, in the order of the file; empty when nothing changes. */
  readonly diff: readonly string[];
}

/** What neap.yaml would become when these changes are made to its stack. Comments and order stay; a range that no longer lets the new version in moves with it. */
export function editRunning(path: string, changes: readonly RunningChange[]): RunningEdit {
  const before = readText(path);
  const document = parseDocument(before);
  const stack: unknown = document.get('stack', true);
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const { id, key, value } of changes) {
    const item = isSeq(stack)
      ? stack.items.find((node) => isMap(node) && (node.get('id') ?? node.get('product')) === id)
      : undefined;
    if (!isMap(item)) continue;
    const held: unknown = item.get(key, true);
    const beside: unknown = held ?? item.get('running', true) ?? item.get('product', true);
    if (isScalar(held) && held.range)
      edits.push({ start: held.range[0], end: held.range[1], text: written(value, held) });
    else if (isScalar(beside) && beside.range) {
      const gap = item.flow === true ? ', ' : `\n${' '.repeat(indentOf(before, beside.range[0]))}`;
      edits.push({ start: beside.range[1], end: beside.range[1], text: `${gap}${key}: ${written(value, beside)}` });
    }
    const range: unknown = item.get('range', true);
    const operator = isScalar(range) ? /^[~^]/.exec(String(range.value))?.[0] : undefined;
    if (key === 'running' && operator !== undefined && isScalar(range) && range.range) {
      edits.push({ start: range.range[0], end: range.range[1], text: written(`${operator}${value}`, range) });
    }
  }
  const after = edits
    .toSorted((x, y) => y.start - x.start)
    .reduce((text, { start, end, text: fresh }) => text.slice(0, start) + fresh + text.slice(end), before);
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const diff = [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
  return { path, before, after, diff };
}

/** In the quotes of the value it stands for; what would read as a number is always quoted. */
function written(value: string, like: Scalar): string {
  if (like.type === 'QUOTE_SINGLE') return `'${value}'`;
  const plain = like.type === 'PLAIN' && !/^[\d.]+$/.test(value.replace(/\..*\..*/, 'x'));
  return plain ? value : JSON.stringify(value);
}

/** Columns before the key that a value belongs to, in a block of lines. */
function indentOf(text: string, at: number): number {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return line.length - line.trimStart().replace(/^- /, '').length;
}

/** Writes an edit. @throws Problem when the file was changed meanwhile. */
export function writeRunning({ path, before, after }: RunningEdit): Promise<void> {
  return replaceIfUnchanged(path, before, after);
}
