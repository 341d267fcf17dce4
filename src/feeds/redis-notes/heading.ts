import type { Decoded } from '../decode.ts';
import { type WrittenDate, writtenDate } from './date.ts';

/** What the heading of a release tells. */
export interface Heading {
  /** As Redis tags it: `7.2.4`, `7.0-rc3`. Not checked against a scheme. */
  readonly version: string;
  /** `null` when the heading has none. */
  readonly date: WrittenDate | null;
}

const PRODUCT = '(?:redis|valkey)(?:\\s+(?:open source|community edition))?';
/** `--[ Redis 2.8.24 ] Release date: 18 Dec 2015`, up to 3.2.0-rc3. */
const BRACKETED = new RegExp(`^-{2,4}\\[\\s*${PRODUCT}\\s+([^\\]]*)\\](.*)$`, 'i');
/** `What's new in Redis 2.4.7`, up to 2.5.9. */
const WHATS_NEW = new RegExp(`^what[’']?s new in ${PRODUCT}\\s+(\\d.*)$`, 'i');
/** `## Redis Open Source 8.2.7 (June 2026)`, in redis/docs. */
const MARKDOWN = new RegExp(`^#{1,3}\\s+${PRODUCT}\\s+(.*)$`, 'i');
/** `Redis 7.2.4     Released Tue 09 Jan 2024 10:45:52 IST`, between two rules. */
const RULED = new RegExp(`^${PRODUCT}\\s+(.*)$`, 'i');
/** So long that the underline of a section is none. */
const RULE = /^={40,}\s*$/;

/** Longer lines are no headings. */
const LONGEST = 300;

/** What follows the product's name where line `at` is the heading of a release; `null` where it is not. */
export function headingAt(lines: readonly string[], at: number): string | null {
  const line = (lines[at] ?? '').trimEnd();
  if (line.length > LONGEST) return null;
  const bracketed = BRACKETED.exec(line);
  if (bracketed !== null) return `${bracketed[1]} ${bracketed[2]}`;
  const plain = WHATS_NEW.exec(line) ?? MARKDOWN.exec(line);
  if (plain !== null) return plain[1] ?? null;
  const ruled = RULED.exec(line);
  return ruled !== null && RULE.test(lines[at - 1] ?? '') && RULE.test(lines[at + 1] ?? '') ? (ruled[1] ?? null) : null;
}

/** Numbers, a stage (`RC3`, `-rc3`, `Release Candidate 3`, `GA`), asides in brackets, and the day of release: anything else is not understood. */
const FORM =
  /^(\d+(?:\.\d+)+)(?:[-.\s]*(rc|release candidate|beta|m)[-.\s]*(\d+)|\s+(?:ga|stable))?((?:\s*\([^()]*\))*)[\s:,-]*(?:(?:released|release date:?)\s+(.*))?$/i;
const MONTH_ASIDE = /\(([a-z0-9 ,]*\b\d{4})\)/i;

/** Reads what follows the product's name in a heading: version, stage and date, in the forms that Redis has used since 2.2. */
export function readHeading(text: string): Decoded<Heading> {
  const match = FORM.exec(text.trim());
  if (match === null) return { because: 'the heading names no version that can be read' };
  const [, numbers = '', stage, count = '', asides = '', released] = match;
  const version = stage === undefined ? general(numbers) : `${numbers}-${STAGES[stage.toLowerCase()] ?? stage}${count}`;
  if (released === undefined) {
    const aside = MONTH_ASIDE.exec(asides)?.[1];
    return { value: { version, date: aside === undefined ? null : writtenDate(aside) } };
  }
  if (/^(?:tbd|not)\b/i.test(released)) return { because: 'not released yet' };
  const date = writtenDate(released);
  return date === null ? { because: 'the date in the heading cannot be read' } : { value: { version, date } };
}

/** Stages as they stand in tags. */
const STAGES: Readonly<Record<string, string>> = { rc: 'rc', 'release candidate': 'rc', beta: 'beta', m: 'm' };

/** `Redis 7.4 (July 2024)` is the first general release of its line, 7.4.0. */
function general(numbers: string): string {
  return numbers.split('.').length === 2 ? `${numbers}.0` : numbers;
}
