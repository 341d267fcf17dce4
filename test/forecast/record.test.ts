import { describe, expect, test } from 'vitest';
import { QUANTILES } from '../../src/domain/forecast.ts';
import { bestFor } from '../../src/forecast/best.ts';
import { trackRecord } from '../../src/forecast/record.ts';

const START = 19_000;
const DAYS = [0, 80, 190, 270, 370, 455, 560, 640, 750, 850].map((day) => START + day);
const record = (days: readonly number[], from = START) => trackRecord(days, bestFor('stranger'), from);

describe('a track record', () => {
  test('tells of every release that could be forecast, from the day asked for on', () => {
    expect(record(DAYS).releases.map(({ day, last }) => [day - START, last - START])).toEqual([
      [370, 270],
      [455, 370],
      [560, 455],
      [640, 560],
      [750, 640],
      [850, 750],
    ]);
    expect(record(DAYS, START + 600).releases.map(({ day }) => day - START)).toEqual([640, 750, 850]);
  });

  test('was said without knowing what came', () => {
    const late = DAYS.map((day, index) => (index < 7 ? day : day + 1000));
    const [all, other] = [record(DAYS).releases, record(late).releases];
    expect(all.slice(0, 3)).toEqual(other.slice(0, 3));
    expect(all[3]?.quantiles).toEqual(other[3]?.quantiles);
  });

  test('counts each week of the silences, and chances that rise', () => {
    const { forecasts, cameBy } = record(DAYS, START + 600);
    expect(forecasts).toBe(Math.ceil(80 / 7) + Math.ceil(110 / 7) + Math.ceil(100 / 7));
    expect(cameBy).toHaveLength(QUANTILES.length);
    expect(cameBy).toEqual(cameBy.toSorted((a, b) => a - b));
    expect(cameBy.at(-1)).toBeLessThanOrEqual(forecasts);
    expect(cameBy.at(-1)).toBeGreaterThan(forecasts / 2);
  });

  test('of nothing, and of too little to forecast, is empty', () => {
    for (const days of [[], [START], DAYS.slice(0, 4)]) {
      expect(record(days)).toEqual({ releases: [], forecasts: 0, cameBy: QUANTILES.map(() => 0) });
    }
  });
});
