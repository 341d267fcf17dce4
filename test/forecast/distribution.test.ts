import { expect, it } from 'vitest';
import { renewalDistribution } from '../../src/forecast/distribution.ts';

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
