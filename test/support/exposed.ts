import { type Day, day } from '../../src/domain/day.ts';
import { forecastNextFeature } from '../../src/forecast/next-feature.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';

/** A product of a store with a real forecast from the given feature releases. */
export function anExposedProduct({
  events = [] as readonly Day[],
  asOf = day('2026-11-22'),
  closed = false,
  unknown = null as string | null,
  product = 'engine',
} = {}): ExposedProduct {
  const ordered = [...events].sort();
  return {
    product,
    name: product,
    versioning: 'semver',
    unknown,
    exposure: {
      watch: 'vendor',
      events: ordered.map((day, i) => ({ day, line: `${i}.0`, name: `${product} ${i}.0` })),
      rhythm: ordered,
      closed,
      superseded: false,
      heralds: [],
      nextLine: null,
    },
    forecast: forecastNextFeature({
      product,
      events: ordered,
      asOf,
      observedThrough: asOf,
      superseded: false,
      heralds: [],
      nextLine: null,
    }),
  };
}
