import type { Forecast, ForecastSummary } from '../domain/forecast.ts';
import type { PatchOnlyPeriod, StoreOutlook } from '../domain/period.ts';
import { plain, table } from './text.ts';

export function forecastsText(
  forecasts: readonly { readonly name: string; readonly forecast: ForecastSummary }[],
): string {
  const rows = forecasts.map(({ name, forecast }) =>
    forecast.kind === 'unknown'
      ? [name, forecast.nextLine ?? '', 'unknown', '', '', forecast.because]
      : [
          name,
          forecast.nextLine ?? '',
          forecast.mostLikely ?? '',
          band(forecast, '0.25', '0.75'),
          band(forecast, '0.1', '0.9'),
          forecast.evidence.join('; '),
        ],
  );
  return table([['product', 'next', 'most likely', '50 %', '80 %', 'because'], ...rows]);
}

/** Two quantiles as people read them; one that has no day is open. */
export function band({ quantiles }: Pick<ForecastSummary, 'quantiles'>, low: string, high: string): string {
  const [from, to] = [quantiles[low], quantiles[high]];
  if (from === undefined) return 'probably none';
  return `${from} … ${to ?? 'open'}`;
}

/** The distribution's own numbers stay inside; quantiles are what others build on. */
export function forecastJson({ distribution: _, ...forecast }: ForecastSummary & Partial<Forecast>): object {
  return forecast;
}

/** Of an unknown period nothing is certain, however quiet what is known looks. */
export function confidenceOf({ kind, confidence }: PatchOnlyPeriod): string {
  return kind === 'unknown' ? 'unknown' : confidence.toFixed(2);
}

export function periodsText(outlooks: readonly StoreOutlook[]): string {
  const rows = outlooks.flatMap((outlook) =>
    outlook.periods.map((period) => [
      period.store,
      period.from,
      period.until,
      period.kind,
      confidenceOf(period),
      period.startsBecause,
      period.endsBecause,
    ]),
  );
  const unknown = outlooks.flatMap(({ store, unknown: list }) =>
    list.map(({ product, because }) => `${store}: not certain, ${product}: ${plain(because)}\n`),
  );
  const none = outlooks
    .filter((outlook) => outlook.periods.length === 0)
    .map(({ store }) => `${store}: no patch-only period in the days looked at\n`);
  return (
    table([['store', 'from', 'until', 'kind', 'confidence', 'starts because', 'ends because'], ...rows]) +
    [...none, ...unknown].join('')
  );
}
