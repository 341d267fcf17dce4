const LINE = /^\W{0,4}(?:upgrade|update)\s+urgency\b(?!\s+levels)(.*)$/i;
const LEVEL = /\b(?:low|moderate|high|critical|security)\b/i;

/**
 * The upgrade urgency that the notes of one release name: the first level in the paragraph that begins with "Upgrade urgency" (or
 * "Update urgency"), upper case; `null` when there is no such paragraph, or no level in it.
 */
export function urgencyOf(notes: readonly string[]): string | null {
  const start = notes.findIndex((line) => LINE.test(line.slice(0, 200)));
  if (start === -1) return null;
  const end = notes.findIndex((line, i) => i > start && line.trim() === '');
  const [first = '', ...more] = notes.slice(start, end === -1 ? undefined : end);
  const paragraph = [LINE.exec(first.slice(0, 200))?.[1] ?? '', ...more].join(' ');
  return LEVEL.exec(paragraph)?.[0].toUpperCase() ?? null;
}
