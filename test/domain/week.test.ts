import { expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { parseWeek, weekOf } from '../../src/domain/week.ts';

it.each([
  ['2026-11-23', '2026-W48', '2026-11-23', '2026-11-30'],
  ['2026-11-29', '2026-W48', '2026-11-23', '2026-11-30'],
  ['2027-01-01', '2026-W53', '2026-12-28', '2027-01-04'],
  ['2024-12-30', '2025-W01', '2024-12-30', '2025-01-06'],
])('%s lies in %s', (at, name, from, until) => {
  expect(weekOf(day(at))).toEqual({ name, from, until });
  expect(parseWeek(name)).toEqual({ name, from, until });
});

it.each(['2025-W53', '2026-W00', '2026-W54', '2026-48', '2026-w48', ' 2026-W48'])('%s is no week', (text) => {
  expect(parseWeek(text)).toBeNull();
});
