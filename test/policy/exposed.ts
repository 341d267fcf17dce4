import fc from 'fast-check';
import { addDays, type Day, day, toNumber } from '../../src/domain/day.ts';
import type { Distribution } from '../../src/domain/forecast.ts';
import { quantilesOf, renewalDistribution } from '../../src/forecast/distribution.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';

/** Near the end of the year before a leap year's 29 February, so that windows cross both. */
export const AS_OF = day('2027-12-20');
export const RUNS = { seed: 1, numRuns: 100 };
/** What adding up a few hundred chances may lose. */
export const NEAR = 1e-9;

/** A product of which the chance of the first release on each day after `AS_OF`, and of each gap, is given. */
export function expected({
  product = 'mongoose',
  mass = [] as ArrayLike<number>,
  gaps = [] as ArrayLike<number>,
  events = [] as readonly (readonly [day: Day, line: string])[],
  unknown = null as string | null,
  watch = 'reach' as 'reach' | 'vendor',
  observedThrough = AS_OF as Day | null,
} = {}): ExposedProduct {
  const distribution: Distribution | null =
    mass.length === 0
      ? null
      : renewalDistribution(toNumber(AS_OF) + 1, Float64Array.from(mass), Float64Array.from(gaps));
  return {
    product,
    name: product,
    versioning: 'semver',
    unknown,
    observedThrough,
    exposure: {
      watch,
      events: events.map(([on, line]) => ({ day: on, line, name: `${product} ${line}` })),
      rhythm: [],
      closed: false,
      superseded: false,
      heralds: [],
      nextLine: null,
    },
    forecast: {
      product,
      kind: distribution === null ? 'unknown' : 'known',
      because: '',
      observedThrough: observedThrough ?? AS_OF,
      quantiles: distribution === null ? {} : quantilesOf(distribution),
      mostLikely: null,
      evidence: [],
      nextLine: null,
      distribution,
    },
  };
}

/** Chances of some days that add up to `total`; the others have none. */
export function massOn(
  length: number,
  ...chances: readonly (readonly [index: number, chance: number])[]
): Float64Array {
  const mass = new Float64Array(length);
  for (const [index, chance] of chances) mass[index] = chance;
  return mass;
}

const chances = fc
  .record({
    weights: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 200 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ weights, share }) => {
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => (total === 0 ? 0 : (weight / total) * share));
  });

export const anyMargins = fc.record({ guard: fc.nat(14), settle: fc.integer({ min: 1, max: 21 }) });
export const anyProduct = fc
  .record({ mass: chances, gaps: chances, released: fc.option(fc.integer({ min: -40, max: 90 })) })
  .map(({ mass, gaps, released }) =>
    expected({
      mass,
      gaps: [0, ...gaps.slice(1)],
      events: released === null ? [] : [[addDays(AS_OF, released), '9.0'] as const],
    }),
  );
export const anyProducts = fc.array(anyProduct, { minLength: 1, maxLength: 3 });

/** Days counted from `AS_OF`. */
export function days(from: number, until: number): { from: Day; until: Day } {
  return { from: addDays(AS_OF, from), until: addDays(AS_OF, until) };
}
