/** A text of neap inside a text that people may also write in: what is between its two marks is neap's, the rest is theirs. */
export interface Part {
  readonly before: string;
  readonly own: string;
  readonly after: string;
}

const END = '<!-- neap:end -->';

/** The mark a part of this key begins with: a comment, which Markdown does not show. */
function begin(key: string): string {
  // A comment ends at `--`, and at `>` in some renderers.
  return `<!-- neap:report ${encodeURIComponent(key).replaceAll('-', '%2D')} -->`;
}

/** Finds the part of a key; `null` where there is none. Line ends of a browser's text field are made plain ones. */
export function partOf(text: string, key: string): Part | null {
  const plain = text.replaceAll('\r\n', '\n');
  const mark = begin(key);
  const from = plain.indexOf(mark);
  if (from < 0) return null;
  const end = plain.indexOf(END, from);
  // Without its end, which somebody deleted, everything from the mark on was neap's.
  const until = end < 0 ? plain.length : end + END.length;
  return {
    before: plain.slice(0, from),
    own: plain.slice(from + mark.length, end < 0 ? plain.length : end).trim(),
    after: plain.slice(until),
  };
}

/** The whole text: people's own words kept where they are. @param around `null`: there are none yet. */
export function withPart(key: string, own: string, around: Pick<Part, 'before' | 'after'> | null): string {
  return `${around?.before ?? ''}${begin(key)}\n${own}\n${END}${around?.after ?? ''}`;
}
