import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, day, daysBetween, toNumber } from '../../src/domain/day.ts';
import type { Forecast } from '../../src/domain/forecast.ts';
import { QUANTILES } from '../../src/domain/forecast.ts';
import { quantilesOf, renewalDistribution } from '../../src/forecast/distribution.ts';
import { collisionProbability, type ExposedProduct, turbulence } from '../../src/policy/collision.ts';
import { outlookOf } from '../../src/policy/periods.ts';

/** Near the turn of a leap year's end, so that windows cross it. */
const AS_OF = day('2027-12-20');
const RUNS = { seed: 1, numRuns: 100 };
const NEAR = 1e-9;

const margins = fc.record({ guard: fc.integer({ min: 0, max: 14 }), settle: fc.integer({ min: 1, max: 21 }) });

/** Chances that add up to at most 1, over some hundred days. */
const chances = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 200 })
  .map((weights) => {
    const total = weights.reduce((a, b) => a + b, 0);
    return Float64Array.from(weights, (weight) => (total === 0 ? 0 : weight / total));
  });

const exposed = fc
  .record({ mass: chances, gaps: chances, released: fc.option(fc.integer({ min: -40, max: 90 })) })
  .map(({ mass, gaps, released }): ExposedProduct => {
    gaps[0] = 0;
    const distribution = renewalDistribution(toNumber(AS_OF) + 1, mass, gaps);
    const forecast: Forecast = {
      product: 'p',
      kind: 'known',
      because: '',
      observedThrough: AS_OF,
      quantiles: quantilesOf(distribution),
      mostLikely: null,
      evidence: [],
      nextLine: null,
      distribution,
    };
    const events = released === null ? [] : [{ day: addDays(AS_OF, released), line: '1', name: 'p 1' }];
    const exposure = {
      watch: 'vendor',
      events,
      rhythm: [],
      closed: false,
      superseded: false,
      heralds: [],
      nextLine: null,
    } as const;
    return { product: 'p', name: 'p', versioning: 'semver', exposure, forecast, unknown: null };
  });
const products = fc.array(exposed, { minLength: 1, maxLength: 3 });
const start = fc.integer({ min: 0, max: 60 });

const window = (from: number, length: number) => ({ from: addDays(AS_OF, from), until: addDays(AS_OF, from + length) });

describe('probabilities are probabilities', () => {
  test('quantiles never run backwards', () => {
    fc.assert(
      fc.property(exposed, ({ forecast }) => {
        const days = QUANTILES.flatMap((probability) => forecast.quantiles[String(probability)] ?? []);
        expect(days).toEqual(days.toSorted());
      }),
      RUNS,
    );
  });

  test('turbulence lies within 0 and 1, and is the collision probability of the window of that day', () => {
    fc.assert(
      fc.property(products, margins, start, (all, around, from) => {
        const chance = turbulence(all, toNumber(AS_OF) + from, around);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(collisionProbability(all, window(from, 1), around)).toBeCloseTo(chance, 12);
      }),
      RUNS,
    );
  });

  test('a longer window is never safer than a shorter one inside it', () => {
    const inner = fc.record({
      before: fc.integer({ min: 0, max: 10 }),
      length: fc.integer({ min: 1, max: 10 }),
      after: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(products, margins, start, inner, (all, around, from, { before, length, after }) => {
        const short = collisionProbability(all, window(from + before, length), around);
        const long = collisionProbability(all, window(from, before + length + after), around);
        expect(long).toBeGreaterThanOrEqual(short - NEAR);
      }),
      RUNS,
    );
  });

  test('another product never makes a window safer, nor do wider margins', () => {
    fc.assert(
      fc.property(products, exposed, margins, start, (all, one, around, from) => {
        const plain = collisionProbability(all, window(from, 3), around);
        expect(collisionProbability([...all, one], window(from, 3), around)).toBeGreaterThanOrEqual(plain - NEAR);
        const wider = { guard: around.guard + 2, settle: around.settle + 3 };
        expect(collisionProbability(all, window(from, 3), wider)).toBeGreaterThanOrEqual(plain - NEAR);
      }),
      RUNS,
    );
  });
});

test('patch-only periods are the maximal runs of days within the tolerance, and their confidence is their worst day', () => {
  const tolerances = fc.double({ min: 0.01, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(products, margins, tolerances, (all, around, tolerance) => {
      const days = { from: AS_OF, until: addDays(AS_OF, 120) };
      const { periods } = outlookOf({ store: 's', products: all, margins: around, tolerance, days, asOf: AS_OF });
      const chanceOn = (on: Day) => turbulence(all, toNumber(on), around);
      const inside = new Set<Day>();
      for (const { from, until, confidence } of periods) {
        const own = Array.from({ length: daysBetween(from, until) }, (_, i) => addDays(from, i));
        for (const on of own) {
          expect(inside.has(on)).toBe(false);
          inside.add(on);
          expect(chanceOn(on)).toBeLessThanOrEqual(tolerance + NEAR);
        }
        expect(confidence).toBeCloseTo(1 - Math.max(...own.map(chanceOn)), 9);
      }
      // Every calm day is in one: none was left out.
      for (let i = 0; i < 120; i++) {
        const on = addDays(AS_OF, i);
        if (chanceOn(on) <= tolerance - NEAR) expect(inside.has(on), on).toBe(true);
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});
