import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, parseDay } from '../domain/day.ts';
import { Problem } from '../domain/problem.ts';

/** Reads one of the collected files. @throws Problem when it is missing or not JSON. */
export function readJson<T>(dir: string, path: string): T {
  const file = join(dir, path);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), {
      where: file,
      hint: 'Give the folder of the collected feeds with --from.',
    });
  }
}

/** The UTC day of an ISO day or instant; `null` for null and absent. @throws Problem for text that is neither. */
export function utcDay(text: string | null | undefined): Day | null {
  if (text === null || text === undefined) return null;
  // `Date` rolls 31 February over into March, so the written day is checked before it is shifted to UTC.
  const written = parseDay(text.slice(0, 10));
  const at = new Date(text.length === 10 ? `${text}T00:00:00Z` : text);
  const day = written === null || Number.isNaN(at.getTime()) ? null : parseDay(at.toISOString().slice(0, 10));
  if (day === null) throw new Problem(`"${text}" is not a day or an instant`);
  return day;
}
