import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { Problem } from '../domain/problem.ts';

export type Path = readonly (string | number)[];

/** A parsed YAML file that can tell where each of its values stands and gathers what is wrong with it. */
export interface Source {
  readonly value: unknown;
  /** Notes an error at a value, or at a key of it. */
  complain(path: Path, message: string, key?: string): void;
  /** Whether something is written there. */
  has(path: Path): boolean;
  /** @throws Problem listing every error noted so far, in the file's order; nothing when there is none. */
  throwIfAny(): void;
}

/** Reads YAML text. @throws Problem with line and column when it is malformed. */
export function parseSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const found: { offset: number; message: string }[] = document.errors.map((error) => ({
    offset: error.pos[0],
    message: `Not valid YAML: ${error.message}`,
  }));
  const place = (offset: number) => {
    const at = lines.linePos(offset);
    return `${file}:${Math.max(1, at.line)}:${Math.max(1, at.col)}`;
  };
  const throwIfAny = () => {
    const sorted = [...found].sort((a, b) => a.offset - b.offset);
    const first = sorted[0];
    if (first === undefined) return;
    const rest = sorted.slice(1).map((issue) => `${place(issue.offset)}: ${issue.message}`);
    throw new Problem([first.message, ...rest].join('\n'), { where: place(first.offset) });
  };
  throwIfAny();
  const offsetOf = (path: Path, key?: string): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (!isNode(node)) continue;
      if (key !== undefined && length === path.length && isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
        if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
      }
      return node.range?.[0] ?? 0;
    }
    return 0;
  };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    throw new Problem(`Not valid YAML: ${error instanceof Error ? error.message : String(error)}`, { where: file });
  }
  return {
    value,
    has: (path) => path.length === 0 || document.hasIn(path),
    complain: (path, message, key) => found.push({ offset: offsetOf(path, key), message }),
    throwIfAny,
  };
}
