import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { Problem } from './problem.ts';

/**
 * Parses JSON text of a file; a byte order mark is skipped.
 * @throws Problem with `file:line:column` of the first character that cannot be.
 */
export function parseJson(text: string, path: string): unknown {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(body);
  } catch {
    // Node's own messages give no position for some errors.
    const errors: ParseError[] = [];
    parse(body, errors, { disallowComments: true, allowTrailingComma: false });
    const { offset, error } = errors[0] ?? { offset: 0, error: 1 as const };
    const before = body.slice(0, offset).split('\n');
    const where = `${path}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
    const what = offset >= body.trimEnd().length ? 'it ends too early' : printParseErrorCode(error);
    throw new Problem(`${path} is not JSON: ${what}`, {
      hint: 'Mend the file at that place, or write it anew.',
      where,
    });
  }
}
