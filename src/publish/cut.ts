/** A line that says nothing without those after it: empty, a title, the heading of a table or the rule under it. */
const LEADS_IN = /^(#.*|\|(-+\|)+|)$/;

/**
 * A Markdown report of whole lines that is no longer than `most`, ended by a line that says so where it had to be cut: tables end with a
 * whole row, no title stands without its text.
 * @param length of a text, in the unit of `most`.
 * @returns `null` when not even that line has room.
 */
export function cutTo(
  markdown: string,
  most: number,
  { note, length = (text) => text.length }: { note: string; length?: (text: string) => number },
): string | null {
  if (length(markdown) <= most) return markdown;
  const kept: string[] = [];
  let left = most - length(`\n\n${note}`);
  if (left < 0) return null;
  for (const line of markdown.split('\n')) {
    left -= length(`${line}\n`);
    if (left < 0) break;
    kept.push(line);
  }
  while (LEADS_IN.test(kept.at(-1) ?? 'text') || isHeadOfTable(kept)) kept.pop();
  return [...kept, '', note].join('\n').trimStart();
}

function isHeadOfTable(lines: readonly string[]): boolean {
  return (lines.at(-1) ?? '').startsWith('|') && !(lines.at(-2) ?? '').startsWith('|');
}
