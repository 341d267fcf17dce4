import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day, fromNumber, toNumber } from '../../src/domain/day.ts';
import { QUANTILES } from '../../src/domain/forecast.ts';
import { forecastNextFeature } from '../../src/forecast/next-feature.ts';

const asOf = day('2026-11-22');
const base = { product: 'x', asOf, observedThrough: asOf, superseded: false, nextLine: null };

/** Releases every `gap` days, the last one `ago` days before `asOf`. */
function rhythm(count: number, gap: number, ago: number): Day[] {
  return Array.from({ length: count }, (_, i) => addDays(asOf, -ago - i * gap));
}

describe('next feature release', () => {
  it('comes one gap after the last where the rhythm is steady', () => {
    const forecast = forecastNextFeature({ ...base, events: rhythm(8, 100, 30) });
    const median = forecast.quantiles['0.5'] ?? '';
    expect(Math.abs(toNumber(day(median)) - toNumber(addDays(asOf, 70)))).toBeLessThanOrEqual(15);
  });

  it.each([
    ['no release', []],
    ['one release', rhythm(1, 1, 10)],
    ['two releases', rhythm(2, 50, 10)],
    ['all on one day', Array.from({ length: 9 }, () => day('2026-01-01'))],
  ])('says that there is not enough history: %s', (_case, events) => {
    const forecast = forecastNextFeature({ ...base, events });
    expect([forecast.kind, forecast.distribution]).toEqual(['unknown', null]);
    expect(forecast.because).toMatch(/not enough history/);
  });

  it('asks whether a product silent for ten years is abandoned', () => {
    expect(forecastNextFeature({ ...base, events: rhythm(6, 90, 3650) }).because).toMatch(/abandoned\?/);
  });

  it('survives one release per day for two years', () => {
    const forecast = forecastNextFeature({ ...base, events: rhythm(730, 1, 0) });
    expect(forecast.quantiles['0.5'] ?? '9').toSatisfy((median: string) => median <= addDays(asOf, 3));
  });

  it('puts an announced date above history', () => {
    const forecast = forecastNextFeature({ ...base, events: [...rhythm(8, 100, 30), day('2027-03-01')] });
    expect([forecast.quantiles['0.05'], forecast.mostLikely, forecast.quantiles['0.95']]).toEqual([
      '2027-03-01',
      '2027-03-01',
      '2027-03-01',
    ]);
  });

  it('is not silenced by a date years away', () => {
    const events = rhythm(8, 100, 30);
    const forecast = forecastNextFeature({ ...base, events: [...events, day('9999-12-31')] });
    expect(forecast.quantiles).toEqual(forecastNextFeature({ ...base, events }).quantiles);
  });

  it('has its most likely day inside its own band, also at one release a day', () => {
    const { mostLikely, quantiles } = forecastNextFeature({ ...base, events: rhythm(730, 1, 0) });
    expect([
      mostLikely !== null && mostLikely >= (quantiles['0.05'] ?? ''),
      mostLikely !== null && mostLikely <= (quantiles['0.95'] ?? ''),
    ]).toEqual([true, true]);
  });

  it('keeps the chance that it is out already where the last reading is old', () => {
    const forecast = forecastNextFeature({ ...base, observedThrough: day('2026-08-22'), events: rhythm(8, 100, 120) });
    expect(forecast.distribution?.hit(toNumber(day('2026-08-23')), toNumber(asOf))).toBeGreaterThan(0.4);
  });

  it('gives a series whose successor is out a chance to be over', () => {
    const events = rhythm(10, 40, 190);
    const alone = forecastNextFeature({ ...base, events });
    const followed = forecastNextFeature({ ...base, events, superseded: true });
    const soon = (forecast: typeof alone) => forecast.distribution?.hit(toNumber(asOf), toNumber(asOf) + 28) ?? 1;
    expect(soon(followed)).toBeLessThan(soon(alone) / 4);
    expect(Object.keys(followed.quantiles).length).toBeLessThan(Object.keys(alone.quantiles).length);
  });
});

const history = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 4, maxLength: 20 }), fc.integer({ min: 0, max: 600 }))
  .map(([gaps, ago]) => {
    let at = toNumber(asOf) - ago;
    const events = [at];
    for (const gap of gaps) {
      at -= gap;
      events.push(at);
    }
    return events.map(fromNumber);
  });

describe('probabilities are probabilities', () => {
  it('quantiles rise, chances lie between 0 and 1, a longer window is never safer', () => {
    fc.assert(
      fc.property(
        history,
        fc.boolean(),
        fc.nat(300),
        fc.nat(60),
        fc.nat(60),
        (events, superseded, start, first, more) => {
          const forecast = forecastNextFeature({ ...base, events, superseded });
          if (forecast.distribution === null) return;
          const days = QUANTILES.map((q) => forecast.quantiles[String(q)] ?? 'beyond');
          expect(days.toSorted()).toEqual(days);
          const from = toNumber(asOf) + start;
          const short = forecast.distribution.hit(from, from + first);
          const long = forecast.distribution.hit(from, from + first + more);
          const earlier = forecast.distribution.hit(from - more, from + first);
          expect(short).toBeGreaterThanOrEqual(0);
          expect(long).toBeLessThanOrEqual(1);
          expect(long).toBeGreaterThanOrEqual(short - 1e-9);
          expect(earlier).toBeGreaterThanOrEqual(short - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a series whose successor is out is over after a long silence, not unknown', () => {
    const events = rhythm(8, 100, 1200);
    expect(forecastNextFeature({ ...base, events }).because).toMatch(/^abandoned\?/);
    const over = forecastNextFeature({ ...base, events, superseded: true });
    expect([over.kind, over.mostLikely]).toEqual(['known', null]);
    expect(over.distribution?.hit(toNumber(asOf), toNumber(asOf) + 365)).toBeLessThan(0.02);
    expect(over.evidence.join()).toMatch(/its successor is out: (99|100) % that this series has had its last/);
  });

  it('does not depend on the order in which releases are given', () => {
    const events = rhythm(8, 100, 30);
    const one = forecastNextFeature({ ...base, events });
    const two = forecastNextFeature({ ...base, events: [...events].reverse() });
    expect(one.quantiles).toEqual(two.quantiles);
  });
});
