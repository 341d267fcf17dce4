import type { Overview } from '../domain/overview.ts';
import { forecastJson } from './forecasts.ts';

/** The agenda as data: what every view is drawn from, without the distributions and the long histories. */
export function overviewJson(overview: Overview): object {
  const { asOf, origin, status, notices, plan, decisions, outlooks, lanes } = overview;
  return {
    asOf,
    example: origin.kind === 'example',
    status,
    notices,
    plan,
    decisions,
    periods: outlooks.flatMap((outlook) => outlook.periods),
    forecasts: lanes.map(({ product, store, stale, forecast }) => ({
      name: product.name,
      store,
      stale,
      ...forecastJson(forecast),
    })),
  };
}
