import { describe, expect, it } from 'vitest';
import { day, fromNumber, toNumber } from '../../src/domain/day.ts';
import { dayFrom } from '../../src/tui/date-words.ts';
import { timelineModel } from '../../src/tui/model.ts';
import { anOverview } from '../support/overview.ts';

// Today is Sunday 22 November 2026; sprint S24 starts on 23 November.
const model = timelineModel(anOverview());
const cursor = toNumber(day('2026-12-02'));

describe('a date as people type it', () => {
  it.each([
    ['2027-01-11', '2027-01-11'],
    ['today', '2026-11-22'],
    ['+3w', '2026-12-23'],
    ['-10', '2026-11-22'],
    ['+1m', '2027-01-02'],
    ['+1y', '2027-12-02'],
    ['+1s', '2026-12-16'],
    ['S24', '2026-11-23'],
    ['s25', '2026-12-07'],
    ['mon', '2026-12-07'],
    ['Wednesday', '2026-12-09'],
    ['jan', '2027-01-01'],
    ['11 jan', '2027-01-11'],
    ['January 11', '2027-01-11'],
    ['nov', '2026-11-01'],
    ['3 mar 2026', '2026-03-03'],
  ])('%s is %s', (text, expected) => {
    const found = dayFrom(text, model, cursor);
    expect(found === null ? null : fromNumber(found)).toBe(expected);
  });

  it.each(['', 'orders', '2026-02-30', '31 feb', '+', 'w', '11', 'jan jan', '1 2 jan 3', 'mongodb', 'marble', 'ma'])(
    '%j is none',
    (text) => {
      expect(dayFrom(text, model, cursor)).toBeNull();
    },
  );
});
