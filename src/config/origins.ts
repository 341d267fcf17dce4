import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { readText } from './text-file.ts';

/** Where each value of a YAML file stands, by its path (`policy.tolerance`): `neap.yaml:12:3`. The file has been found valid. */
export function originsOf(path: string): ReadonlyMap<string, string> {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines });
  const file = path.split(/[\\/]/).at(-1) ?? path;
  const found = new Map<string, string>();
  const walk = (node: unknown, at: string): void => {
    const start = (node as { range?: readonly number[] } | null)?.range?.[0];
    if (start !== undefined && at !== '') {
      const { line, col } = lines.linePos(start);
      found.set(at, `${file}:${line}:${col}`);
    }
    const below = (key: string | number) => (at === '' ? String(key) : `${at}.${key}`);
    if (isMap(node))
      for (const { key, value } of node.items) walk(value, below(isScalar(key) ? String(key.value) : String(key)));
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, below(index));
  };
  walk(document.contents, '');
  return found;
}
