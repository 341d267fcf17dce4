import semver from 'semver';
import type { SchemeId } from '../domain/product.ts';
import type { ParsedVersion, Scheme } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** What may reach the team without a decision, as a question to ask of versions and lines. Design.md section 2, "range". */
export interface Series {
  /** Whether this version may arrive. `false` for what the product's scheme cannot read. */
  readonly admits: (version: string) => boolean;
  /** Whether any general release of the line may arrive: `8.22`, `17`. */
  readonly admitsLine: (line: string) => boolean;
  /** The lowest version of each alternative of the range, lowest first: `^8.19.1` begins at 8.19.1. */
  readonly floors: readonly ParsedVersion[];
}

/** Tags that follow the vendor wherever it goes. */
const MOVING = /^(latest|stable|lts|current|mainline|edge|rolling)(-[\w.-]+)?$/i;
/** `redis:7`, `registry:5000/library/mongo:8.0`; also the epoch of an apt version, `6:7.2.*`. */
const BEHIND_COLON = /^[\w./:-]*:([^:/]+)$/;
/** `mongodb-org=7.0.*`, as apt is asked for it. */
const APT_PIN = /^[a-z][\w.+-]*=([^=]+)$/i;
/** Numbers, any of the later ones open, and what stands behind them: `7`, `7.0.*`, `7.2-alpine3.20`, `7.0.31-1~jammy`. */
const NUMBERS = /^v?(\d+(?:\.(?:\d+|[xX*]))*)(?:[-~+](.+))?$/;
/** Words behind the numbers that mark a prerelease; all others (`alpine`, `bookworm`, `slim`, `1~jammy`) say how it is packed. */
const PRERELEASE =
  /^(?:alpha|beta|rc|cr|pre|preview|dev|next|canary|nightly|snapshot|milestone|ea)(?![a-z])|^[abcm]\d/i;
const NOTHING = '<0.0.0-0';

/**
 * Reads a range of any of the three kinds teams have: a semver range (`^8.19.1`), an apt series (`7.0.*`, `7.0`, `17`), an image tag
 * (`redis:7`, `7-alpine`, `latest`). Numbers that are not all given admit what begins with them; all given, only that version.
 * Versions are read by the product's scheme and compared number by number, the first three of them.
 *
 * `null` when it is none of these: a digest, a path, two words.
 */
export function parseSeries(text: string, versioning: SchemeId): Series | null {
  const normal = normalised(text.trim());
  const range = normal === null ? null : rangeOf(normal);
  if (range === null) return null;
  const scheme = schemeOf(versioning);
  return {
    admits: (version) => {
      const parsed = scheme.parse(version);
      return parsed !== null && range.test(triple(parsed));
    },
    admitsLine: (line) => semver.intersects(range.range, `${line.split('.').map(Number).join('.')}.x`),
    floors: floorsOf(range, scheme),
  };
}

/** The exact range of the line a version is of, as a hold keeps it: `8.19.x` for 8.19.1, `17.x` for PostgreSQL 17.2. `null` when unreadable. */
export function exactRange(version: string, versioning: SchemeId): string | null {
  const parsed = schemeOf(versioning).parse(version);
  return parsed === null ? null : `${parsed.line}.x`;
}

/**
 * The range as a team writes it after moving to another version: `^8.19.1` at 9.12.1 is `^9.12.1`, `7.0.*` at 8.0.4 is `8.0.*`. `null`, which
 * counts whatever the vendor brings out, where it cannot be carried over.
 */
export function rangeAt(range: string | null, version: string): string | null {
  const [, operator, numbers = '', open] = /^([~^]?)(\d+(?:\.\d+)*)(\.[*xX])?$/.exec(range?.trim() ?? '') ?? [];
  if (operator === undefined) return null;
  return `${operator}${version.split('.').slice(0, numbers.split('.').length).join('.')}${open ?? ''}`;
}

/** As semver can read it, or `null`. */
function normalised(text: string): string | null {
  if (text.includes('@')) return null;
  const behind = BEHIND_COLON.exec(text)?.[1] ?? APT_PIN.exec(text)?.[1];
  const tag = behind ?? text;
  if (MOVING.test(tag)) return '*';
  const numbers = NUMBERS.exec(tag);
  if (numbers !== null) {
    const [, given = '', suffix] = numbers;
    // A prerelease is that one image, so nothing arrives through it by itself.
    if (suffix !== undefined && PRERELEASE.test(suffix)) return NOTHING;
    return given.split('.').slice(0, 3).join('.');
  }
  // `redis:alpine`: a tag without a number is whatever the vendor puts there.
  return behind !== undefined && /^[a-z][a-z-]*$/i.test(behind) ? '*' : tag;
}

function rangeOf(text: string): semver.Range | null {
  try {
    // Leading zeros (`24.04`) are no numbers to semver.
    return new semver.Range(text.replace(/(^|[^\d])0+(?=\d)/g, '$1'));
  } catch {
    return null;
  }
}

function triple({ numbers, prerelease }: ParsedVersion): string {
  const [major = 0, minor = 0, patch = 0] = numbers;
  return `${major}.${minor}.${patch}${prerelease === null ? '' : `-${prerelease.join('.')}`}`;
}

function floorsOf(range: semver.Range, scheme: Scheme): readonly ParsedVersion[] {
  return range.set
    .map((alternative) => semver.minVersion(alternative.map(({ value }) => value).join(' ')))
    .filter((version) => version !== null)
    .sort(semver.compare)
    .flatMap((version) => scheme.parse(`${version.major}.${version.minor}.${version.patch}`) ?? []);
}
