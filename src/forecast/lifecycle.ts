import { addDays, type Day, daysBetween, maxDay } from '../domain/day.ts';
import type { History, Line, LineDate } from '../domain/release.ts';
import { median } from './gap-model.ts';

/** An end nobody has stated, from how long the vendor's lines lasted so far. Not a promise: the vendor has said nothing. */
export interface DerivedEnd {
  readonly line: string;
  readonly of: 'eol' | 'support-end';
  /** General availability plus the median life of the lines before it, at the earliest the day it is asked for. */
  readonly day: Day;
  /** The same with the shortest and the longest of these lives. */
  readonly earliest: Day;
  readonly latest: Day;
  /** A sentence naming what it was learned from. */
  readonly because: string;
}

/** Lives looked back on, by the order in which the lines came out. */
const LIVES = 6;
/** Fewer lives than this are no rule. */
const FEWEST = 3;

/**
 * Ends of the lines whose sources say nothing, or that they do not know. A stated end is never overridden; a line that is over without a
 * day stays so. Vendor-hosted lines live by rules of their own, so each kind is derived from its own.
 */
export function derivedEnds(history: History, asOf: Day): readonly DerivedEnd[] {
  return [true, false].flatMap((selfManaged) => {
    const lines = history.lines.filter((line) => line.selfManaged === selfManaged);
    return [...derive(lines, 'eol', asOf), ...derive(lines, 'support-end', asOf)];
  });
}

function derive(lines: readonly Line[], of: DerivedEnd['of'], asOf: Day): readonly DerivedEnd[] {
  const endOf = (line: Line): LineDate | null => (of === 'eol' ? line.eol : line.supportEnd);
  const known = lines
    .flatMap((line) => {
      const end = endOf(line);
      return line.ga === null || end?.day == null || end.day <= line.ga
        ? []
        : [{ ga: line.ga, life: daysBetween(line.ga, end.day) }];
    })
    .toSorted((a, b) => (a.ga < b.ga ? 1 : -1))
    .slice(0, LIVES)
    .map(({ life }) => life);
  if (known.length < FEWEST) return [];
  const [shortest, longest] = [Math.min(...known), Math.max(...known)];
  return lines.flatMap((line): readonly DerivedEnd[] => {
    const { ga } = line;
    const end = endOf(line);
    if (ga === null || (end !== null && end.state !== 'unknown')) return [];
    const after = (days: number) => maxDay(asOf, addDays(ga, Math.round(days)));
    const because = `the last ${known.length} lines lasted ${shortest} to ${longest} days; nobody has stated this one's end`;
    return [
      { line: line.line, of, day: after(median(known)), earliest: after(shortest), latest: after(longest), because },
    ];
  });
}
