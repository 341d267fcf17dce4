import { addDays, type Day, daysBetween, maxDay } from '../domain/day.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Lane } from '../domain/overview.ts';
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

/** Days between two patches of a line of which too few are out to tell, where its vendor gives no other sign. */
const USUAL_GAP = 45;

/**
 * The day by which so many more releases of a line are out, with a chance of one half: the forecast of its next one, and those after it at
 * the line's usual pace. Of a line that is not out the first is the vendor's next feature release, where that is expected to be of this
 * line. `null`: nobody can say.
 */
export function releasesBy(
  lane: Pick<Lane, 'history' | 'forecast'>,
  asOf: Day,
): (line: string, count: number) => Day | null {
  const { history, forecast } = lane;
  return (line, count) => {
    const own = history.releases.filter((release) => release.line === line && release.level !== 'prerelease');
    const days = own.flatMap(({ date }) => (date === null || date > asOf ? [] : [date])).sort();
    const next = days.length === 0 ? firstOf(line, forecast) : nextOf(history, line, asOf);
    if (next === null) return null;
    const gaps = days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day));
    const gap =
      gaps.length === 0 ? USUAL_GAP : (gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? USUAL_GAP);
    return addDays(next, Math.max(0, count - 1) * gap);
  };
}

function firstOf(line: string, { nextLine, quantiles }: Lane['forecast']): Day | null {
  return nextLine === line ? (quantiles['0.5'] ?? null) : null;
}

/** The median of the line's next release; never before the day itself, for what came by then is counted. */
function nextOf(history: History, line: string, asOf: Day): Day | null {
  const median = patchForecasts(history, asOf).find((one) => one.line === line)?.forecast.quantiles['0.5'] ?? null;
  return median === null ? null : maxDay(median, addDays(asOf, 1));
}
