/** Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links), and the short two-character ones. */
const ESCAPES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
/** Control characters, and those that turn, join or hide text: bidirectional marks and overrides, zero-width, tags. */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Text without anything that could move a cursor, change colours or reverse reading; white space runs become one space. */
export function withoutControls(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, '')
    .toWellFormed();
}

/**
 * Makes text from outside fit to be shown and stored on one line: without controls, white space run together and trimmed, at most
 * `limit` characters, the last of which is `…` when it was cut.
 */
export function cleanText(text: string, limit = 200): string {
  // Cut first, generously: what comes after could be megabytes.
  const visible = withoutControls(text.slice(0, limit * 8))
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...visible];
  return characters.length <= limit ? visible : `${characters.slice(0, limit - 1).join('')}…`;
}
