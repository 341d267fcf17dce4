import { short, WEEKDAYS } from '../domain/calendar-names.ts';
import type { Freeze, FreezeScope, SprintRhythm } from '../domain/config.ts';
import { addDays, type Day, day, daysBetween, weekday } from '../domain/day.ts';
import { sprintAt } from '../policy/sprints.ts';
import type { RawFreeze, RawScope } from './raw.ts';

/** What `all` stands for: every kind of work. */
const WORK: readonly FreezeScope[] = ['model', 'engine', 'package'];
const SCOPES: readonly FreezeScope[] = [...WORK, 'disruption'];

/** Freezes as dated intervals: recurring ones once for each time they come in the given years. */
export function resolveFreezes(
  freezes: readonly RawFreeze[],
  sprints: SprintRhythm,
  years: readonly number[],
): readonly Freeze[] {
  const first = day(`${Math.min(...years)}-01-01`);
  const until = day(`${Math.max(...years) + 1}-01-01`);
  return freezes.flatMap(({ name, from, until: end, blocks = 'all', allow = [], every, sprint }): readonly Freeze[] => {
    const same = { name, blocks: scopesOf(blocks), allow };
    const dated = (start: Day, days: number): Freeze => ({
      ...same,
      from: start,
      until: addDays(start, days),
      recurring: true,
    });
    if (every !== undefined) return weekly(every, first, until).map((start) => dated(start, every.days ?? 1));
    if (sprint !== undefined) {
      return allSprints(sprints, first, until).flatMap((one) => {
        const length = daysBetween(one.from, one.until);
        const days = Math.min(length, sprint.first ?? sprint.last ?? 0);
        return [dated(sprint.first === undefined ? addDays(one.until, -days) : one.from, days)];
      });
    }
    return from === undefined || end === undefined ? [] : [{ ...same, from, until: end, recurring: false }];
  });
}

/** What the words of `blocks` stand for, each once and always in the same order. */
function scopesOf(blocks: RawScope | readonly RawScope[]): readonly FreezeScope[] {
  const words = new Set([blocks].flat().flatMap((word) => (word === 'all' ? WORK : [word])));
  return SCOPES.filter((scope) => words.has(scope));
}

/** Every nth such weekday; counted from `start`, which only a weekly one may go without. */
function weekly(every: NonNullable<RawFreeze['every']>, first: Day, until: Day): readonly Day[] {
  const wanted = WEEKDAYS.findIndex((name) => short(name).toLowerCase() === every.weekday) + 1;
  const anchor = every.start ?? first;
  let at = addDays(anchor, (wanted - weekday(anchor) + 7) % 7);
  const days: Day[] = [];
  for (; at < until; at = addDays(at, 7 * (every.weeks ?? 1))) if (at >= first) days.push(at);
  return days;
}

function allSprints(rhythm: SprintRhythm, first: Day, until: Day) {
  const found = [];
  for (let one = sprintAt(rhythm, first); one.from < until; one = sprintAt(rhythm, one.until)) found.push(one);
  return found;
}
