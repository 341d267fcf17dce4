import { describe, expect, test } from 'vitest';
import { fromNumber } from '../../src/domain/day.ts';
import { QUANTILES } from '../../src/domain/forecast.ts';
import { backtest, type ScoredForecast } from '../../src/forecast/backtest/backtest.ts';
import { crpsOf } from '../../src/forecast/backtest/crps.ts';
import {
  anyStart,
  calmest,
  collisionChances,
  collisions,
  DAYS_NEEDED,
  STARTS,
  startDay,
  startsObserved,
} from '../../src/forecast/backtest/placement.ts';
import { pool } from '../../src/forecast/backtest/pool.ts';
import { quantileOffsets } from '../../src/forecast/backtest/quantiles.ts';
import { bestFor } from '../../src/forecast/best.ts';
import { comingAfter } from '../../src/forecast/conditional.ts';
import { laterGaps, quantilesOf, renewalDistribution } from '../../src/forecast/distribution.ts';
import type { Method } from '../../src/forecast/method.ts';
import { seasonal } from '../../src/forecast/seasonal.ts';

const START = 18_000;

/** A method that always says the same gap distribution. */
function always(gap: Float64Array): Method {
  return { id: 'always', begin: () => ({ add: () => undefined, gap: () => gap }) };
}

/** Certain to be so many days. */
function exactly(days: number): Float64Array {
  const gap = new Float64Array(days + 200);
  gap[days] = 1;
  return gap;
}

function run(days: readonly number[], method: Method) {
  const lines: ScoredForecast[] = [];
  const events = days.map((day) => START + day);
  const observedThrough = (events.at(-1) ?? START) + 400;
  const score = backtest({
    days: events,
    observedThrough,
    method,
    reference: seasonal,
    each: (line) => lines.push(line),
  });
  return { score, lines };
}

describe('CRPS from nineteen quantiles', () => {
  test('of a point it is the absolute error', () => {
    const point = QUANTILES.map(() => 100);
    expect([crpsOf(point, 100), crpsOf(point, 130), crpsOf(point, 60)]).toEqual([
      0,
      expect.closeTo(30),
      expect.closeTo(40),
    ]);
  });

  test('by hand: half the quantiles at 10, half at 20, and 20 came', () => {
    const quantiles = QUANTILES.map((_, i) => (i < 9 ? 10 : 20));
    // Only the nine lower ones are off, by ten days each: 2/19 × 10 × (0.05 + … + 0.45).
    expect(crpsOf(quantiles, 20)).toBeCloseTo((2 / 19) * 10 * 2.25, 9);
  });
});

describe('the walk', () => {
  test('a method that knows the vendor makes no error, holds every band and hits nothing', () => {
    const { score } = run(
      Array.from({ length: 12 }, (_, i) => i * 100),
      always(exactly(100)),
    );
    // From the fourth release on day 300 to the last on 1100, every seventh day.
    expect(score.forecasts).toBe(Math.ceil(800 / 7));
    expect(score.crps).toBe(0);
    expect(score.coverage).toEqual({ band50: 1, band80: 1, band90: 1 });
    expect(score.placement?.collided).toBe(0);
    // A window of five days collides with 5 + 14 + 7 - 1 = 25 of the 100 days between two releases.
    expect(score.placement?.random).toBeCloseTo(0.25, 1);
    expect(score.placement?.noneFree).toBe(0);
  });

  test('points never lie before the day after the forecast', () => {
    const { score } = run([0, 10, 20, 30, 130], always(exactly(100)));
    // Mean and last gap of 10 days are overdue from day 40 on; the error is then what is left to wait.
    expect(score.baselines.lastGap).toBe(score.baselines.meanGap);
    const errors = Array.from({ length: 15 }, (_, i) => 30 + 7 * i).map((asOf) => 130 - Math.max(asOf + 1, 40));
    expect(score.baselines.lastGap).toBeCloseTo(errors.reduce((a, b) => a + b, 0) / errors.length, 9);
  });

  test.each([5, 6, 7, 8])('what was forecast does not change with what came after %i releases', (kept) => {
    const days = [0, 80, 190, 270, 370, 455, 560, 640, 750];
    const changed = [...days.slice(0, kept), (days[kept - 1] ?? 0) + 250, (days[kept - 1] ?? 0) + 251];
    // The first release that differs: nothing said before its day may show it.
    const until = START + (days[kept] ?? 0);
    const said = (all: readonly number[]) =>
      run(all, bestFor('stranger'))
        .lines.filter(({ asOf }) => asOf < until)
        .map(({ asOf, quantiles, stated, window }) => JSON.stringify({ asOf, quantiles, stated, window }));
    expect(said(days)).toHaveLength(Math.ceil(((days[kept] ?? 0) - 270) / 7));
    expect(said(changed)).toEqual(said(days));
  });

  test('odd histories give sane answers', () => {
    const histories: readonly (readonly number[])[] = [
      [],
      [0],
      [0, 50],
      [0, 50, 90, 140, 200],
      Array.from({ length: 800 }, (_, i) => i),
      [0, 90, 180, 270, 360, 4010],
    ];
    const counts = histories.map((days) => {
      const { score, lines } = run(days, bestFor('stranger'));
      for (const { quantiles, stated } of lines) {
        expect(quantiles.every((value, i) => Number.isFinite(value) && value >= (quantiles[i - 1] ?? 0))).toBe(true);
        expect(stated).toBeGreaterThanOrEqual(0);
        expect(stated).toBeLessThanOrEqual(1);
      }
      expect(JSON.stringify(score)).not.toMatch(/NaN|Infinity/);
      return score.forecasts;
    });
    expect(counts).toEqual([0, 0, 0, 9, 114, 535]);
  });
});

test('quantiles read off the gap are those of the distribution itself, also stretched', () => {
  const rhythm = bestFor('stranger').begin();
  for (const day of [0, 80, 190, 270, 370, 455, 560]) rhythm.add(START + day);
  const gap = rhythm.gap();
  if (gap === null) throw new Error('it says nothing');
  for (const elapsed of [0, 30, 200]) {
    for (const spread of [1, 1.4]) {
      const coming = comingAfter(gap, elapsed, gap.length, spread);
      const offsets = quantileOffsets(gap, elapsed, coming, spread);
      const plain = quantilesOf(renewalDistribution(START + 1, coming.mass, gap));
      const days = offsets.map((offset) => fromNumber(START + offset));
      // The table of the normal law is exact to a millionth, which can move a quantile by a day.
      QUANTILES.forEach((probability, i) => {
        const day = plain[String(probability)];
        const near = (spread === 1 ? [0] : [-1, 0, 1]).map((off) => fromNumber(START + (offsets[i] ?? 0) + off));
        if (day !== undefined) expect(near).toContain(day);
      });
      expect(days).toHaveLength(19);
    }
  }
});

describe('the placement trial', () => {
  const starts = (collided: readonly boolean[]) => collided.flatMap((hit, start) => (hit ? [7 + start] : []));

  test('by hand: a window collides with a release on the 13 days before it, in it, or on the 7 days after it', () => {
    // A release 50 days ahead: the windows starting on 39 (its fifth day is 43, guarded to 50) … 63 (13 days after).
    expect(starts(collisions([START - 30, START + 50], START, 1))).toEqual(
      Array.from({ length: 25 }, (_, i) => 39 + i),
    );
    // One already out six days ago still settles when the earliest window starts, 13 days after it; one of seven days ago does not.
    expect(starts(collisions([START - 6], START, 1))).toEqual([7]);
    expect(starts(collisions([START - 7], START, 1))).toEqual([]);
    // The latest window starts on 85 and is guarded to 96.
    expect(starts(collisions([START - 30, START + 96, START + 97], START, 1))).toEqual([85]);
  });

  test('a window has an outcome once its guarded days are observed', () => {
    expect([17, 18, 19, 96, 400].map((days) => startsObserved(START, START + days))).toEqual([0, 1, 2, STARTS, STARTS]);
  });

  test('the earliest of equally calm starts is chosen; the other is any of the 79', () => {
    expect(calmest(Float64Array.of(0.2, 0.1, 0.1 - 1e-15, 0.3))).toBe(1);
    expect(new Set(Array.from({ length: STARTS }, (_, i) => anyStart(i))).size).toBe(STARTS);
  });

  test('chances are those of the whole distribution, certain while a known release settles', () => {
    const chancesOf = collisionChances();
    const uniform = new Float64Array(90);
    for (let k = 10; k < 80; k++) uniform[k] = 1 / 70;
    const daily = Float64Array.of(0, 0.9, 0.05);
    for (const gap of [uniform, daily, exactly(30), uniform]) {
      for (const elapsed of [0, 3, 6, 7, 25, 75, 500]) {
        const whole = renewalDistribution(START + 1, comingAfter(gap, elapsed, 400).mass, laterGaps(gap));
        const chances = chancesOf(comingAfter(gap, elapsed, DAYS_NEEDED).mass, gap, elapsed);
        for (let start = 0; start < STARTS; start++) {
          const from = startDay(START, start);
          const settling = START - elapsed > from - 14;
          expect(chances[start]).toBeCloseTo(settling ? 1 : whole.hit(from - 13, from + 12), 9);
        }
      }
    }
  });

  test('nothing is scored that is not observed, and the forecast stands all the same', () => {
    const days = Array.from({ length: 6 }, (_, i) => START + i * 100);
    const lines: ScoredForecast[] = [];
    const method = always(exactly(100));
    const observedThrough = days.at(-1) ?? 0;
    const each = (line: ScoredForecast) => lines.push(line);
    const score = backtest({ days, observedThrough, method, reference: method, each });
    expect(lines).toHaveLength(29);
    for (const { collided, window } of lines) expect(collided === null).toBe(window.from + 11 > observedThrough);
    expect(score.placement?.windows).toBe(lines.filter(({ collided }) => collided !== null).length);
    expect(score.placement?.windows).toBeLessThan(29);
  });
});

describe('several products together', () => {
  test('geometric mean of ratios, mean of rates; a baseline without error has no ratio', () => {
    const regular = Array.from({ length: 12 }, (_, i) => i * 100);
    const uneven = [0, 100, 150, 290, 380, 460, 600];
    const scores = [regular, uneven, [0, 9]].map((days) => run(days, always(exactly(90))).score);
    const [one, other] = scores;
    const pooled = pool(scores);
    expect(pooled).toMatchObject({ products: 2, forecasts: (one?.forecasts ?? 0) + (other?.forecasts ?? 0) });
    expect(one?.ratios.meanGap).toBeNull();
    expect(pooled.ratios.meanGap).toBeCloseTo(other?.ratios.meanGap ?? 0, 12);
    expect(pooled.ratios.seasonal).toBeCloseTo(
      Math.sqrt((one?.ratios.seasonal ?? 0) * (other?.ratios.seasonal ?? 0)),
      12,
    );
    const hits = [one?.placement?.collided ?? 0, other?.placement?.collided ?? 0];
    expect(pooled.placement?.collided).toBeCloseTo(((hits[0] ?? 0) + (hits[1] ?? 0)) / 2, 12);
    const windows = (list: readonly { windows: number }[]) => list.reduce((sum, bucket) => sum + bucket.windows, 0);
    expect(windows(pooled.calibration.chosen)).toBe((one?.placement?.windows ?? 0) + (other?.placement?.windows ?? 0));
  });

  test('nothing at all has no numbers', () => {
    const { ratios, placement, coverage } = pool([]);
    expect([ratios.meanGap, placement, coverage.band80]).toEqual([null, null, null]);
  });
});

test('a vendor with a known law: the bands of a method that knows it hold as promised, and its risks come true', () => {
  // Gaps of 150 to 549 days, each as likely; a fixed sequence (Park and Miller's generator).
  let seed = 42;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const gap = new Float64Array(800);
  for (let k = 150; k < 550; k++) gap[k] = 1 / 400;
  const days = [0];
  while (days.length < 1000) days.push((days.at(-1) ?? 0) + 150 + Math.floor(random() * 400));
  const method = always(gap);
  const observedThrough = (days.at(-1) ?? 0) + 400;
  const score = backtest({ days, observedThrough, method, reference: method });
  // Whole days, and both ends belong to a band: it holds a little more than its name when there is little left to wait.
  const { band50, band80, band90 } = score.coverage;
  const over = [(band50 ?? 0) - 0.5, (band80 ?? 0) - 0.8, (band90 ?? 0) - 0.9];
  expect(Math.max(...over.map(Math.abs))).toBeLessThan(0.03);
  const looked = [score.calibration.chosen, score.calibration.anyStart].map((calibration) =>
    calibration.buckets().filter(({ windows }) => windows >= 1000),
  );
  // Both have windows that are nearly certain to be calm and such that are not.
  expect(looked.map((buckets) => buckets.length > 2)).toEqual([true, true]);
  for (const { stated, observed } of looked.flat()) {
    expect(Math.abs((stated ?? 0) - (observed ?? 0))).toBeLessThan(0.05);
  }
});
