import { describe, expect, test } from 'vitest';
import { Widths } from '../../src/forecast/pool/widths.ts';

function shareWithin(density: Float64Array, centre: number, days: number): number {
  let total = 0;
  for (let k = centre - days; k <= centre + days; k++) total += density[k] ?? 0;
  return total;
}

describe('how far a guess is off', () => {
  test.each([
    ['on the scale of the gap', () => Widths.ofShares(), Math.log(365)],
    ['in days', () => Widths.ofDays(), 365],
  ] as const)('%s: narrow soon after a vendor keeps to the day, wide again after it does not', (_, begin, centre) => {
    const widths = begin();
    const strange = shareWithin(widths.around(centre, 800), 365, 5);
    for (const gap of [364, 366, 365, 364]) widths.learn(centre, gap);
    const steady = shareWithin(widths.around(centre, 800), 365, 5);
    for (const gap of [300, 440, 520]) widths.learn(centre, gap);
    const astray = shareWithin(widths.around(centre, 800), 365, 5);
    expect(strange).toBeLessThan(0.5);
    expect(steady).toBeGreaterThan(0.8);
    expect(astray).toBeLessThan(0.5);
  });

  test('is a distribution of whole gaps, none of no day', () => {
    for (const density of [Widths.ofShares().around(Math.log(90), 3000), Widths.ofDays().around(90, 3000)]) {
      expect(density[0]).toBe(0);
      expect(density.reduce((a, b) => a + b, 0)).toBeGreaterThan(0.9);
      expect(density.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-6);
    }
  });
});
