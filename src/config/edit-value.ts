import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';
import { Problem } from '../domain/problem.ts';
import type { RunningEdit } from './running.ts';
import { readText } from './text-file.ts';

/**
 * neap.yaml with one value changed: `policy.tolerance`, `freezes[Year end].until` (an entry by its id or name, an upgrade as `store-to`).
 * Only the value's own characters change; a default that is not written yet is added. @throws Problem for a key that cannot be written so.
 */
export function editValue(path: string, key: string, value: string | number): RunningEdit {
  const before = readText(path);
  const document = parseDocument(before);
  const steps = [...key.matchAll(/([A-Za-z]+)(?:\[([^\]]*)\])?(?:\.|$)/g)];
  const names: (string | number)[] = [];
  let node: Node | null = document.contents as Node | null;
  for (const [, name = '', entry] of steps) {
    names.push(name);
    node = isMap(node) ? ((node.get(name, true) as Node | undefined) ?? null) : null;
    if (entry === undefined) continue;
    const index = isSeq(node) ? node.items.findIndex((item) => isMap(item) && isNamed(item, entry)) : -1;
    if (!isSeq(node) || index < 0) throw notWritable(key, path);
    names.push(index);
    node = node.items[index] as Node;
  }
  if (steps.length === 0 || steps.map(([text]) => text).join('') !== key) throw notWritable(key, path);
  if (isScalar(node) && node.range != null) {
    const [start, end] = node.range;
    return edit(path, before, before.slice(0, start) + quotedLike(before.slice(start, end), value) + before.slice(end));
  }
  // In an entry of a list, a value that is not there is of another kind: a freeze that recurs has no `until`.
  if (node !== null || names.some((name) => typeof name === 'number')) throw notWritable(key, path);
  document.setIn(names, value);
  return edit(path, before, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
}

function isNamed(item: YAMLMap, name: string): boolean {
  return item.get('id') === name || item.get('name') === name || `${item.get('store')}-${item.get('to')}` === name;
}

function quotedLike(old: string, value: string | number): string {
  const [sign] = old;
  return sign === '"' || sign === "'" ? `${sign}${value}${sign}` : String(value);
}

function edit(path: string, before: string, after: string): RunningEdit {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const diff = [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
  return { path, before, after, diff };
}

function notWritable(key: string, where: string): Problem {
  return new Problem(`${key} is not one value of this file`, { where, hint: 'Change it there by hand.' });
}
