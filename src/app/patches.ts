import { addDays, type Day } from '../domain/day.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { History } from '../domain/release.ts';
import { forecastNextFeature } from '../forecast/next-feature.ts';

/** Days without a patch after which a line whose end nobody stated is not expected to get another. */
const QUIET = 730;

export interface PatchForecast {
  readonly line: string;
  readonly forecast: Forecast;
}

/** When each living line gets its next patch, highest line first: the same method on the days of the line's own releases. */
export function patchForecasts(history: History, asOf: Day): readonly PatchForecast[] {
  return history.lines.flatMap(({ line, eol, latest }) => {
    const ended = eol?.state === 'over' || (eol?.day != null && eol.day < asOf);
    if (ended || latest?.date == null || latest.date < addDays(asOf, -QUIET)) return [];
    const events = history.releases.flatMap((release) =>
      release.line === line && release.level !== 'prerelease' && release.date !== null ? [release.date] : [],
    );
    const forecast = forecastNextFeature({
      product: `${history.product} ${line}`,
      events,
      asOf,
      observedThrough: history.observedThrough,
      superseded: false,
      nextLine: null,
      counts: 'releases',
    });
    return [{ line, forecast }];
  });
}
