import { addDays, type Day, maxDay } from '../domain/day.ts';
import { compareText } from '../domain/order.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { LaterWork, PlannedWindow, Unplaced } from '../domain/plan.ts';
import { blocksText, carriedText, freeingTexts, laterText, noWayText, riskText } from '../domain/plan-words.ts';
import { band, confidenceOf } from './forecasts.ts';
import { plain, shortDay } from './text.ts';

/** Gutter marks, the same as in the calendar; every state has its word beside it too. */
const MARK: Readonly<Record<PlannedWindow['state'], string>> = { proposed: '?', accepted: '✓', pinned: '⌂', done: '✓' };

interface Entry {
  readonly day: Day;
  readonly mark: string;
  readonly what: string;
  readonly detail: string;
}

/** The coming half year as dated lines: sprints, freezes, windows, forecasts, ends of support; what has no place comes last. Pure. */
export function agendaText(overview: Overview): string {
  const { plan, asOf } = overview;
  const notices = [...overview.notices, ...plan.noWay.map(noWayText), ...plan.carried.map(carriedText)];
  const lines = [...notices.map(plain), overview.status, ''];
  let month = '';
  for (const entry of entriesOf(overview)) {
    const heading = entry.day.slice(0, 7);
    if (heading !== month) {
      month = heading;
      lines.push(heading);
    }
    lines.push(
      `  ${shortDay(entry.day)}  ${entry.mark} ${plain(entry.what).padEnd(44)}  ${plain(entry.detail)}`.trimEnd(),
    );
  }
  if (plan.unplaced.length > 0) {
    lines.push('', 'Without a place');
    for (const unplaced of plan.unplaced) lines.push(...unplacedLines(unplaced));
  }
  lines.push(...laterLines(plan.later));
  lines.push('', `As of ${asOf}, looking ahead to ${addDays(plan.horizon.until, -1)}.`);
  return `${lines.join('\n')}\n`;
}

/** Work that waits for a later plan, under a heading of its own; empty where there is none. */
export function laterLines(later: readonly LaterWork[]): readonly string[] {
  return later.length === 0 ? [] : ['', 'Later', ...later.map((work) => `  ${plain(laterText(work))}`)];
}

/** Work without a place: what blocks it, and what would free it. */
export function unplacedLines({ item, title, blockers, relaxations }: Unplaced): readonly string[] {
  return [
    `  ✗ ${plain(title)}`,
    ...blockers.map(({ rule, because, freeFrom }) => {
      const free = freeFrom === null ? '' : ` (alone free from ${freeFrom})`;
      return `      ${rule}: ${plain(because)}${free}`;
    }),
    ...freeingTexts(item, relaxations).map((text) => `      ${plain(text)}`),
  ];
}

function entriesOf(overview: Overview): readonly Entry[] {
  const { asOf, plan, config } = overview;
  const inside = (day: Day) => day >= asOf && day < plan.horizon.until;
  const entries: Entry[] = [
    ...plan.windows.map((window) => ({
      day: window.from,
      mark: MARK[window.state],
      what: window.title,
      detail: windowDetail(window),
    })),
    ...plan.waits.map((wait) => ({
      day: wait.from,
      mark: '·',
      what: `${wait.kind} after ${wait.after}`,
      detail: `until ${wait.until}`,
    })),
    ...config.freezes
      .filter((freeze) => freeze.until > asOf && freeze.from < plan.horizon.until)
      .map((freeze) => ({
        day: maxDay(freeze.from, asOf),
        mark: '╳',
        what: freeze.name,
        detail: `freeze (${blocksText(freeze.blocks)}) until ${freeze.until}`,
      })),
    ...overview.outlooks.flatMap((outlook) =>
      outlook.periods
        .filter((period) => period.until > asOf)
        .map((period) => ({
          day: maxDay(period.from, asOf),
          mark: '─',
          what: `${outlook.store}: patch-only`,
          detail: `until ${period.until}, ${period.kind}, confidence ${confidenceOf(period)}; ${period.endsBecause}`,
        })),
    ),
    ...overview.lanes.flatMap((lane) => forecastEntry(lane, inside)),
    ...overview.lanes.flatMap((lane) => endEntries(lane, inside)),
  ];
  return entries.filter(({ day }) => inside(day) || day < asOf).toSorted((a, b) => compareText(a.day, b.day));
}

function windowDetail(window: PlannedWindow): string {
  const { state, until, sprint, noReturnFrom, findings } = window;
  const risk = riskText(window);
  const parts = [state, `to ${addDays(until, -1)}`, `sprint ${sprint}`, ...(risk === null ? [] : [risk])];
  if (noReturnFrom !== null) parts.push(`! no return from ${noReturnFrom}`);
  for (const finding of findings) parts.push(`breaks ${finding.rule}: ${finding.because}`);
  return parts.join(', ');
}

function forecastEntry({ product, forecast }: Lane, inside: (day: Day) => boolean): readonly Entry[] {
  const median = forecast.quantiles['0.5'];
  if (median === undefined || !inside(median)) return [];
  return [
    {
      day: median,
      mark: '┃',
      what: `${product.name} ${forecast.nextLine ?? 'next'}?`,
      detail: `forecast, 80 % ${band(forecast, '0.1', '0.9')}`,
    },
  ];
}

/** Ends of support and of life of the line that runs. */
function endEntries({ product, running, history }: Lane, inside: (day: Day) => boolean): readonly Entry[] {
  const line = history.lines.find(
    ({ line: name }) => running !== null && (running === name || running.startsWith(`${name}.`)),
  );
  const entry = (what: string, day: Day | null | undefined): readonly Entry[] =>
    day == null || !inside(day)
      ? []
      : [{ day, mark: '!', what: `${product.name} ${line?.line ?? ''}: ${what}`, detail: '' }];
  return [...entry('end of active support', line?.supportEnd?.day), ...entry('end of life', line?.eol?.day)];
}
