import { addDays, type Day, weekday } from '../domain/day.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { PlannedWindow } from '../domain/plan.ts';
import { band, confidenceOf } from './forecasts.ts';
import { percent, plain } from './text.ts';

/** The weekly report as Markdown (CommonMark with tables). Pure: the same overview gives the same bytes. Design.md section 11. */
export function weeklyMarkdown(overview: Overview): string {
  const { asOf, plan, config } = overview;
  const monday = addDays(asOf, 1 - weekday(asOf));
  const weekAgo = addDays(asOf, -7);
  return [
    `${md(overview.status)}`,
    '',
    `# ${md(config.team.name)}: week ${isoWeek(monday)}`,
    '',
    `As of ${asOf}.`,
    ...overview.notices.map((notice) => `\n> ${md(notice)}`),
    '',
    '## Windows of the next four weeks',
    '',
    ...windowRows(plan.windows.filter((window) => window.until > asOf && window.from < addDays(asOf, 28))),
    '',
    '## Later windows',
    '',
    ...windowRows(plan.windows.filter((window) => window.from >= addDays(asOf, 28))),
    '',
    '## Released in the last seven days',
    '',
    ...releasedRows(overview.lanes, weekAgo, asOf),
    '',
    '## What is coming',
    '',
    ...comingRows(overview.lanes),
    '',
    '## Patch-only periods',
    '',
    ...rows(
      ['store', 'from', 'until', 'kind', 'confidence', 'ends because'],
      overview.outlooks.flatMap((outlook) =>
        outlook.periods
          .filter((period) => period.until > asOf)
          .map((period) => [
            period.store,
            period.from,
            period.until,
            period.kind,
            confidenceOf(period),
            period.endsBecause,
          ]),
      ),
    ),
    '',
    '## End of life of what runs',
    '',
    ...endRows(overview.lanes),
    '',
    '## Without a place',
    '',
    ...(plan.unplaced.length === 0
      ? ['Nothing.']
      : plan.unplaced.flatMap((entry) => [
          `- **${md(entry.title)}**`,
          ...entry.blockers.map(
            ({ rule, because, freeFrom }) =>
              `  - ${rule}: ${md(because)}${freeFrom === null ? '' : ` (alone free from ${freeFrom})`}`,
          ),
        ])),
    ...(plan.later.length === 0 ? [] : ['', `Later than ${plan.horizon.until}: ${plan.later.map(md).join(', ')}.`]),
    '',
    '## Exceptions in force',
    '',
    ...(config.exceptions.filter((exception) => exception.expires >= asOf).length === 0
      ? ['None.']
      : config.exceptions
          .filter((exception) => exception.expires >= asOf)
          .map(({ rule, item, expires, reason }) => `- ${rule} for ${md(item)} until ${expires}: ${md(reason)}`)),
    '',
    '## Data',
    '',
    ...rows(
      ['product', 'read through', ''],
      overview.lanes.map(({ product, history, stale }) => [
        product.name,
        history.observedThrough ?? 'never',
        stale ? 'stale' : '',
      ]),
    ),
    '',
  ].join('\n');
}

function windowRows(windows: readonly PlannedWindow[]): readonly string[] {
  return rows(
    ['from', 'last day', 'work', 'state', 'sprint', 'risk', 'way back'],
    windows.map((window) => [
      window.from,
      addDays(window.until, -1),
      window.title,
      window.findings.length === 0
        ? window.state
        : `${window.state}, breaks ${window.findings.map(({ rule }) => rule).join(', ')}`,
      String(window.sprint),
      window.kind === 'model' ? percent(window.risk) : '',
      [window.noReturnFrom === null ? '' : `no return from ${window.noReturnFrom}.`, window.wayBack ?? '']
        .join(' ')
        .trim(),
    ]),
  );
}

function releasedRows(lanes: readonly Lane[], after: Day, until: Day): readonly string[] {
  const released = lanes.flatMap((lane) =>
    lane.history.releases
      .filter(({ date, level }) => date !== null && date > after && date <= until && level !== 'prerelease')
      .map((release) => [lane.product.name, release.version, release.level, release.date ?? '', release.urgency ?? '']),
  );
  return rows(['product', 'version', 'level', 'date', 'urgency'], released);
}

function comingRows(lanes: readonly Lane[]): readonly string[] {
  return rows(
    ['product', 'next', 'most likely', '80 %', 'because'],
    lanes.map(({ product, forecast }) =>
      forecast.kind === 'unknown'
        ? [product.name, '', 'unknown', '', forecast.because]
        : [
            product.name,
            forecast.nextLine ?? '',
            forecast.mostLikely ?? '',
            band(forecast, '0.1', '0.9'),
            forecast.evidence.join('; '),
          ],
    ),
  );
}

function endRows(lanes: readonly Lane[]): readonly string[] {
  const ends = lanes.flatMap(({ product, running, history }) => {
    const line = history.lines.find(
      ({ line: name }) => running !== null && (running === name || running.startsWith(`${name}.`)),
    );
    if (line?.eol == null) return [];
    return [[product.name, line.line, line.eol.day ?? line.eol.state, `known since ${line.eol.knownFrom}`]];
  });
  return rows(['product', 'line', 'end of life', ''], ends);
}

function rows(heading: readonly string[], body: readonly (readonly string[])[]): readonly string[] {
  if (body.length === 0) return ['None.'];
  const line = (cells: readonly string[]) => `| ${cells.map(md).join(' | ')} |`;
  return [line(heading), `|${heading.map(() => '---').join('|')}|`, ...body.map(line)];
}

/** Text of others as Markdown that shows it and does nothing: no emphasis, links, images, HTML, mentions, references or table cells. */
export function md(text: string): string {
  return plain(text)
    .replace(/[\\`*_{}[\]<>()#!|~&]/g, (mark) => `\\${mark}`)
    .replace(/@/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//');
}

/** ISO 8601 week of a Monday: `2026-W48`. The week belongs to the year of its Thursday. */
function isoWeek(monday: Day): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const dayOfYear = Math.round((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000);
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}
