import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, daysBetween, fromNumber, parseDay, toNumber, weekday } from '../../src/domain/day.ts';

const someDay = fc.integer({ min: -30_000, max: 60_000 }).map(fromNumber);

describe('day', () => {
  it.each([
    ['2026-02-30', null],
    ['2026-2-3', null],
    ['20260203', null],
    ['2024-02-29', '2024-02-29'],
    ['2026-13-01', null],
    ['', null],
  ])('reads %s as %s', (text, expected) => {
    expect(parseDay(text)).toBe(expected);
  });

  it('names what is no day', () => {
    expect(() => day('soon')).toThrow('"soon" is not a calendar day (YYYY-MM-DD)');
  });

  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-10-25', 1, '2026-10-26'],
    ['2027-01-01', -1, '2026-12-31'],
  ])('%s plus %i days is %s, also where clocks change', (from, days, expected) => {
    expect(addDays(day(from), days)).toBe(expected);
  });

  it('knows the weekday', () => {
    expect([weekday(day('2026-11-23')), weekday(day('2026-11-29')), weekday(day('1969-12-31'))]).toEqual([1, 7, 3]);
  });

  it('adds and subtracts back to where it was', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(fromNumber(toNumber(from))).toBe(from);
      }),
    );
  });

  it('compares as text in the order of time', () => {
    fc.assert(
      fc.property(someDay, someDay, (a, b) => {
        expect(a < b).toBe(toNumber(a) < toNumber(b));
      }),
    );
  });
});
