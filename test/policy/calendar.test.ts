import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, fromNumber } from '../../src/domain/day.ts';
import { contains } from '../../src/domain/interval.ts';
import { isWorkday, sprintOf, workWindow } from '../../src/policy/calendar.ts';
import { aConfig } from '../support/team.ts';

const { team } = aConfig();
const someDay = fc.integer({ min: 18_000, max: 24_000 }).map(fromNumber);
const rhythm = fc
  .record({
    start: someDay,
    days: fc.integer({ min: 1, max: 40 }),
    first: fc.nat(99),
    capacity: fc.constant(null),
    others: fc.array(fc.record({ skip: fc.nat(5), days: fc.integer({ min: 1, max: 60 }) }), { maxLength: 4 }),
  })
  .map(({ others, ...regular }) => {
    let at = regular.start;
    const exceptions = others.map(({ skip, days }) => {
      const start = addDays(at, skip * regular.days);
      at = addDays(start, days);
      return { start, days };
    });
    return { ...regular, exceptions };
  });

describe('sprints', () => {
  it('of another length shift those after them, and keep their numbers', () => {
    const sprint = { ...team.sprint, exceptions: [{ start: day('2026-12-21'), days: 21 }] };
    const at = (text: string) => sprintOf({ ...team, sprint }, day(text));
    expect(at('2026-12-20')).toEqual({ number: 2, from: '2026-12-07', until: '2026-12-21' });
    expect(at('2027-01-10')).toEqual({ number: 3, from: '2026-12-21', until: '2027-01-11' });
    expect(at('2027-01-11')).toEqual({ number: 4, from: '2027-01-11', until: '2027-01-25' });
  });

  it('count on over the year end and before the anchor', () => {
    expect(sprintOf(team, day('2026-12-31'))).toEqual({ number: 3, from: '2026-12-21', until: '2027-01-04' });
    expect(sprintOf(team, day('2026-11-22'))).toEqual({ number: 0, from: '2026-11-09', until: '2026-11-23' });
  });

  it('tile: each day lies in exactly one, and the next begins where it ends', () => {
    fc.assert(
      fc.property(rhythm, someDay, (sprint, at) => {
        const own = { ...team, sprint };
        const here = sprintOf(own, at);
        expect(contains(here, at)).toBe(true);
        expect(sprintOf(own, here.until)).toMatchObject({ number: here.number + 1, from: here.until });
        expect(sprintOf(own, addDays(here.from, -1)).until).toBe(here.from);
      }),
    );
  });
});

describe('work windows', () => {
  it.each([
    ['over a weekend', '2026-12-11', 2, '2026-12-15'],
    ['over the year end with a day off', '2026-12-31', 2, '2027-01-05'],
    ['over the change to summer time', '2027-03-26', 2, '2027-03-30'],
    ['over the change to winter time', '2026-10-23', 2, '2026-10-27'],
  ])('%s', (_case, from, days, until) => {
    const own = { ...team, daysOff: [day('2027-01-01')] };
    expect(workWindow(own, day(from), days)?.until).toBe(until);
  });

  it('start and end on working days and hold exactly as many as asked for', () => {
    fc.assert(
      fc.property(
        someDay,
        fc.integer({ min: 1, max: 30 }),
        fc.array(someDay, { maxLength: 10 }),
        (from, days, daysOff) => {
          const own = { ...team, daysOff };
          const window = workWindow(own, from, days);
          expect(window === null).toBe(!isWorkday(own, from));
          if (window === null) return;
          let worked = 0;
          for (let at = window.from; at < window.until; at = addDays(at, 1)) if (isWorkday(own, at)) worked++;
          expect(worked).toBe(days);
          expect(isWorkday(own, addDays(window.until, -1))).toBe(true);
        },
      ),
    );
  });

  it('gives up where nobody ever works', () => {
    expect(workWindow({ ...team, workdays: [1], daysOff: [] }, day('2026-11-23'), 100)).toBeNull();
  });
});
