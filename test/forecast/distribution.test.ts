import { expect, it } from 'vitest';
import { laterGaps, renewalDistribution } from '../../src/forecast/distribution.ts';

it('counts second and later releases: a metronome hits every window as long as its beat', () => {
  const mass = new Float64Array(200);
  mass[4] = 1;
  const gaps = new Float64Array(200);
  gaps[10] = 1;
  const { hit } = renewalDistribution(1000, mass, gaps);
  expect([hit(1000, 1004), hit(1004, 1005), hit(1005, 1014), hit(1005, 1015), hit(1054, 1055)]).toEqual([
    0, 1, 0, 1, 1,
  ]);
});

it('agrees with a simulation of the same law', () => {
  const gaps = new Float64Array(60);
  gaps[5] = 0.3;
  gaps[12] = 0.5;
  gaps[30] = 0.2;
  const mass = new Float64Array(60);
  mass[3] = 0.6;
  mass[20] = 0.4;
  const { hit } = renewalDistribution(0, mass, gaps);
  // A fixed linear congruential generator: the test gives the same numbers everywhere.
  let state = 42;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const draw = (pairs: [number, number][]) => {
    let left = random();
    for (const [value, chance] of pairs) {
      left -= chance;
      if (left < 0) return value;
    }
    return pairs.at(-1)?.[0] ?? 0;
  };
  const runs = 40_000;
  let hits = 0;
  for (let i = 0; i < runs; i++) {
    let at = draw([
      [3, 0.6],
      [20, 0.4],
    ]);
    while (at < 25)
      at += draw([
        [5, 0.3],
        [12, 0.5],
        [30, 0.2],
      ]);
    if (at < 32) hits++;
  }
  expect(Math.abs(hits / runs - hit(25, 32))).toBeLessThan(0.01);
});

it('stretches later gaps by how little is known of the rhythm: hardly at all where it keeps to the day', () => {
  const metronome = new Float64Array(400);
  metronome[90] = 1;
  expect(laterGaps(metronome)[90]).toBeGreaterThan(0.6);
  expect(laterGaps(metronome)[91]).toBeLessThan(0.4);

  const mean = (gaps: Float64Array) => gaps.reduce((sum, chance, k) => sum + chance * k, 0);
  const between = (low: number, high: number) =>
    new Float64Array(400).map((_, k) => (k >= low && k <= high ? 1 / (high - low + 1) : 0));
  const stretches = [between(85, 95), between(60, 120), between(20, 160)].map(
    (gap) => mean(laterGaps(gap)) / mean(gap),
  );
  expect(stretches.map((stretch) => Number(stretch.toFixed(2)))).toEqual([1.03, 1.15, 1.37]);
  expect(laterGaps(between(20, 160)).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});

it('loses the chance of later gaps that fall past the days covered, and bears having none', () => {
  const late = new Float64Array(100).map((_, k) => (k >= 50 ? 0.02 : 0));
  expect(laterGaps(late).reduce((a, b) => a + b, 0)).toBeLessThan(1);
  expect(laterGaps(new Float64Array(1))).toEqual(new Float64Array(1));
  expect(laterGaps(new Float64Array(10))).toEqual(new Float64Array(10));
});
