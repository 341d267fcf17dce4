import { addDays } from '../../domain/day.ts';
import { percent } from '../../domain/percent.ts';
import type { PlannedWindow } from '../../domain/plan.ts';
import { laterWhen, NOTHING_FREES, notWorkedOut, riskCell } from '../../domain/plan-words.ts';
import type {
  WeeklyBand,
  WeeklyEnd,
  WeeklyForecast,
  WeeklyRecord,
  WeeklyReport,
  WeeklyStore,
  WeeklyUnplaced,
} from '../../domain/weekly.ts';
import { confidenceOf } from '../forecasts.ts';
import { FATES } from '../plan-diff.ts';

// What the formats say in the same words: plain text, escaped by each format for itself.

/** One list of the report: rows under a heading, or a sentence where there is nothing. */
export interface Section {
  readonly title: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said instead of an empty table. */
  readonly none: string;
  /** Drawn below it where drawings can be. */
  readonly picture?: 'record';
}

/** The lists of the report, in the order a tech lead reads them. */
export function sectionsOf(report: WeeklyReport): readonly Section[] {
  const { since } = report;
  return [
    {
      title: 'May models change',
      heading: ['store', 'model changes', 'until', 'confidence', 'because'],
      rows: report.stores.map((one) => [
        one.store,
        one.state,
        one.until ?? 'no change in sight',
        one.confidence === null ? '' : confidenceText(one),
        one.because,
      ]),
      none: 'The stack names no engine.',
    },
    {
      title: `What moved since ${comparedText(report)}`,
      heading: ['work', 'before', 'now', 'what became of it'],
      rows: report.moved.map((move) => [
        move.title,
        move.before ?? 'no place',
        move.after ?? 'no place',
        FATES[move.fate],
      ]),
      none: 'Nothing moved.',
    },
    {
      title: 'Why it moved',
      heading: ['what changed', 'what it may have moved'],
      rows: report.causes.map(({ text, moved }) => [text, moved.join(', ')]),
      none: 'Nothing moved that has a cause.',
    },
    ...report.sprints.map((sprint, index) => ({
      title: `${index === 0 ? 'This sprint' : 'Next sprint'} (${sprint.number}): ${sprint.from} to ${addDays(sprint.until, -1)}`,
      heading: WINDOW_HEADING,
      rows: sprint.windows.map(windowRow),
      none: 'No windows.',
    })),
    { title: 'Later windows', heading: WINDOW_HEADING, rows: report.later.map(windowRow), none: 'None.' },
    {
      title: `Released since ${since}`,
      heading: ['product', 'version', 'level', 'date', 'urgency'],
      rows: report.released.map(({ product, version, level, feature, date, urgency }) => [
        product,
        version,
        feature ? `${level}, feature release` : level,
        date ?? 'unknown',
        urgency ?? '',
      ]),
      none: 'Nothing.',
    },
    {
      title: 'Rewritten dates',
      heading: ['product', 'version', 'was', 'is', 'source'],
      rows: report.redated.map(({ product, version, from, to, source }) => [
        product,
        version,
        from ?? 'unknown',
        to ?? 'unknown',
        source ?? '',
      ]),
      none: 'None.',
    },
    {
      title: 'Advisories, deprecations, ends that moved',
      heading: ['product', 'about', 'was', 'is'],
      rows: report.told.map(({ product, about, from, to }) => [product, about, from ?? 'not told', to]),
      none: 'None.',
    },
    {
      title: 'What is coming',
      heading: ['product', 'next', 'most likely', '50 %', '80 %', 'shift in a week', 'because'],
      rows: report.coming.map((one) => [
        one.product,
        one.next ?? '',
        one.known ? (one.mostLikely ?? '') : 'unknown',
        one.known ? bandText(one.band, 'p25', 'p75') : '',
        one.known ? bandText(one.band, 'p10', 'p90') : '',
        shiftText(one),
        one.because,
      ]),
      none: 'The stack is empty.',
    },
    {
      title: 'Feature releases of three years, as forecast',
      heading: ['product', 'last one', 'usual gap', 'came within 50 %', 'within 80 %', 'weekly forecasts'],
      rows: report.records.map(recordRow),
      none: 'None that was forecast came in three years.',
      picture: 'record',
    },
    {
      title: 'Patch-only periods',
      heading: ['store', 'first day', 'last day', 'kind', 'confidence', 'ends because'],
      rows: report.periods.map((period) => [
        period.store,
        period.from,
        addDays(period.until, -1),
        period.kind,
        confidenceOf(period),
        period.endsBecause,
      ]),
      none: 'None in the days covered.',
    },
    {
      title: 'End of life of what runs',
      heading: ['product', 'running', 'line', 'end of life', 'left'],
      rows: report.ends.map((end) => [end.product, end.running, end.line, end.day ?? end.state, leftText(end)]),
      none: 'No source tells an end.',
    },
    {
      title: 'Holds in force',
      heading: ['product', 'kept in', 'first day', 'last day'],
      rows: report.holds.map(({ product, range, from, until }) => [product, range, from, addDays(until, -1)]),
      none: 'None.',
    },
    {
      title: 'Without a place',
      heading: ['work', 'blocked by', 'would be freed by'],
      rows: report.unplaced.map((one) => [
        one.title,
        one.blockers.map(({ rule, because }) => `${rule}: ${because}`).join('; '),
        freedBy(one),
      ]),
      none: 'Nothing.',
    },
    {
      title: 'Later',
      heading: ['work', 'when', 'because'],
      rows: report.beyond.map((work) => [work.title, laterWhen(work), work.because]),
      none: 'Nothing waits for a later plan.',
    },
    {
      title: 'Exceptions in force',
      heading: ['rule', 'work', 'last day', 'reason'],
      rows: report.exceptions.map(({ rule, item, expires, reason }) => [rule, item, expires, reason]),
      none: 'None.',
    },
    {
      title: 'Data',
      heading: ['product', 'read through', 'state'],
      rows: report.data.map(({ product, readThrough, stale }) => [
        product,
        readThrough ?? 'never',
        stale ? 'stale' : 'fresh',
      ]),
      none: 'The stack is empty.',
    },
  ];
}

function recordRow({ product, releases, forecasts, cameBy }: WeeklyRecord): readonly string[] {
  const gaps = releases.map(({ gap }) => gap).sort((a, b) => a - b);
  // Of the weekly forecasts, those whose release came within the band; `came` counts what had come by a day.
  const came = (stated: number) => cameBy.find((one) => one.stated === stated)?.came ?? 0;
  const within = (low: number, high: number) => percent((came(high) - came(low)) / forecasts);
  const usual = gaps[gaps.length >> 1];
  const last = releases.at(-1)?.day ?? '';
  return [
    product,
    last,
    usual === undefined ? '' : `${usual} days`,
    within(0.25, 0.75),
    within(0.1, 0.9),
    String(forecasts),
  ];
}

/** `week 2026-W48, 2026-11-23 to 2026-11-29`. */
export function weekText({ week }: WeeklyReport): string {
  return `week ${week.name}, ${week.from} to ${addDays(week.until, -1)}`;
}

function freedBy({ item, wouldFree }: WeeklyUnplaced): string {
  if (wouldFree === null) return notWorkedOut(item);
  return wouldFree.length === 0 ? NOTHING_FREES : wouldFree.join('; or ');
}

const WINDOW_HEADING = ['first day', 'last day', 'work', 'state', 'risk', 'way back'];

function windowRow(window: PlannedWindow): readonly string[] {
  const { from, until, title, state, findings, noReturnFrom, wayBack } = window;
  return [
    from,
    addDays(until, -1),
    title,
    findings.length === 0 ? state : `${state}, breaks ${findings.map(({ rule }) => rule).join(', ')}`,
    riskCell(window) ?? '',
    [noReturnFrom === null ? '' : `no return from ${noReturnFrom}.`, wayBack ?? ''].join(' ').trim(),
  ];
}

/** Rounded down, so that only certainty reads as 1. */
function confidenceText({ confidence }: WeeklyStore): string {
  return (Math.floor((confidence ?? 0) * 100) / 100).toFixed(2);
}

function comparedText({ compared }: WeeklyReport): string {
  return compared.with === 'baseline' ? `the plan published on ${compared.on}` : `a week ago, ${compared.on}`;
}

function bandText(band: WeeklyBand, low: keyof WeeklyBand, high: keyof WeeklyBand): string {
  return band[low] === null ? 'probably none' : `${band[low]} to ${band[high] ?? 'open'}`;
}

function shiftText({ shift, came }: WeeklyForecast): string {
  if (came) return 'the one before came';
  if (shift === null) return '';
  if (shift === 0) return 'none';
  const days = Math.abs(shift) === 1 ? 'day' : 'days';
  return `${Math.abs(shift)} ${days} ${shift > 0 ? 'later' : 'earlier'}`;
}

function leftText({ daysLeft }: WeeklyEnd): string {
  if (daysLeft === null) return '';
  return daysLeft < 0 ? `over since ${-daysLeft} days` : `${daysLeft} days`;
}
