import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, fromNumber, toNumber } from '../../src/domain/day.ts';
import { collisionProbability, type ExposedProduct, knownCollision, turbulence } from '../../src/policy/collision.ts';
import { anExposedProduct } from '../support/exposed.ts';

const asOf = day('2026-11-22');
const margins = { guard: 7, settle: 14 };
const release = day('2026-12-31');

describe('a known release collides exactly from settle − 1 days before the window to guard days after it', () => {
  const products = [anExposedProduct({ events: [release] })];
  it.each([
    ['settled the day before', addDays(release, 14), null],
    ['last day of settling', addDays(release, 13), release],
    ['on the day', release, release],
    ['guard days before', addDays(release, -7), release],
    ['one more day before', addDays(release, -8), null],
  ])('%s', (_case, from, expected) => {
    expect(knownCollision(products, { from, until: addDays(from, 1) }, margins)?.day ?? null).toBe(expected);
  });
});

const products = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 5, max: 400 }),
      ago: fc.integer({ min: 0, max: 200 }),
      closed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((specs): ExposedProduct[] =>
    specs.map(({ gap, ago, closed }) =>
      anExposedProduct({ asOf, closed, events: Array.from({ length: 6 }, (_, i) => addDays(asOf, -ago - i * gap)) }),
    ),
  );
const margin = fc.record({ guard: fc.nat(30), settle: fc.integer({ min: 1, max: 40 }) });

describe('properties', () => {
  it('the collision probability of one day is its turbulence', () => {
    fc.assert(
      fc.property(products, margin, fc.integer({ min: -90, max: 200 }), (all, m, offset) => {
        const at = toNumber(asOf) + offset;
        const oneDay = { from: fromNumber(at), until: fromNumber(at + 1) };
        expect(collisionProbability(all, oneDay, m)).toBe(turbulence(all, at, m));
      }),
      { numRuns: 60 },
    );
  });

  it('lies in 0..1, and a window inside another is never riskier', () => {
    fc.assert(
      fc.property(
        products,
        margin,
        fc.nat(150),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(10),
        fc.nat(10),
        (all, m, start, days, before, after) => {
          const inner = { from: addDays(asOf, start), until: addDays(asOf, start + days) };
          const outer = { from: addDays(inner.from, -before), until: addDays(inner.until, after) };
          const [small, large] = [collisionProbability(all, inner, m), collisionProbability(all, outer, m)];
          expect(small).toBeGreaterThanOrEqual(0);
          expect(large).toBeLessThanOrEqual(1);
          expect(large).toBeGreaterThanOrEqual(small - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});
