import type { Config } from '../../../src/domain/config.ts';
import { type Count, count, type Run, weekdayOf } from './days.ts';

const OFF = new WeakMap<Config, ReadonlySet<Count>>();

export function works(config: Config, day: Count): boolean {
  const off = OFF.get(config) ?? new Set(config.team.daysOff.map(count));
  OFF.set(config, off);
  return config.team.workdays.includes(weekdayOf(day)) && !off.has(day);
}

/** Working days in the run; 0 where it is empty. */
export function workingDays(config: Config, { from, until }: Run): number {
  let sum = 0;
  for (let day = from; day < until; day++) if (works(config, day)) sum++;
  return sum;
}

/** Working days between two runs, whichever comes first; -1 where they share a day. */
export function workingDaysBetween(config: Config, a: Run, b: Run): number {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  return first.until > second.from ? -1 : workingDays(config, { from: first.until, until: second.from });
}

/** The sprint a day lies in, found by walking from the anchor. */
export function sprintAt(config: Config, day: Count): Run {
  const { start, days, exceptions } = config.team.sprint;
  let from = count(start);
  while (from > day) from -= days;
  for (;;) {
    const first = from;
    const length = exceptions.find((one) => count(one.start) === first)?.days ?? days;
    if (day < from + length) return { from, until: from + length };
    from += length;
  }
}

/** Day after so many working days, the first of which is `from`; `null` when that is no working day. */
export function endAfter(config: Config, from: Count, days: number): Count | null {
  if (!works(config, from)) return null;
  let last = from;
  for (let left = days - 1; left > 0; ) if (works(config, ++last)) left--;
  return last + 1;
}
