/**
 * How well typed words find a text: every word must occur as it is, or its letters in their order. Higher is better; `null`: not at all.
 * Case does not matter.
 */
export function score(typed: string, text: string): number | null {
  const low = text.toLowerCase();
  let total = 0;
  for (const word of typed.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const one = scoreOf(word, low);
    if (one === null) return null;
    total += one;
  }
  return total;
}

/** Whether every typed word occurs as it is. */
export function matches(typed: string, text: string): boolean {
  const low = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word));
}

function scoreOf(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (text === word) return 120;
  if (at === 0) return 100;
  // Where a word begins, and early, is better.
  if (at > 0) return (/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 40 : 70) + Math.max(0, 10 - at / 4);
  let from = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, from + 1);
    if (next < 0) return null;
    if (from >= 0) gaps += next - from - 1;
    from = next;
  }
  return Math.max(1, 30 - gaps);
}
