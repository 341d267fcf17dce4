import type { LineClaimKind } from '../../domain/product.ts';
import type { ReadClaim } from '../../domain/reading.ts';
import { type Decoded, decodeDay, isObject, type JsonObject } from '../decode.ts';

/** Ends of a cycle: what they are to us, the key of the day, the key that says whether it has passed. */
const ENDS: readonly (readonly [of: LineClaimKind, from: string, is: string])[] = [
  ['support-end', 'eoasFrom', 'isEoas'],
  ['eol', 'eolFrom', 'isEol'],
  ['extended-end', 'eoesFrom', 'isEoes'],
];

const NAME = /^[0-9A-Za-z][0-9A-Za-z. _-]{0,39}$/;

/**
 * What endoflife.date says of one release cycle, as claims on the line of that name. It agrees with what src/bundle/lifecycle.ts makes
 * of the same site's history, because both speak as the same source.
 */
export function cycleClaims(cycle: unknown): Decoded<readonly ReadClaim[]> {
  if (!isObject(cycle)) return { because: 'the cycle is not an object' };
  const { name } = cycle;
  if (typeof name !== 'string' || !NAME.test(name)) return { because: 'the cycle has no name that can be a line' };
  const claims: ReadClaim[] = [];
  for (const decoded of [ga(name, cycle), ...ENDS.map((end) => endOf(name, cycle, end)), lts(name, cycle)]) {
    if ('because' in decoded) return decoded;
    if (decoded.value !== null) claims.push(decoded.value);
  }
  return claims.length === 0 ? { because: 'the cycle says nothing of any date' } : { value: claims };
}

/** `null`: the site says nothing of it. */
type Said = Decoded<ReadClaim | null>;

function ga(subject: string, { releaseDate }: JsonObject): Said {
  if (releaseDate === undefined) return { value: null };
  return releaseDate === null ? said(subject, 'ga', 'unknown') : dated(subject, 'ga', 'releaseDate', releaseDate);
}

function endOf(subject: string, cycle: JsonObject, [of, from, is]: (typeof ENDS)[number]): Said {
  const day = cycle[from];
  const passed = cycle[is];
  if (day === undefined && passed === undefined) return { value: null };
  if (day !== undefined && day !== null) return dated(subject, of, from, day);
  if (passed === true) return said(subject, of, 'over');
  // Without a day, false says that none is known yet; null, that this cycle has no such phase.
  if (passed === false) return said(subject, of, 'unknown');
  return passed === null ? said(subject, of, 'none') : { because: `\`${is}\` is neither true, false nor null` };
}

function lts(subject: string, { ltsFrom, isLts }: JsonObject): Said {
  if (ltsFrom === undefined && isLts === undefined) return { value: null };
  if (ltsFrom !== undefined && ltsFrom !== null) return dated(subject, 'lts', 'ltsFrom', ltsFrom);
  // True without a day: it has long-term support, since when is not told.
  if (isLts === true) return said(subject, 'lts', 'over');
  return isLts === false ? said(subject, 'lts', 'none') : { because: '`isLts` is neither true nor false' };
}

function dated(subject: string, of: LineClaimKind, key: string, value: unknown): Said {
  const day = decodeDay(value);
  if ('because' in day) return { because: `\`${key}\`: ${day.because}` };
  return {
    value: { subject, of, state: 'dated', day: day.value, precision: 'day', suspect: null, knownFrom: null },
  };
}

function said(subject: string, of: LineClaimKind, state: 'unknown' | 'over' | 'none'): Said {
  return { value: { subject, of, state, day: null, precision: 'day', suspect: null, knownFrom: null } };
}
