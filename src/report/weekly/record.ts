import { daysBetween } from '../../domain/day.ts';
import { percent } from '../../domain/percent.ts';
import type { WeeklyPastRelease, WeeklyRecord, WeeklyReport } from '../../domain/weekly.ts';
import { escaped } from './markup.ts';

// Pictures of how it went: for each product its rhythm with what was forecast, and for all together whether chances were honest.

/** Width of a release, height of the drawing, room for words, in units of the drawing. */
const STEP = 24;
const TALL = 120;
const LEFT = 44;
const TOP = 12;
const BOTTOM = 34;

/** Gaps between the releases of one product: bars of what was forecast, a dot for what came. Pure. */
export function rhythmSvg({ product, releases }: WeeklyRecord, index: number): string {
  const longest = Math.max(...releases.map(longestOf));
  const y = (days: number) => TOP + TALL * (1 - Math.min(days, longest) / longest);
  const [width, height] = [LEFT + releases.length * STEP + 8, TOP + TALL + BOTTOM];
  const ticks = [0, longest / 2, longest].map((days) => Math.round(days));
  const grid = ticks.map(
    (days) =>
      `<line class="month" x1="${LEFT}" x2="${width - 4}" y1="${n(y(days))}" y2="${n(y(days))}"/><text x="${LEFT - 6}" y="${n(y(days) + 4)}" text-anchor="end">${days}</text>`,
  );
  const drawn = releases.map((release, at) => {
    const x = LEFT + at * STEP + STEP / 2;
    const year = release.day.slice(0, 4);
    const isFirstOfYear = releases[at - 1]?.day.slice(0, 4) !== year;
    const words = isFirstOfYear
      ? `<text x="${n(x)}" y="${height - 4}" text-anchor="middle">’${year.slice(2)}</text>`
      : '';
    const month = `<text x="${n(x)}" y="${TOP + TALL + 14}" text-anchor="middle">${release.day.slice(5, 7)}</text>`;
    return `<g><title>${escaped(`${product} ${sentence(release)}`)}</title>${bars(release, x, y)}${mark(release, x, y)}</g>${month}${words}`;
  });
  const id = `rhythm-${index + 1}`;
  return [
    `<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${n(width)} ${height}" width="${n(width)}" height="${height}" xmlns="http://www.w3.org/2000/svg">`,
    `<title id="${id}-title">${escaped(`Days between feature releases of ${product}, and as forecast`)}</title>`,
    `<desc id="${id}-desc">${escaped(releases.map(sentence).join('; '))}</desc>`,
    ...grid,
    ...drawn,
    '</svg>',
  ].join('\n');
}

function bars({ day, gap, band }: WeeklyPastRelease, x: number, y: (days: number) => number): string {
  const bar = (name: string, low: typeof band.p10, high: typeof band.p10, wide: number) => {
    if (low === null || high === null) return '';
    // The same day counted from the release before.
    const [from, until] = [gap + daysBetween(day, low), gap + daysBetween(day, high)];
    const [top, bottom] = [y(until) - 1.5, y(from) + 1.5];
    return `<rect class="${name}" x="${n(x - wide / 2)}" y="${n(top)}" width="${wide}" height="${n(bottom - top)}"/>`;
  };
  return bar('band80', band.p10, band.p90, 4) + bar('band50', band.p25, band.p75, 12);
}

/** A dot where the band held, a cross where it did not. */
function mark(release: WeeklyPastRelease, x: number, y: (days: number) => number): string {
  const at = y(release.gap);
  return heldBy(release)
    ? `<circle class="middle" cx="${n(x)}" cy="${n(at)}" r="4"/>`
    : `<path class="missed" d="M${n(x - 4)} ${n(at - 4)}l8 8m0 -8l-8 8"/>`;
}

/** Whether the release came within the days stated with 80 %. */
export function heldBy({ day, band: { p10, p90 } }: WeeklyPastRelease): boolean {
  return p10 !== null && p10 <= day && (p90 === null || day <= p90);
}

function longestOf({ day, gap, band }: WeeklyPastRelease): number {
  return Math.max(gap, 1, band.p90 === null ? 0 : gap + daysBetween(day, band.p90));
}

function sentence(release: WeeklyPastRelease): string {
  const { day, gap, band } = release;
  return `${day}, ${gap} days after the one before, forecast ${band.p10 ?? 'open'} to ${band.p90 ?? 'open'}: ${heldBy(release) ? 'held' : 'missed'}`;
}

const SIDE = 220;

/** In how many of the forecasts the release had come by a day, beside the chance stated for it: on the line is honest. Pure. */
export function calibrationSvg({ records }: Pick<WeeklyReport, 'records'>): string {
  const points = cameByAll(records);
  const forecasts = records.reduce((sum, record) => sum + record.forecasts, 0);
  const x = (share: number) => LEFT + share * SIDE;
  const y = (share: number) => TOP + (1 - share) * SIDE;
  const grid = [0, 0.5, 1].map(
    (share) =>
      `<line class="month" x1="${LEFT}" x2="${LEFT + SIDE}" y1="${n(y(share))}" y2="${n(y(share))}"/><line class="month" x1="${n(x(share))}" x2="${n(x(share))}" y1="${TOP}" y2="${TOP + SIDE}"/><text x="${LEFT - 6}" y="${n(y(share) + 4)}" text-anchor="end">${share * 100} %</text><text x="${n(x(share))}" y="${TOP + SIDE + 16}" text-anchor="middle">${share * 100} %</text>`,
  );
  const dots = points.map(
    ({ stated, came }) =>
      `<circle class="middle" cx="${n(x(stated))}" cy="${n(y(came))}" r="3.5"><title>${percent(stated)} stated, ${percent(came)} came</title></circle>`,
  );
  const [width, height] = [LEFT + SIDE + 30, TOP + SIDE + BOTTOM];
  return [
    `<svg role="img" aria-labelledby="calibration-title calibration-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">`,
    '<title id="calibration-title">Chances stated, and how often they came true</title>',
    `<desc id="calibration-desc">${forecasts} forecasts; ${points.map(({ stated, came }) => `${percent(stated)} stated, ${percent(came)} came`).join('; ')}</desc>`,
    ...grid,
    `<line class="today" x1="${n(x(0))}" y1="${n(y(0))}" x2="${n(x(1))}" y2="${n(y(1))}"/>`,
    ...dots,
    `<text x="${LEFT + SIDE / 2}" y="${height - 4}" text-anchor="middle">stated</text>`,
    '</svg>',
  ].join('\n');
}

/** For each probability the share of all forecasts in which the release had come by the day stated. */
function cameByAll(records: readonly WeeklyRecord[]): readonly { readonly stated: number; readonly came: number }[] {
  const forecasts = records.reduce((sum, record) => sum + record.forecasts, 0);
  return (records[0]?.cameBy ?? []).map(({ stated }, index) => {
    const came = records.reduce((sum, { cameBy }) => sum + (cameBy[index]?.came ?? 0), 0);
    return { stated, came: came / forecasts };
  });
}

/** A number of a drawing: the same text everywhere. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
