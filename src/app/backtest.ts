import type { Claim } from '../domain/claim.ts';
import { type Day, type DayNumber, fromNumber, minDay, toNumber } from '../domain/day.ts';
import { type Herald, QUANTILES } from '../domain/forecast.ts';
import type { Product, ProductId } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import type { FeedReading } from '../feeds/feed.ts';
import {
  type Baselines,
  backtest,
  type Coverage,
  type Placement,
  type Score,
  type ScoredForecast,
} from '../forecast/backtest/backtest.ts';
import type { Bucket } from '../forecast/backtest/calibration.ts';
import { type Pooled, pool } from '../forecast/backtest/pool.ts';
import { bestFor } from '../forecast/best.ts';
import type { Method } from '../forecast/method.ts';
import { seasonal } from '../forecast/seasonal.ts';
import { buildHistory } from '../ledger/history.ts';
import { exposureOf } from '../policy/exposure.ts';

/** Fewer feature releases than this give nothing to forecast: the walk starts on the fourth and needs one to come. */
const FEWEST = 5;
/** Median days between feature releases from which on a vendor is slow: its calm can be planned with. */
const SLOW = 60;

/** What `neap backtest --json` prints, beside `schemaVersion`. Shares and chances are 0 … 1, durations in days, numbers not rounded. */
export interface BacktestResult {
  readonly asOf: Day;
  /** Id of the method under test. */
  readonly method: string;
  readonly products: readonly ProductScore[];
  /** Products with too little history, and how little. */
  readonly skipped: readonly { readonly product: ProductId; readonly name: string; readonly because: string }[];
  /** All products scored; those whose median gap is 60 days or more; the others. */
  readonly pooled: { readonly all: Pooled; readonly slow: Pooled; readonly fast: Pooled };
}

export interface ProductScore {
  readonly product: ProductId;
  readonly name: string;
  /** Days with a feature release that self-managed teams could get. */
  readonly releases: number;
  readonly first: Day;
  readonly last: Day;
  readonly observedThrough: Day;
  readonly medianGap: number;
  readonly forecasts: number;
  /** Mean CRPS. */
  readonly crps: number | null;
  /** Mean CRPS of the points at the mean gap and at the last gap, and of the seasonal reference. */
  readonly baselines: Baselines;
  /** CRPS over each of them; `null` where the baseline made no error. */
  readonly ratios: Baselines;
  readonly coverage: Coverage;
  /** `null` when no window has an outcome yet. */
  readonly placement: Placement | null;
  readonly calibration: { readonly chosen: readonly Bucket[]; readonly anyStart: readonly Bucket[] };
}

/** One forecast as `--detail` prints it, a line each. */
export interface ForecastLine {
  readonly product: ProductId;
  readonly asOf: Day;
  /** `"0.05"` … `"0.95"`. */
  readonly quantiles: Readonly<Record<string, Day>>;
  readonly actual: Day;
  /** The five days chosen, half-open. */
  readonly window: { readonly from: Day; readonly until: Day };
  /** Their collision chance as stated then, rounded to a ten-thousandth. */
  readonly stated: number;
  /** `null` when the history is not observed past the days that matter. */
  readonly collided: boolean | null;
}

export interface Tested {
  readonly product: Pick<Product, 'id' | 'name'>;
  readonly history: History;
}

/**
 * Measures how good the forecasts of these histories were.
 * @param asOf releases after it, which are announced, do not count.
 * @param each is given every forecast, product by product in their order.
 */
export function runBacktest(
  tested: readonly Tested[],
  asOf: Day,
  {
    method: methodOf = bestFor,
    each,
  }: { method?: (product: ProductId) => Method; each?: (line: ForecastLine) => void } = {},
): BacktestResult {
  const products: ProductScore[] = [];
  const skipped: BacktestResult['skipped'][number][] = [];
  const scores: { readonly score: Score; readonly slow: boolean }[] = [];
  for (const { product, history } of tested) {
    const { id, name } = product;
    const { days, heralds } = vendorDays(history, asOf);
    const [first, last] = [days[0], days.at(-1)];
    if (days.length < FEWEST || first === undefined || last === undefined) {
      const because = `not enough history: ${days.length} feature ${days.length === 1 ? 'release' : 'releases'}`;
      skipped.push({ product: id, name, because });
      continue;
    }
    const observed = history.observedThrough === null ? last : toNumber(minDay(history.observedThrough, asOf));
    const observedThrough = Math.max(observed, last);
    const tell = each === undefined ? {} : { each: (scored: ScoredForecast) => each(lineOf(id, scored)) };
    const method = methodOf(id);
    const score = backtest({ days, heralds, observedThrough, method, reference: seasonal, ...tell });
    const medianGap = medianGapOf(days);
    const { calibration, ...numbers } = score;
    scores.push({ score, slow: medianGap >= SLOW });
    products.push({
      product: id,
      name,
      releases: days.length,
      first: fromNumber(first),
      last: fromNumber(last),
      observedThrough: fromNumber(observedThrough),
      medianGap,
      ...numbers,
      calibration: { chosen: calibration.chosen.buckets(), anyStart: calibration.anyStart.buckets() },
    });
  }
  const pooled = (wanted: (slow: boolean) => boolean) =>
    pool(scores.filter(({ slow }) => wanted(slow)).map(({ score }) => score));
  return {
    asOf,
    method: methodOf('').id,
    products,
    skipped,
    pooled: { all: pooled(() => true), slow: pooled((slow) => slow), fast: pooled((slow) => !slow) },
  };
}

/** The history a file tells, as somebody with that file knew it on `asOf`. */
export function historyOfReading(product: Product, reading: FeedReading, asOf: Day): History {
  const claims = reading.accepted.flatMap(({ claims: made }) =>
    made.map(
      (claim): Claim => ({
        ...claim,
        product: product.id,
        source: reading.source.id,
        knownFrom: claim.knownFrom ?? (claim.day === null ? reading.readOn : minDay(claim.day, reading.readOn)),
        confirmed: reading.readOn,
      }),
    ),
  );
  return buildHistory(product, {
    versions: reading.accepted,
    claims: claims.filter(({ knownFrom }) => knownFrom <= asOf),
    observedThrough: reading.complete ? minDay(reading.readOn, asOf) : null,
  });
}

/** Days of the feature releases that the vendor's self-managed users got, as for a forecast of a product outside the stack. */
function vendorDays(
  history: History,
  asOf: Day,
): { readonly days: readonly DayNumber[]; readonly heralds: readonly Herald[] } {
  const item = { id: history.product, product: history.product, running: null, range: null, store: null };
  const nothing = { edition: null, topology: null, platform: null, fcv: null };
  const { rhythm, heralds } = exposureOf({ ...item, ...nothing }, history, 'vendor', asOf);
  const days = [...new Set(rhythm.filter((day) => day <= asOf).map(toNumber))].sort((a, b) => a - b);
  return { days, heralds };
}

function medianGapOf(days: readonly DayNumber[]): number {
  const gaps = days
    .slice(1)
    .map((day, index) => day - (days[index] ?? day))
    .sort((a, b) => a - b);
  const upper = gaps[gaps.length >> 1] ?? 0;
  return gaps.length % 2 === 1 ? upper : ((gaps[(gaps.length >> 1) - 1] ?? upper) + upper) / 2;
}

function lineOf(
  product: ProductId,
  { asOf, quantiles, actual, window, stated, collided }: ScoredForecast,
): ForecastLine {
  return {
    product,
    asOf: fromNumber(asOf),
    quantiles: Object.fromEntries(
      QUANTILES.map((probability, index) => [String(probability), fromNumber(quantiles[index] ?? asOf)]),
    ),
    actual: fromNumber(actual),
    window: { from: fromNumber(window.from), until: fromNumber(window.until) },
    stated: Math.round(stated * 1e4) / 1e4,
    collided,
  };
}
