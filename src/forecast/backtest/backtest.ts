import type { DayNumber } from '../../domain/day.ts';
import type { Herald } from '../../domain/forecast.ts';
import { comingAfter } from '../conditional.ts';
import { heraldsOver } from '../heralds.ts';
import type { Method } from '../method.ts';
import { Calibration } from './calibration.ts';
import { BANDS, bandHolds, crpsOf } from './crps.ts';
import {
  anyStart,
  calmest,
  collisionChances,
  collisions,
  DAYS_NEEDED,
  startDay,
  startsObserved,
  WINDOW,
} from './placement.ts';
import { quantileOffsets, quantileOffsetsOf } from './quantiles.ts';
import { gapsBy, meanGap, type Said, type Step, stepsOf } from './walk.ts';

export interface BacktestInput {
  /** Days of the feature releases, ascending, without repeats. */
  readonly days: readonly DayNumber[];
  /** First signs of lines; the walk sees those of its day. None unless given. */
  readonly heralds?: readonly Herald[];
  /** What is known to have happened and not to have happened reaches to here; the last release at least. */
  readonly observedThrough: DayNumber;
  /** The method under test. */
  readonly method: Method;
  /** The method it is measured against, beside the two points. */
  readonly reference: Method;
  /** Called for each forecast, in order. */
  readonly each?: (scored: ScoredForecast) => void;
}

/** One forecast and what became of it. */
export interface ScoredForecast {
  readonly asOf: DayNumber;
  /** In the order of `QUANTILES`. */
  readonly quantiles: readonly DayNumber[];
  readonly actual: DayNumber;
  /** The window chosen, half-open. */
  readonly window: { readonly from: DayNumber; readonly until: DayNumber };
  /** Its collision chance as stated then. */
  readonly stated: number;
  /** `null` when the history is not observed past its collision days. */
  readonly collided: boolean | null;
}

/** How well a method forecast one history. Scores are means over the forecasts. */
export interface Score {
  /** How many forecasts; 0 leaves every other number `null`. */
  readonly forecasts: number;
  /** In days. */
  readonly crps: number | null;
  /** CRPS of the baselines on the same forecasts, in days. */
  readonly baselines: Baselines;
  /** CRPS over that of each baseline; `null` where the baseline made no error at all. */
  readonly ratios: Baselines;
  /** Share of the actual days within the central bands. */
  readonly coverage: Coverage;
  /** `null` when no chosen window has an outcome yet. */
  readonly placement: Placement | null;
  readonly calibration: {
    /** The windows chosen, which a method picks because it states little: the sterner test. */
    readonly chosen: Calibration;
    /** One start per forecast, chosen without regard to what is stated. */
    readonly anyStart: Calibration;
  };
}

export interface Baselines {
  /** A point at the last release + the mean of all gaps so far. */
  readonly meanGap: number | null;
  /** A point at the last release + the last gap. */
  readonly lastGap: number | null;
  /** The seasonal reference. */
  readonly seasonal: number | null;
}

/** Shares, by band; `null` without forecasts. */
export type Coverage = Readonly<Record<keyof typeof BANDS, number | null>>;

/** Shares of windows that collided, over the same forecasts. */
export interface Placement {
  /** Chosen windows with an outcome. */
  readonly windows: number;
  readonly collided: number;
  /** The exact mean over all starts. */
  readonly random: number;
  /** The earliest start. */
  readonly now: number;
  /** Forecasts of which no start at all was free: nobody could have done better than this. */
  readonly noneFree: number;
}

const BAND_NAMES = ['band50', 'band80', 'band90'] as const;

/**
 * Walks one history and scores every forecast; design.md section 7. Fewer than five releases give no forecast. Pure.
 * The forecasts of a day depend on the releases up to that day alone.
 */
export function backtest({ days, heralds = [], observedThrough, method, reference, each }: BacktestInput): Score {
  const gapOf = gapsBy(method, days);
  const referenceOf = method === reference ? null : gapsBy(reference, days);
  const signsOf = heraldsOver(days, heralds);
  const chancesOf = collisionChances();
  const observed = Math.max(observedThrough, days.at(-1) ?? observedThrough);
  const calibration = { chosen: new Calibration(), anyStart: new Calibration() };
  const total = { crps: 0, meanGap: 0, lastGap: 0, seasonal: 0 };
  const held = { band50: 0, band80: 0, band90: 0 };
  const placed = { windows: 0, collided: 0, random: 0, now: 0, noneFree: 0 };
  let n = 0;

  for (const step of stepsOf(days)) {
    const { asOf, elapsed } = step;
    const ahead = step.actual - asOf;
    const { gap, spread } = gapOf(step);
    const plain = comingAfter(gap, elapsed, DAYS_NEEDED, spread);
    const signs = heralds.length === 0 ? null : signsOf(comingAfter(gap, elapsed, gap.length, spread).mass, asOf);
    const coming = signs === null ? plain : { ...plain, mass: signs.mass };
    const offsets = signs === null ? quantileOffsets(gap, elapsed, plain, spread) : quantileOffsetsOf(signs.mass);
    const crps = crpsOf(offsets, ahead);
    n++;
    total.crps += crps;
    total.meanGap += pointError(step, meanGap(days, step.known));
    total.lastGap += pointError(step, step.last - (days[step.known - 2] ?? step.last));
    total.seasonal += referenceOf === null ? crps : scoreOf(referenceOf(step), elapsed, ahead);
    for (const name of BAND_NAMES) if (bandHolds(offsets, BANDS[name], ahead)) held[name]++;

    const chances = chancesOf(coming.mass, gap, elapsed);
    const chosen = calmest(chances);
    const stated = chances[chosen] ?? 1;
    const outcomes = collisions(days, asOf, step.known);
    const starts = startsObserved(asOf, observed);
    const collided = chosen < starts ? outcomes[chosen] === true : null;
    if (collided !== null) {
      const seen = outcomes.slice(0, starts);
      const hits = seen.filter(Boolean).length;
      placed.windows++;
      placed.collided += Number(collided);
      placed.random += hits / starts;
      placed.now += Number(seen[0] === true);
      placed.noneFree += Number(hits === starts);
      calibration.chosen.count(stated, collided);
    }
    const any = anyStart(step.index);
    if (any < starts) calibration.anyStart.count(chances[any] ?? 1, outcomes[any] === true);

    const from = startDay(asOf, chosen);
    const quantiles = each === undefined ? [] : offsets.map((offset) => asOf + offset);
    each?.({ asOf, quantiles, actual: step.actual, window: { from, until: from + WINDOW }, stated, collided });
  }

  const mean = (sum: number) => (n === 0 ? null : sum / n);
  const ratio = (baseline: number) => (baseline === 0 ? null : total.crps / baseline);
  const share = (count: number) => count / placed.windows;
  return {
    forecasts: n,
    crps: mean(total.crps),
    baselines: { meanGap: mean(total.meanGap), lastGap: mean(total.lastGap), seasonal: mean(total.seasonal) },
    ratios: { meanGap: ratio(total.meanGap), lastGap: ratio(total.lastGap), seasonal: ratio(total.seasonal) },
    coverage: { band50: mean(held.band50), band80: mean(held.band80), band90: mean(held.band90) },
    placement:
      placed.windows === 0
        ? null
        : {
            windows: placed.windows,
            collided: share(placed.collided),
            random: share(placed.random),
            now: share(placed.now),
            noneFree: share(placed.noneFree),
          },
    calibration,
  };
}

function scoreOf({ gap, spread }: Said, elapsed: number, ahead: number): number {
  return crpsOf(quantileOffsets(gap, elapsed, comingAfter(gap, elapsed, 1, spread), spread), ahead);
}

/** CRPS of a point so many days after the last release: its absolute error. It never lies before the day after the forecast. */
function pointError({ asOf, last, actual }: Step, gap: number): number {
  return Math.abs(actual - Math.max(asOf + 1, last + gap));
}
