import { cleanText } from '../domain/clean-text.ts';
import type { Freeze } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { PlannedWindow } from '../domain/plan.ts';
import { blocksSentence, riskText } from '../domain/plan-words.ts';
import type { LineDate } from '../domain/release.ts';
import { storeOf } from './choose-store.ts';

/** One entry of a calendar, over whole days, half-open. Every text is clean and on one line. */
export interface CalendarEvent extends Interval {
  /** The same for the same thing whenever it is exported, whatever its days: `window/split-user-name`. */
  readonly id: string;
  readonly title: string;
  /** Whether its days are settled; otherwise they are a proposal or a guess. */
  readonly settled: boolean;
  readonly categories: readonly string[];
  readonly lines: readonly string[];
  /** Hours from the start of its first day back to the reminder; `null`: none. */
  readonly remindBefore: number | null;
}

/** Nine in the morning of the day before. */
const DAY_BEFORE = 15;
/** Thirty days, and nine in the morning. */
const MONTH_BEFORE = 30 * 24 - 9;
/** Where a title or a sentence is cut. */
const LIMIT = 500;

/** Windows, points of no return, freezes and forecasts up to the horizon, and ends of life, by day; freezes count for every store. */
export function calendarEvents(overview: Overview): readonly CalendarEvent[] {
  const { asOf, plan, config, lanes } = overview;
  const events = [
    ...plan.windows.flatMap((window) => [windowEvent(window), ...noReturnEvent(window)]),
    ...freezeEvents(config.freezes, { from: asOf, until: plan.horizon.until }),
    ...lanes.flatMap((lane) => [...forecastEvent(lane, overview), ...endEvents(lane, overview)]),
  ];
  // A product that stands twice in the stack comes and ends once.
  const unique = new Map(events.toReversed().map((event) => [event.id, event]));
  return [...unique.values()].toSorted((a, b) => compareText(a.from, b.from) || compareText(a.id, b.id)).map(clean);
}

function windowEvent(window: PlannedWindow): CalendarEvent {
  const { state, wayBack, findings, kind, store } = window;
  const risk = riskText(window);
  return {
    id: `window/${window.id}`,
    title: window.title,
    from: window.from,
    until: window.until,
    settled: state !== 'proposed',
    categories: ['neap', 'window', kind, store],
    lines: [
      `${window.id}: ${state}, sprint ${window.sprint}`,
      ...(risk === null ? [] : [risk]),
      ...window.reasons,
      ...(wayBack === null ? [] : [`way back: ${wayBack}`]),
      ...findings.map(({ rule, because }) => `breaks ${rule}: ${because}`),
    ],
    remindBefore: state === 'done' ? null : DAY_BEFORE,
  };
}

function noReturnEvent({ id, title, noReturnFrom, state, wayBack, kind, store }: PlannedWindow): CalendarEvent[] {
  if (noReturnFrom === null) return [];
  return [
    {
      id: `no-return/${id}`,
      title: `Point of no return: ${title}`,
      ...oneDay(noReturnFrom),
      settled: state !== 'proposed',
      categories: ['neap', 'no-return', kind, store],
      lines: ['After this day the way back is a restore, or nothing.', ...(wayBack === null ? [] : [wayBack])],
      remindBefore: state === 'done' ? null : DAY_BEFORE,
    },
  ];
}

/** One that comes once is known by its name, so that it can move; of one that recurs, each time is its own. */
function freezeEvents(freezes: readonly Freeze[], shown: Interval): readonly CalendarEvent[] {
  const times = Map.groupBy(freezes, ({ name }) => name);
  return freezes
    .filter(({ from, until }) => until > shown.from && from < shown.until)
    .map(({ name, from, until, blocks, allow }) => ({
      id: times.get(name)?.length === 1 ? `freeze/${name}` : `freeze/${name}/${from}`,
      title: `Freeze: ${name}`,
      from,
      until,
      settled: true,
      categories: ['neap', 'freeze'],
      lines: [blocksSentence(blocks), ...(allow.length === 0 ? [] : [`Allowed: ${allow.join(', ')}`])],
      remindBefore: DAY_BEFORE,
    }));
}

/** The days between which the release comes with a chance of one half, unless they are over or begin after the horizon. */
function forecastEvent(lane: Lane, { asOf, plan, config }: Overview): readonly CalendarEvent[] {
  const { product, forecast } = lane;
  const { quantiles, nextLine } = forecast;
  const middle = quantiles['0.5'];
  if (middle === undefined) return [];
  const from = quantiles['0.25'] ?? middle;
  const last = quantiles['0.75'] ?? middle;
  if (last < asOf || from >= plan.horizon.until) return [];
  const store = storeOf(lane, config);
  return [
    {
      id: `forecast/${product.id}/${nextLine ?? 'next'}`,
      title: `${product.name} ${nextLine ?? 'next'}?`,
      from,
      until: addDays(last, 1),
      settled: false,
      categories: ['neap', 'forecast', ...(store === null ? [] : [store])],
      lines: [
        `Forecast: as likely before as after ${middle}; these are the days of the middle half.`,
        `80 %: ${quantiles['0.1'] ?? 'unknown'} to ${quantiles['0.9'] ?? 'beyond what is forecast'}`,
        ...forecast.evidence,
      ],
      remindBefore: null,
    },
  ];
}

/** Ends of support and of life of the line that runs, where a day is known and lies ahead, however far. */
function endEvents(lane: Lane, { asOf, config }: Overview): readonly CalendarEvent[] {
  const { product, running, history } = lane;
  const line = history.lines.find(({ line: name }) => running === name || running?.startsWith(`${name}.`));
  if (line === undefined) return [];
  const store = storeOf(lane, config);
  const event = (kind: string, what: string, date: LineDate | null): readonly CalendarEvent[] => {
    if (date === null || date.day === null || date.day < asOf) return [];
    return [
      {
        id: `${kind}/${product.id}/${line.line}`,
        title: `${product.name} ${line.line}: ${what}`,
        ...oneDay(date.day),
        settled: true,
        categories: ['neap', kind, ...(store === null ? [] : [store])],
        lines: [`${running} runs.`, `Says ${date.source}, known since ${date.knownFrom}.`],
        remindBefore: MONTH_BEFORE,
      },
    ];
  };
  return [...event('support-end', 'end of active support', line.supportEnd), ...event('eol', 'end of life', line.eol)];
}

function oneDay(from: Day): Interval {
  return { from, until: addDays(from, 1) };
}

function clean(event: CalendarEvent): CalendarEvent {
  return {
    ...event,
    id: cleanText(event.id, LIMIT),
    title: cleanText(event.title, LIMIT),
    categories: event.categories.map((one) => cleanText(one, LIMIT)),
    lines: event.lines.map((one) => cleanText(one, LIMIT)),
  };
}
