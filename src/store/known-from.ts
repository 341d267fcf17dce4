import { addDays, type Day, fromNumber } from '../domain/day.ts';
import type { ReadClaim } from '../domain/reading.ts';

/**
 * The first day on which somebody asking the source would have heard a claim that this source never made otherwise: the source's own
 * history, else the claimed day when it is past, else the day of the reading. Design.md section 5.
 * A month or quarter counts by its last day: on its first, the release may not have happened yet.
 */
export function knownFrom(claim: ReadClaim, readOn: Day): Day {
  if (claim.knownFrom !== null) return claim.knownFrom;
  if (claim.state !== 'dated' || claim.day === null) return readOn;
  const last = lastDay(claim.day, claim.precision);
  return last <= readOn ? last : readOn;
}

function lastDay(first: Day, precision: ReadClaim['precision']): Day {
  if (precision === 'day') return first;
  const year = Number(first.slice(0, 4));
  const month = Number(first.slice(5, 7)) - 1;
  const next = Date.UTC(year, month + (precision === 'month' ? 1 : 3), 1) / 86_400_000;
  return addDays(fromNumber(next), -1);
}
