import type { WeeklyReport } from '../../domain/weekly.ts';
import { escaped } from './markup.ts';
import { calibrationSvg, rhythmSvg } from './record.ts';
import { STYLE } from './style.ts';
import { timelineSvg } from './timeline.ts';
import { type Section, sectionsOf, weekText } from './words.ts';

/**
 * The weekly report as one HTML file that loads nothing and runs nothing: readable offline, by screen readers, in the dark and on A4.
 * Pure: the same report gives the same bytes.
 */
export function weeklyHtml(report: WeeklyReport): string {
  const title = escaped(`${report.team}: ${weekText(report)}`);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#report">Skip to the report</a>',
    '<header>',
    `<p class="status">${escaped(report.status)}</p>`,
    `<h1>${title}</h1>`,
    `<p>As of ${report.asOf}; the report before spoke as of ${report.since}.</p>`,
    ...report.notices.map((notice) => `<p class="notice"><strong>Note:</strong> ${escaped(notice)}</p>`),
    '</header>',
    '<main id="report">',
    ...figure(report),
    ...sectionsOf(report).flatMap((one, index) => section(one, index, one.picture === undefined ? [] : record(report))),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function figure(report: WeeklyReport): readonly string[] {
  return [
    '<figure>',
    '<div class="scroll" role="region" aria-label="Timeline, scrolls sideways" tabindex="0">',
    timelineSvg(report),
    '</div>',
    '<figcaption>Filled bars are patch-only periods, hatched where facts are missing. Outlined boxes are windows: dashed while proposed, solid once decided; upgrades of engines have a thicker frame. Thin and thick bars are the days in which a release is expected with a chance of 80 % and 50 %; the diamond is the middle. Grey columns are freezes; the dashed upright line is the day of the report.</figcaption>',
    '</figure>',
  ];
}

function record(report: WeeklyReport): readonly string[] {
  const { records } = report;
  if (records.length === 0) return [];
  return [
    '<div class="pictures">',
    ...records.map((one, index) =>
      [
        '<figure>',
        `<div class="scroll" role="region" aria-label="${escaped(`Rhythm of ${one.product}, scrolls sideways`)}" tabindex="0">`,
        rhythmSvg(one, index),
        '</div>',
        `<figcaption><strong>${escaped(one.product)}</strong>: days between feature releases.</figcaption>`,
        '</figure>',
      ].join('\n'),
    ),
    '<figure>',
    calibrationSvg(report),
    '<figcaption><strong>All of them</strong>: how often the release had come by a day, beside the chance stated for that day.</figcaption>',
    '</figure>',
    '</div>',
    '<p class="key">Each column is a release, with its month below. The thin and thick bars are the gaps that were forecast with 80 % and 50 % on the day of the one before; a dot is what came within 80 %, a cross what did not. In the last picture, dots below the line came less often than stated.</p>',
  ];
}

/** A date does not break across lines. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function section(
  { title, heading, rows, none }: Section,
  index: number,
  pictures: readonly string[],
): readonly string[] {
  const id = `section-${index + 1}`;
  const body =
    rows.length === 0
      ? [`<p>${escaped(none)}</p>`]
      : [
          `<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">`,
          `<table><caption>${escaped(title)}</caption>`,
          `<thead><tr>${heading.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead>`,
          '<tbody>',
          ...rows.map(([first = '', ...rest]) => {
            const cells = rest
              .map((cell) => `<td${DAY.test(cell) ? ' class="day"' : ''}>${escaped(cell)}</td>`)
              .join('');
            return `<tr><th scope="row"${DAY.test(first) ? ' class="day"' : ''}>${escaped(first)}</th>${cells}</tr>`;
          }),
          '</tbody></table>',
          '</div>',
        ];
  return ['<section>', `<h2 id="${id}">${escaped(title)}</h2>`, ...body, ...pictures, '</section>'];
}
