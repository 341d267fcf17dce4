import { percent } from '../domain/percent.ts';
import { plain, table } from './text.ts';

/** The parts of src/app/backtest.ts's result that are shown. */
interface Result {
  readonly asOf: string;
  readonly products: readonly ProductRow[];
  readonly skipped: readonly { readonly name: string; readonly because: string }[];
  readonly pooled: Readonly<Record<'all' | 'slow' | 'fast', PooledRow>>;
}

interface Numbers {
  readonly ratios: Readonly<Record<'meanGap' | 'lastGap' | 'seasonal', number | null>>;
  readonly coverage: Readonly<Record<'band50' | 'band80' | 'band90', number | null>>;
  readonly placement: Readonly<Record<'collided' | 'random' | 'now' | 'noneFree', number>> | null;
}

interface ProductRow extends Numbers {
  readonly name: string;
  readonly forecasts: number;
  readonly medianGap: number;
}

interface PooledRow extends Numbers {
  readonly products: number;
  readonly forecasts: number;
  readonly betterThanSeasonal: number;
  readonly steady: { readonly products: number; readonly within: number };
  readonly calibration: { readonly chosen: readonly Bucket[]; readonly anyStart: readonly Bucket[] };
}

interface Bucket {
  readonly from: number;
  readonly until: number;
  readonly windows: number;
  readonly stated: number | null;
  readonly observed: number | null;
}

const HEADING = [
  '',
  'forecasts',
  'gap',
  '÷ mean',
  '÷ last',
  '÷ season',
  '50 %',
  '80 %',
  '90 %',
  'hit',
  'random',
  'now',
  'none free',
];
const BAR = 20;

/**
 * How good the forecasts were: a row per product, then all together. `÷` columns are CRPS over that of last release + mean gap, last release
 * + last gap, and the seasonal reference (below 1 is better); the bands how often they held; `hit` how often the chosen window collided.
 */
export function backtestText({ asOf, products, skipped, pooled }: Result): string {
  const rows = products.map((product) => [
    product.name,
    String(product.forecasts),
    `${Math.round(product.medianGap)} d`,
    ...numbers(product),
  ]);
  const groups: readonly (readonly [string, PooledRow])[] = [
    ['all', pooled.all],
    ['median gap 60 days or more', pooled.slow],
    ['less', pooled.fast],
  ];
  const together = groups
    .filter(([, one]) => one.products > 0)
    .map(([name, one]) => [`${name} (${one.products})`, String(one.forecasts), '', ...numbers(one)]);
  const { all } = pooled;
  return [
    table([HEADING, ...rows, ...(rows.length === 0 ? [] : [HEADING.map(() => '')]), ...together]),
    ...(products.length === 0
      ? []
      : [
          `\n${verdict(all)}\n`,
          `\n${coverageText(all)}`,
          `\n${calibrationText('chosen windows, stated', all.calibration.chosen)}`,
          `\n${calibrationText('any windows, stated', all.calibration.anyStart)}`,
        ]),
    ...skipped.map(({ name, because }) => `${plain(name)}: ${plain(because)}\n`),
    `As of ${asOf}. Every seventh day from the fourth feature release on was forecast with what was known then.\n`,
  ].join('');
}

function numbers({ ratios, coverage, placement }: Numbers): readonly string[] {
  const share = (value: number | undefined) => (value === undefined ? '' : percent(value));
  return [
    ...[ratios.meanGap, ratios.lastGap, ratios.seasonal].map((value) => (value === null ? '' : value.toFixed(2))),
    ...[coverage.band50, coverage.band80, coverage.band90].map((value) => (value === null ? '' : percent(value))),
    ...[placement?.collided, placement?.random, placement?.now, placement?.noneFree].map(share),
  ];
}

function verdict({ products, betterThanSeasonal, steady }: PooledRow): string {
  return `Better than the seasonal reference on ${betterThanSeasonal} of ${products}; the 80 % band within ten points on ${steady.within} of the ${steady.products} with at least 40 forecasts.`;
}

/** How often each band held, all products together; `|` where it promises to. */
function coverageText({ coverage }: PooledRow): string {
  const bands = [
    ['50 % band', 0.5, coverage.band50],
    ['80 % band', 0.8, coverage.band80],
    ['90 % band', 0.9, coverage.band90],
  ] as const;
  return table(bands.map(([name, promised, held]) => [name, percent(held ?? 0), drawn(promised, held ?? 0)]));
}

/** Stated beside observed collision chances; a bar for each, `|` where the stated chance lies. */
function calibrationText(heading: string, buckets: readonly Bucket[]): string {
  const rows = buckets
    .filter(({ windows }) => windows > 0)
    .map(({ from, until, windows, stated, observed }) => [
      `${percent(from)} to ${percent(until)}`,
      String(windows),
      percent(stated ?? 0),
      percent(observed ?? 0),
      drawn(stated ?? 0, observed ?? 0),
    ]);
  return table([[heading, 'windows', 'mean', 'collided', ''], ...rows]);
}

function drawn(stated: number, observed: number): string {
  const cells: string[] = Array.from({ length: BAR + 1 }, (_, i) => (i < Math.round(observed * BAR) ? '#' : '.'));
  cells[Math.round(stated * BAR)] = '|';
  return cells.join('');
}
