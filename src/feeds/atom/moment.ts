import { MONTHS, short } from '../../domain/calendar-names.ts';
import type { Day } from '../../domain/day.ts';
import { parseDay } from '../../domain/day.ts';
import { type Decoded, decodeDay, decodeInstant, show } from '../decode.ts';

/** Hours to UTC of the zones RFC 822 names; feeds use no others that can be trusted. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};
const RFC_822 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\s+(\d{4}|\d{2})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,3}|[+-]\d{4})$/i;
const MINUTES_ONLY = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;

/**
 * The day in UTC of a date as feeds write them: RFC 3339 (Atom), RFC 822 with its later changes (RSS), and the short forms of W3C-DTF
 * (RDF): a day, or a time without seconds.
 */
export function decodeMoment(text: string): Decoded<Day> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return decodeDay(text);
  const rfc822 = RFC_822.exec(text);
  return rfc822 === null ? decodeInstant(text.replace(MINUTES_ONLY, '$1:00$2')) : fromRfc822(text, rfc822);
}

function fromRfc822(
  text: string,
  [, date = '', name = '', year = '', hour, minute, second = '00', zone = '']: RegExpExecArray,
): Decoded<Day> {
  const because = `"${show(text)}" is not a point in time`;
  const month = MONTHS.findIndex((month) => short(month).toLowerCase() === name.toLowerCase()) + 1;
  // Two digits stand for 1950 to 2049 (RFC 2822, 4.3).
  const fullYear = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const written = parseDay(`${fullYear}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`);
  const offset = offsetOf(zone);
  if (written === null || offset === null) return { because };
  return decodeInstant(`${written}T${hour}:${minute}:${second}${offset}`);
}

/** A zone as RFC 3339 writes it; `null` for one that is not known. */
function offsetOf(zone: string): string | null {
  if (/^[+-]/.test(zone)) return `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const hours = ZONES[zone.toLowerCase()];
  if (hours === undefined) return null;
  return `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
}
