import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, fromNumber } from '../../src/domain/day.ts';
import { contains, gap, type Interval, lastDay, overlaps } from '../../src/domain/interval.ts';

const interval = fc
  .tuple(fc.integer({ min: 20_000, max: 21_000 }), fc.integer({ min: 1, max: 60 }))
  .map(([from, days]): Interval => ({ from: fromNumber(from), until: fromNumber(from + days) }));

describe('half-open intervals', () => {
  it('touching ones do not overlap and have no gap', () => {
    const a = { from: day('2026-12-28'), until: day('2027-01-01') };
    const b = { from: day('2027-01-01'), until: day('2027-01-04') };
    expect([overlaps(a, b), gap(a, b), gap(b, a), lastDay(a)]).toEqual([false, 0, 0, '2026-12-31']);
  });

  it('overlap exactly when they share a day', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        let shared = 0;
        for (let d = a.from; d < a.until; d = addDays(d, 1)) if (contains(b, d)) shared++;
        expect(overlaps(a, b)).toBe(shared > 0);
        expect(gap(a, b) < 0 || gap(b, a) < 0).toBe(shared > 0);
      }),
    );
  });

  it('the gap does not depend on the order of the arguments', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        if (a.from !== b.from) expect(gap(a, b)).toBe(gap(b, a));
      }),
    );
  });
});
