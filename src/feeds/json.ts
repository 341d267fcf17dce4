import { Problem } from '../domain/problem.ts';

/**
 * Parses JSON text of a file.
 * @throws Problem with `file:line:column` of the first character that cannot be.
 */
export function parseJson(text: string, path: string): unknown {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(body);
  } catch {
    const offset = firstError(body);
    const before = body.slice(0, offset).split('\n');
    const where = `${path}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
    const what = offset >= body.trimEnd().length ? 'it ends too early' : 'this character cannot stand here';
    throw new Problem(`${path} is not JSON: ${what}`, {
      hint: 'Mend the file at that place, or write it anew.',
      where,
    });
  }
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

/** Where text stops being JSON. Node's own messages give no position for some errors, and their wording changes. */
function firstError(text: string): number {
  const open: string[] = [];
  // What may come next: a value, a key, a comma or the end, a colon; `first` also lets a container close at once.
  let want: 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'after' = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const start = at + (/^[ \t\n\r]*/.exec(text.slice(at, at + 4096))?.[0].length ?? 0);
    if (match === null) return start;
    const [, mark, string] = match;
    const value = mark === undefined;
    if (want === 'colon') {
      if (mark !== ':') return start;
      want = 'value';
    } else if (want === 'after') {
      if (mark === ',' && open.length > 0) want = open.at(-1) === '{' ? 'key' : 'value';
      else if (closes(mark, open.at(-1))) open.pop();
      else return start;
    } else if (want === 'key' || want === 'first-key') {
      if (string !== undefined) want = 'colon';
      else if (want === 'first-key' && mark === '}') {
        open.pop();
        want = 'after';
      } else return start;
    } else if (value) {
      want = 'after';
    } else if (mark === '{' || mark === '[') {
      open.push(mark);
      want = mark === '{' ? 'first-key' : 'first-value';
    } else if (want === 'first-value' && mark === ']') {
      open.pop();
      want = 'after';
    } else return start;
    at = TOKEN.lastIndex;
  }
}

function closes(mark: string | undefined, opened: string | undefined): boolean {
  return (mark === '}' && opened === '{') || (mark === ']' && opened === '[');
}
