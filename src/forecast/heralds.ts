import type { DayNumber } from '../domain/day.ts';
import type { Herald, HeraldKind } from '../domain/forecast.ts';
import { addLogNormal } from './pool/log-normal.ts';

/** Reweights the coming release: see `heraldsOver`. `known` never descends from call to call. */
export type Heraldry = (mass: Float64Array, known: DayNumber) => Heralded | null;

/** How the coming release is reweighted, and why in words. */
export interface Heralded {
  /** The same chances, reweighted; a new array. Sums to at most 1. */
  readonly mass: Float64Array;
  /** A heralded line has not come yet. */
  readonly open: boolean;
  readonly evidence: readonly string[];
}

/** Half as much weight on what lies so many releases back. */
const HALF_LIFE = 6;
/** Before a product has shown its own habit: a lag of some six weeks, anything from two to eighteen. */
const PRIOR_LAG = { median: 45, width: 1, weight: 1.5 };
/** Width of the kernel on each past lag, in log days. */
const KERNEL = 0.5;
/** Days of lag that are told apart. */
const LAGS = 1200;
/** A sign so old with nothing following it is forgotten: alphas that went nowhere. */
const FORGOTTEN = LAGS - 1;
/** How much the rhythm still says once a line is heralded, beside the lag law: its power in a log-linear pool. Chosen over all products. */
const RHYTHM = 0.3;
const KINDS: readonly HeraldKind[] = ['candidate', 'driver'];

/**
 * The chances of the coming release in the light of what heralded the ones before (Bayes). With a share r of the recent releases heralded,
 * and lag law L from the first sign to the release: while no line is heralded, a release x days on keeps (1 − r) + r·P(L < x) of its chance,
 * for its herald would have to come and ripen first. While one is, seen `s` days ago, the chance becomes (1 − q) of what it was plus q times
 * L's density at s + x and a weak power of what it was, where q is the share of releases in such times that were the heralded ones. Pure.
 *
 * @param days of the releases, ascending; those after `known` are not looked at.
 * @param heralds likewise; a line that came or was passed after `known` counts as open.
 * @returns a function of the chance of the coming release `i + 1` days after `known`. It returns `null` where nothing was ever heralded.
 */
export function heraldsOver(days: readonly DayNumber[], heralds: readonly Herald[]): Heraldry {
  const kinds = KINDS.flatMap((kind) => {
    const own = heralds.filter((herald) => herald.kind === kind);
    return own.length === 0 ? [] : [kindOver(days, own)];
  });
  return (mass, known) => {
    return kinds.reduce<Heralded | null>((before, kind) => {
      if (before?.open) return before;
      const next = kind(before?.mass ?? mass, known);
      if (next === null || before === null) return next ?? before;
      return { mass: next.mass, open: before.open || next.open, evidence: [...before.evidence, ...next.evidence] };
    }, null);
  };
}

function kindOver(days: readonly DayNumber[], heralds: readonly Herald[]): Heraldry {
  let [releases, signs] = [-1, -1];
  let habit: Habit | null = null;
  return (mass, known) => {
    const seen = heralds.filter((herald) => herald.seen <= known);
    if (seen.length === 0) return null;
    const past = days.filter((day) => day <= known);
    if (habit === null || past.length !== releases || seen.length !== signs) habit = habitOf(past, seen);
    [releases, signs] = [past.length, seen.length];
    return reweigh(mass, habit, seen, known);
  };
}

function reweigh(mass: Float64Array, habit: Habit, seen: readonly Herald[], known: DayNumber): Heralded {
  const open = seen.filter((herald) => isOpenOn(herald, known + 1));
  const reweighted = new Float64Array(mass.length);
  const beyond = Math.max(0, 1 - mass.reduce((sum, chance) => sum + chance, 0));
  if (open.length === 0) {
    let total = beyond;
    let ripe = 0;
    for (let i = 0; i < mass.length; i++) {
      // A sign on the very next day could ripen until the day before this one.
      const kept = (mass[i] ?? 0) * (1 - habit.share + habit.share * Math.min(1, ripe));
      reweighted[i] = kept;
      total += kept;
      ripe += habit.lag[i + 1] ?? 0;
    }
    for (let i = 0; i < mass.length; i++) reweighted[i] = (reweighted[i] ?? 0) / total;
    return { mass: reweighted, open: false, evidence: [] };
  }
  // The sign seen last is the one being worked on.
  const latest = open.reduce((a, b) => (b.seen >= a.seen ? b : a));
  const since = known - latest.seen;
  const ripeness = (i: number) => habit.lag[since + i + 1] ?? 0;
  let total = 0;
  for (let i = 0; i < mass.length; i++) total += (mass[i] ?? 0) ** RHYTHM * ripeness(i);
  const evidence = [describe(latest, since, habit)];
  if (total <= 1e-12) return { mass: mass.slice(), open: true, evidence };
  for (let i = 0; i < mass.length; i++) {
    const chance = mass[i] ?? 0;
    reweighted[i] = (1 - habit.followed) * chance + (habit.followed * chance ** RHYTHM * ripeness(i)) / total;
  }
  return { mass: reweighted, open: true, evidence };
}

interface Habit {
  /** Share of the releases since the first sign that were heralded. */
  readonly share: number;
  /** Share of the releases that came while a line was heralded and were that line. */
  readonly followed: number;
  /** Chance of each lag in days, from the first sign to the release. */
  readonly lag: Float64Array;
  readonly lags: readonly number[];
}

function habitOf(days: readonly DayNumber[], seen: readonly Herald[]): Habit {
  const first = Math.min(...seen.map((herald) => herald.seen));
  const past = days.filter((day) => day >= first);
  const lag = new Float64Array(LAGS);
  addLogNormal(lag, Math.log(PRIOR_LAG.median), PRIOR_LAG.width, PRIOR_LAG.weight);
  let weights = PRIOR_LAG.weight;
  const lags: number[] = [];
  let [all, with_, during, theirs] = [2, 0.5, 2, 1.5];
  past.forEach((day, index) => {
    const weight = 0.5 ** ((past.length - 1 - index) / HALF_LIFE);
    const own = seen.filter((herald) => herald.came === day && herald.seen < day);
    all += weight;
    if (own.length > 0) {
      with_ += weight;
      const days = day - Math.max(...own.map((herald) => herald.seen));
      lags.push(days);
      addLogNormal(lag, Math.log(days), KERNEL, weight);
      weights += weight;
    }
    const open = own.length > 0 || seen.some((herald) => isOpenOn(herald, day));
    if (open) {
      during += weight;
      if (own.length > 0) theirs += weight;
    }
  });
  for (let k = 0; k < LAGS; k++) lag[k] = (lag[k] ?? 0) / weights;
  return { share: with_ / all, followed: theirs / during, lag, lags };
}

function isOpenOn(herald: Herald, day: DayNumber): boolean {
  const over = (end: DayNumber | null) => end !== null && end < day;
  return herald.seen < day && day - herald.seen <= FORGOTTEN && !over(herald.came) && !over(herald.passed);
}

function describe({ kind, line }: Herald, since: number, { lags }: Habit): string {
  const sign = kind === 'driver' ? `a driver already admits ${line}` : `a release candidate of ${line} is out`;
  const ago = `${sign}, since ${since} ${since === 1 ? 'day' : 'days'}`;
  if (lags.length === 0) return ago;
  const recent = lags.slice(-HALF_LIFE);
  return `${ago}; the last such lines came ${Math.min(...recent)} to ${Math.max(...recent)} days after theirs`;
}
