import { addDays, type Day, day, fromNumber } from '../../src/domain/day.ts';
import { examples } from '../../src/fit/examples.ts';
import { median } from '../../src/forecast/gap-model.ts';
import { forecastNextFeature } from '../../src/forecast/next-feature.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import { outlookOf } from '../../src/policy/periods.ts';

const AS_OF = day('2026-08-22');
const ROUNDS = 20;

/** Milliseconds, medians in this process: one forecast of a product with a long history, and the periods of 40 products over 52 weeks. */
export function measureForecasts(): { readonly one: number; readonly periods: number } {
  const histories = examples().map(({ product, days }) => ({ product, days: days.map(fromNumber) }));
  const forecastOf = (product: string, events: readonly Day[]) =>
    forecastNextFeature({
      product,
      events,
      asOf: AS_OF,
      observedThrough: AS_OF,
      superseded: false,
      heralds: [],
      nextLine: null,
    });
  const longest = histories.toSorted((a, b) => b.days.length - a.days.length)[0];
  if (longest === undefined) throw new Error('there are no histories');
  const products = Array.from({ length: 40 }, (_, i): ExposedProduct => {
    const { product, days } = histories[i % histories.length] ?? longest;
    const events = days.map((on) => ({ day: on, line: '', name: product }));
    const exposure = {
      watch: 'vendor',
      events,
      rhythm: days,
      closed: false,
      superseded: false,
      heralds: [],
      nextLine: null,
    } as const;
    return {
      product: `${product} ${i}`,
      name: product,
      versioning: 'semver',
      exposure,
      forecast: forecastOf(product, days),
      unknown: null,
    };
  });
  const [one, periods]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    let begun = performance.now();
    forecastOf(longest.product, longest.days);
    one.push(performance.now() - begun);
    begun = performance.now();
    const days = { from: AS_OF, until: addDays(AS_OF, 364) };
    // The distributions remember what they were asked, so each round asks new ones.
    const fresh = products.map((product) => ({
      ...product,
      forecast: forecastOf(product.name, product.exposure.rhythm),
    }));
    begun = performance.now();
    outlookOf({ store: 's', products: fresh, margins: { guard: 7, settle: 14 }, tolerance: 0.2, days, asOf: AS_OF });
    periods.push(performance.now() - begun);
  }
  return { one: median(one), periods: median(periods) };
}
