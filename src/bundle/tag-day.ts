import type { SourceRow } from '../catalogue/history-file.ts';
import { type Day, day } from '../domain/day.ts';
import type { Tally } from './tally.ts';

/** The clock of whoever tagged was not set, rather than that a release is older than this. */
const EARLIEST = day('1990-01-01');

/** The day of a tag, or `null` where no tag can be of that day: before 1990, or after the day on which the tags were copied. */
export function possibleTagDay(written: Day | null, source: SourceRow, tally: Tally): Day | null {
  if (written === null || (written >= EARLIEST && written <= source.readOn)) return written;
  tally.leaveOut('tag days before 1990 or after the copy (claims, not versions)');
  return null;
}
