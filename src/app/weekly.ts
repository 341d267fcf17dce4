import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { ForecastSummary } from '../domain/forecast.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import { carriedText, noWayText } from '../domain/plan-words.ts';
import type { LineDate } from '../domain/release.ts';
import { weekOf } from '../domain/week.ts';
import type {
  WeeklyBand,
  WeeklyEnd,
  WeeklyForecast,
  WeeklyRecord,
  WeeklyRedate,
  WeeklyRelease,
  WeeklyReport,
  WeeklySprint,
  WeeklyWord,
} from '../domain/weekly.ts';
import { buildHistory } from '../ledger/history.ts';
import { advisoryOf, type NewsItem, newsBetween } from '../ledger/news.ts';
import { sprintAt } from '../policy/sprints.ts';
import type { PlanDiff } from '../schedule/ask/diff.ts';
import { COMPARED_DAYS, movedSince, publishedBy, situationOn } from './compared.ts';
import { buildOverview, type OverviewInput } from './overview.ts';
import { recordsOf } from './record.ts';
import { runningLine } from './running-line.ts';
import { storeStatus } from './status.ts';

/** Days between two reports. */
export const REPORT_DAYS = COMPARED_DAYS;
/** Days before the report before that a release heard late may lie, to count as released this week. */
const HEARD_LATE = 28;

/**
 * The report as of a day: its plan is the plan of that day, and news are what became known in the week before. What moved is told
 * against the proposals published last, if that was on an earlier day; else against the plan of a week ago. Facts, configuration,
 * decisions and baseline give the same report everywhere. The store is the only door it touches.
 */
export function weeklyReport(input: OverviewInput): WeeklyReport {
  const { asOf } = input;
  const since = addDays(asOf, -REPORT_DAYS);
  const now = buildOverview(input);
  const weekAgo = situationOn(input, since);
  // What was published today would say that nothing moved.
  const baseline = publishedBy(addDays(asOf, -1), input.baseline);
  return weeklyOf(now, {
    before: weekAgo.lanes,
    diff: movedSince({ ...input, baseline }, now.snapshot, weekAgo),
    news: weeklyNews(input, now.lanes, since),
    records: recordsOf(now.lanes, now.config, asOf),
  });
}

/** News of one product of the stack. */
export interface LaneNews {
  readonly lane: Lane;
  readonly items: readonly NewsItem[];
}

/** What a report tells beside the overview of its day. */
export interface Told {
  /** The lanes as they were when the report before spoke. */
  readonly before: readonly Lane[];
  readonly diff: PlanDiff;
  readonly news: readonly LaneNews[];
  readonly records: readonly WeeklyRecord[];
}

/** Joins the overview of a day, what moved, the news of a week and the record of the years before. Pure. */
export function weeklyOf(now: Overview, { before, diff, news, records }: Told): WeeklyReport {
  const { asOf, config, plan, lanes, outlooks } = now;
  const since = addDays(asOf, -REPORT_DAYS);
  const sprints = sprintsOf(now);
  const shown = sprints.at(-1)?.until ?? asOf;
  return {
    week: weekOf(asOf),
    asOf,
    since,
    team: config.team.name,
    status: now.status,
    stores: outlooks.map((outlook) => storeStatus(now, outlook)),
    notices: [...now.notices, ...plan.noWay.map(noWayText), ...plan.carried.map(carriedText)],
    released: news.flatMap((one) => releasedIn(one, since, asOf)),
    redated: news.flatMap(redatedIn),
    told: news.flatMap(toldIn),
    coming: lanes.map((lane, index) => forecastIn(lane, before[index])),
    sprints,
    later: plan.windows.filter((window) => window.from >= shown),
    compared: { with: diff.against === 'baseline' ? 'baseline' : 'week', on: diff.since },
    moved: diff.moved.map(({ id, title, fate, before: was, after }) => ({ id, title, fate, before: was, after })),
    causes: diff.causes.filter(({ moved }) => moved.length > 0).map(({ text, moved }) => ({ text, moved })),
    ends: lanes.flatMap((lane) => endOf(lane, asOf)),
    holds: plan.holds.filter((hold) => hold.from <= asOf && asOf < hold.until),
    unplaced: plan.unplaced.map(({ item, title, blockers, relaxations }) => ({
      item,
      title,
      blockers: blockers.map(({ rule, because, freeFrom }) => ({ rule, because, freeFrom })),
      wouldFree: relaxations?.map(({ text }) => text) ?? null,
    })),
    beyond: plan.later,
    noWay: plan.noWay,
    carried: plan.carried,
    exceptions: config.exceptions.filter(({ expires }) => expires >= asOf),
    data: lanes.map(({ product, history, stale }) => ({
      product: product.name,
      readThrough: history.observedThrough,
      stale,
    })),
    periods: outlooks.flatMap(({ periods }) => periods.filter(({ until }) => until > asOf)),
    freezes: config.freezes
      .filter(({ from, until }) => until > asOf && from < plan.horizon.until)
      .map(({ name, from, until, blocks }) => ({ name, from, until, blocks })),
    horizon: plan.horizon.until,
    records,
  };
}

function weeklyNews({ store }: OverviewInput, lanes: readonly Lane[], since: Day): readonly LaneNews[] {
  // A product that stands twice in the stack has its news once.
  const first = [...Map.groupBy(lanes, ({ product }) => product.id).values()].flatMap(([lane]) => lane ?? []);
  return first.map((lane) => {
    const { product, history } = lane;
    const before = {
      history: buildHistory(product, store.ledger(product.id, since)),
      facts: store.facts(product.id, since),
    };
    const until = addDays(since, REPORT_DAYS);
    return { lane, items: newsBetween(product, before, { history, facts: store.facts(product.id, until) }) };
  });
}

/** Dated this week, or heard of only this week with a date not long before. */
function releasedIn({ lane, items }: LaneNews, since: Day, asOf: Day): readonly WeeklyRelease[] {
  const heard = new Set(items.flatMap((item) => (item.kind === 'release' ? [item.version] : [])));
  return lane.history.releases
    .filter(({ level, version, date }) => {
      if (level === 'prerelease' || level === 'development') return false;
      if (date === null) return heard.has(version);
      if (date > asOf) return false;
      return date > since || (heard.has(version) && date > addDays(since, -HEARD_LATE));
    })
    .map(({ version, level, feature, date, urgency }) => {
      return { product: lane.product.name, version, level, feature, date, urgency };
    });
}

function redatedIn({ lane, items }: LaneNews): readonly WeeklyRedate[] {
  return items.flatMap((item) => {
    if (item.kind !== 'redated') return [];
    const { date, dateFrom } = item.release;
    return [
      {
        product: lane.product.name,
        version: item.version,
        from: item.from,
        to: date,
        source: dateFrom?.source ?? null,
      },
    ];
  });
}

function toldIn({ lane, items }: LaneNews): readonly WeeklyWord[] {
  const product = lane.product.name;
  return items.flatMap((item): readonly WeeklyWord[] => {
    if (item.kind === 'line') {
      const about = `${item.of === 'eol' ? 'end of life' : 'end of active support'} of ${item.line}`;
      return [{ product, about, from: item.from === null ? null : lineDate(item.from), to: lineDate(item.to) }];
    }
    if (item.kind !== 'fact') return [];
    const { key, subject, value } = item.fact;
    const advisory = advisoryOf(item.fact);
    if (advisory === null) return [{ product, about: `${subject} ${key}`, from: item.from, to: value }];
    const fixed = advisory.fixed.length === 0 ? 'no fix named' : `fixed in ${advisory.fixed.join(', ')}`;
    const to = `${advisory.severity ?? 'severity not given'}, ${fixed}: ${advisory.summary}`;
    return [{ product, about: `advisory ${subject}`, from: item.from === null ? null : 'another text', to }];
  });
}

function lineDate(date: LineDate | null): string {
  return date === null ? 'not told' : (date.day ?? date.state);
}

function forecastIn(lane: Lane, old: Lane | undefined): WeeklyForecast {
  const { product, store, forecast } = lane;
  const band = bandOf(forecast);
  const before = old === undefined || old.forecast.kind === 'unknown' ? null : bandOf(old.forecast);
  const came = old !== undefined && lastFeature(old) !== lastFeature(lane);
  return {
    product: product.name,
    store,
    known: forecast.kind === 'known',
    next: forecast.nextLine,
    mostLikely: forecast.mostLikely,
    band,
    before,
    shift: before?.p50 == null || band.p50 === null ? null : daysBetween(before.p50, band.p50),
    came,
    because: forecast.kind === 'unknown' ? forecast.because : forecast.evidence.join('; '),
  };
}

/** The newest feature release that is out, by date; `null`: none. */
function lastFeature({ history, forecast }: Lane): string | null {
  const out = history.releases.filter(
    ({ feature, date }) => feature && date !== null && date <= forecast.observedThrough,
  );
  return out.at(-1)?.version ?? null;
}

function bandOf({ quantiles }: ForecastSummary): WeeklyBand {
  const at = (key: string) => quantiles[key] ?? null;
  return { p10: at('0.1'), p25: at('0.25'), p50: at('0.5'), p75: at('0.75'), p90: at('0.9') };
}

/** A window that lies across the border of two sprints stands in the first it touches; one that is past and not done, in this one. */
function sprintsOf({ asOf, config, plan }: Overview): readonly WeeklySprint[] {
  const current = sprintAt(config.team.sprint, asOf);
  const next = sprintAt(config.team.sprint, current.until);
  let left = plan.windows;
  return [current, next].map((sprint) => {
    const windows = left.filter(
      ({ from, until, state }) => from < sprint.until && (until > sprint.from || state !== 'done'),
    );
    left = left.filter((window) => !windows.includes(window));
    return { number: sprint.number, from: sprint.from, until: sprint.until, windows };
  });
}

function endOf(lane: Lane, asOf: Day): readonly WeeklyEnd[] {
  const { product, running } = lane;
  const line = runningLine(lane);
  if (running === null || line?.eol == null) return [];
  const { day, state } = line.eol;
  return [
    {
      product: product.name,
      running,
      line: line.line,
      day,
      state,
      daysLeft: day === null ? null : daysBetween(asOf, day),
    },
  ];
}
