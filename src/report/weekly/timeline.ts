import { addDays, type Day, daysBetween, maxDay, minDay } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { PlannedWindow } from '../../domain/plan.ts';
import { blocksText } from '../../domain/plan-words.ts';
import type { WeeklyReport } from '../../domain/weekly.ts';
import { escaped } from './markup.ts';

/** Width of the names at the left and of a day, height of a row, in units of the drawing. */
const NAMES = 150;
const DAY = 4.4;
const ROW = 22;
const TOP = 30;
/** Days drawn before the week. */
const PAST = 14;

/**
 * The coming months as one drawing: a row for each store with its patch-only periods, a row for its windows, a row for each product
 * with its forecast band. Shapes and patterns differ, not only colours. Everything in it also stands in the tables. Pure.
 */
export function timelineSvg(report: WeeklyReport): string {
  const from = addDays(report.week.from, -PAST);
  const until = report.horizon;
  const x = (day: Day) => NAMES + daysBetween(from, minDay(maxDay(day, from), until)) * DAY;
  const span = (days: Interval) => ({ at: x(days.from), wide: Math.max(DAY, x(days.until) - x(days.from)) });
  const rows = rowsOf(report);
  const [width, height] = [NAMES + daysBetween(from, until) * DAY + 10, TOP + rows.length * ROW + 8];
  const isSeen = (days: Interval) => days.until > from && days.from < until;
  const box = (name: string, days: Interval, y: number, tall: number, title: string) => {
    if (!isSeen(days)) return '';
    const { at, wide } = span(days);
    return `<rect class="${name}" x="${n(at)}" y="${n(y)}" width="${n(wide)}" height="${n(tall)}"><title>${escaped(title)}</title></rect>`;
  };
  const freezes = report.freezes.map((freeze) =>
    box(
      'freeze',
      freeze,
      TOP,
      rows.length * ROW,
      `freeze ${freeze.name}: ${daysText(freeze)}, blocks ${blocksText(freeze.blocks)}`,
    ),
  );
  const months = monthsIn(from, until).map(
    (month) =>
      `<line class="month" x1="${n(x(month))}" x2="${n(x(month))}" y1="${TOP - 6}" y2="${height - 8}"/><text x="${n(x(month) + 3)}" y="${TOP - 10}">${month.slice(0, 7)}</text>`,
  );
  const drawn = rows.map((row, index) => {
    const y = TOP + index * ROW;
    const name = `<text x="4" y="${n(y + 15)}">${escaped(short(row.name))}</text>`;
    return `${name}${row.draw(y, { box, x, isSeen })}`;
  });
  const today = `<line class="today" x1="${n(x(report.asOf))}" x2="${n(x(report.asOf))}" y1="${TOP - 6}" y2="${height - 8}"/>`;
  return [
    `<svg role="img" aria-labelledby="timeline-title timeline-desc" viewBox="0 0 ${n(width)} ${height}" width="${n(width)}" height="${height}" xmlns="http://www.w3.org/2000/svg">`,
    `<title id="timeline-title">Timeline from ${from} to ${addDays(until, -1)}</title>`,
    `<desc id="timeline-desc">${escaped(descriptionOf(report))}</desc>`,
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>',
    ...freezes,
    ...months,
    ...drawn,
    today,
    '</svg>',
  ].join('\n');
}

interface Pen {
  readonly box: (name: string, days: Interval, y: number, tall: number, title: string) => string;
  readonly x: (day: Day) => number;
  readonly isSeen: (days: Interval) => boolean;
}

interface Row {
  readonly name: string;
  readonly draw: (y: number, pen: Pen) => string;
}

function rowsOf(report: WeeklyReport): readonly Row[] {
  const windows = [...report.sprints.flatMap((sprint) => sprint.windows), ...report.later];
  const stores = report.stores.map(({ store }) => store);
  return [
    ...stores.flatMap((store): readonly Row[] => [
      {
        name: `${store}: patch-only`,
        draw: (y, { box }) =>
          report.periods
            .filter((period) => period.store === store)
            .map((period) =>
              box(
                period.kind === 'unknown' ? 'calm unknown' : 'calm',
                period,
                y + 4,
                ROW - 8,
                `${store}: patch-only ${daysText(period)}, ${period.kind}; ends because ${period.endsBecause}`,
              ),
            )
            .join(''),
      },
      {
        name: `${store}: windows`,
        draw: (y, { box }) =>
          windows
            .filter((window) => window.store === store)
            .map((window) =>
              box(
                `window ${kindOf(window)}`,
                window,
                y + 4,
                ROW - 8,
                `${window.title}: ${daysText(window)}, ${window.state}`,
              ),
            )
            .join(''),
      },
    ]),
    ...report.coming.map(
      (one): Row => ({
        name: one.product,
        draw: (y, { box, x, isSeen }) => {
          const { p10, p25, p50, p75, p90 } = one.band;
          if (!one.known || p10 === null) return '';
          const label = `${one.product} ${one.next ?? ''}`.trim();
          const end = (day: Day | null) => (day === null ? report.horizon : addDays(day, 1));
          const wide = box(
            'band80',
            { from: p10, until: end(p90) },
            y + 9,
            4,
            `${label}: 80 % ${p10} to ${p90 ?? 'open'}`,
          );
          const narrow =
            p25 === null
              ? ''
              : box('band50', { from: p25, until: end(p75) }, y + 6, 10, `${label}: 50 % ${p25} to ${p75 ?? 'open'}`);
          if (p50 === null || !isSeen({ from: p50, until: addDays(p50, 1) })) return wide + narrow;
          return `${wide}${narrow}<path class="middle" d="M${n(x(p50))} ${n(y + 3)}l5 8l-5 8l-5 -8z"><title>${escaped(`${label}: half by ${p50}`)}</title></path>`;
        },
      }),
    ),
  ];
}

/** A class of the drawing; the words of the kind are ours. */
function kindOf({ kind, state }: PlannedWindow): string {
  return `${kind} ${state === 'proposed' ? 'proposed' : 'decided'}`;
}

function daysText({ from, until }: Interval): string {
  return `${from} to ${addDays(until, -1)}`;
}

function descriptionOf(report: WeeklyReport): string {
  const windows = report.sprints.reduce((sum, { windows: own }) => sum + own.length, report.later.length);
  return `${report.status}. ${report.periods.length} patch-only periods, ${windows} windows and ${report.coming.filter(({ known }) => known).length} forecast bands; the tables below list them all.`;
}

function monthsIn(from: Day, until: Day): readonly Day[] {
  const days: Day[] = [];
  for (let at = from; at < until; at = addDays(at, 1)) if (at.endsWith('-01')) days.push(at);
  return days;
}

function short(name: string): string {
  const letters = [...name];
  return letters.length <= 24 ? name : `${letters.slice(0, 23).join('')}…`;
}

/** A number of a drawing: the same text everywhere. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
