/** A Debian version in its three parts: `[epoch:]upstream[-revision]` (Debian Policy, 5.6.12). */
export interface DebianVersion {
  readonly epoch: number;
  readonly upstream: string;
  /** Empty when there is none, which sorts like `0`. */
  readonly revision: string;
}

const SHAPE = /^(?:(\d{1,9}):)?([0-9A-Za-z][0-9A-Za-z.+~-]*?)(?:-([0-9A-Za-z.+~]+))?$/;

/** `null` when the text is no Debian version. The upstream part ends at the last hyphen. */
export function parseDebianVersion(text: string): DebianVersion | null {
  const match = text.length > 200 ? null : SHAPE.exec(text);
  if (match === null) return null;
  return { epoch: Number(match[1] ?? 0), upstream: match[2] ?? '', revision: match[3] ?? '' };
}

/** The order in which dpkg installs: negative when `a` is older, 0 when neither is. */
export function compareDebianVersions(a: DebianVersion, b: DebianVersion): number {
  return a.epoch - b.epoch || compareParts(a.upstream, b.upstream) || compareParts(a.revision, b.revision);
}

/** Text without digits and digits in turn: text by dpkg's own order of characters, digits as numbers. */
function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    for (; isText(a, i) || isText(b, j); i += 1, j += 1) {
      const difference = rank(a, i) - rank(b, j);
      if (difference !== 0) return difference;
    }
    const left = digitsAt(a, i);
    const right = digitsAt(b, j);
    const numbers = compareDigits(left, right);
    if (numbers !== 0) return numbers;
    i += left.length;
    j += right.length;
  }
  return 0;
}

function isText(text: string, at: number): boolean {
  return at < text.length && !/\d/.test(text.charAt(at));
}

/** `~` comes before everything, even the end; then the end and digits, then letters, then the rest. */
function rank(text: string, at: number): number {
  const character = text.charAt(at);
  if (character === '' || /\d/.test(character)) return 0;
  if (character === '~') return -1;
  return text.charCodeAt(at) + (/[A-Za-z]/.test(character) ? 0 : 256);
}

function digitsAt(text: string, at: number): string {
  return /^\d*/.exec(text.slice(at))?.[0] ?? '';
}

/** As text, since they may be larger than a number holds exactly (dates with a time, hashes). */
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  if (left.length !== right.length) return left.length - right.length;
  return left === right ? 0 : left < right ? -1 : 1;
}
