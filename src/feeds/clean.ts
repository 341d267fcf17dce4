/** Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links), and the short two-character ones. */
const ESCAPES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
/** Control characters, and those that turn, join or hide text: bidirectional marks and overrides, zero-width, tags. */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Makes text from outside fit to be shown and stored on one line: no escape sequences, control or direction characters, white space
 * run together, at most `limit` characters, the last of which is `…` when it was cut.
 */
export function cleanText(text: string, limit = 200): string {
  // Cut first, generously: what comes after could be megabytes.
  const visible = text
    .slice(0, limit * 8)
    .replace(ESCAPES, '')
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
  const characters = [...visible];
  return characters.length <= limit ? visible : `${characters.slice(0, limit - 1).join('')}…`;
}
