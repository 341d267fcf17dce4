import { firstComing } from '../domain/coming-text.ts';
import { type Day, fromNumber, toNumber } from '../domain/day.ts';
import { contains, type Interval, lastDay } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { ComingRelease, KnownRelease, PatchOnlyPeriod, StoreOutlook } from '../domain/period.ts';
import type { StoreId } from '../domain/plan.ts';
import {
  collisionDays,
  type ExposedProduct,
  knownCollision,
  knownReleases,
  type Margins,
  observedThroughOf,
  productCollision,
  restsOnUnknown,
  turbulence,
} from './collision.ts';

export interface OutlookInput {
  readonly store: StoreId;
  readonly products: readonly ExposedProduct[];
  readonly margins: Margins;
  /** Greatest turbulence of a calm day, 0..1. */
  readonly tolerance: number;
  /** Days to look at. */
  readonly days: Interval;
  readonly asOf: Day;
}

/** Turbulence of every day and the patch-only periods they make. Pure. Design.md section 6. */
export function outlookOf(input: OutlookInput): StoreOutlook {
  const { store, products, margins, tolerance, days } = input;
  const first = toNumber(days.from);
  const values = Array.from({ length: toNumber(days.until) - first }, (_, i) =>
    turbulence(products, first + i, margins),
  );
  const unknown = products
    .filter((product) => product.unknown !== null)
    .map((product) => ({ product: product.product, because: product.unknown ?? '' }));

  const periods: PatchOnlyPeriod[] = [];
  for (let start = 0; start < values.length; start++) {
    if ((values[start] ?? 1) > tolerance) continue;
    let end = start;
    while (end < values.length && (values[end] ?? 1) <= tolerance) end++;
    periods.push(periodOf(input, values, start, end));
    start = end;
  }
  return {
    store,
    from: days.from,
    turbulence: values,
    periods,
    releases: releasesOf(input),
    next: nextOf(input),
    unknown,
  };
}

function releasesOf({ products, days, margins }: OutlookInput): readonly KnownRelease[] {
  const colliding = collisionDays(days, margins);
  return products
    .flatMap(knownReleases)
    .filter((release) => contains(colliding, release.day))
    .map(({ day, name }) => ({ day, name }))
    .toSorted((a, b) => compareText(a.day, b.day) || compareText(a.name, b.name));
}

/**
 * By the median. One that has passed is the earliest there is: the release may be out and nobody has looked. A product
 * without a median most likely releases nothing more and is no next.
 */
function nextOf({ products, asOf }: OutlookInput): ComingRelease | null {
  const today = toNumber(asOf);
  const coming = products.flatMap(({ name, exposure, forecast }): readonly ComingRelease[] => {
    const median = forecast.quantiles['0.5'];
    const { distribution } = forecast;
    if (exposure.closed || median === undefined || distribution === null) return [];
    return [
      {
        name: exposure.nextLine === null ? `${name} next feature release` : `${name} ${exposure.nextLine}`,
        day: median,
        overdue: median > asOf ? null : distribution.hit(distribution.start, today + 1),
      },
    ];
  });
  return firstComing(coming);
}

function periodOf(input: OutlookInput, values: readonly number[], start: number, end: number): PatchOnlyPeriod {
  const first = toNumber(input.days.from);
  const days = { from: fromNumber(first + start), until: fromNumber(first + end) };
  const before = start === 0 ? null : boundary(input, fromNumber(first + start - 1));
  const after = end === values.length ? null : boundary(input, days.until);
  return {
    store: input.store,
    ...days,
    kind: kindOf(input, days, before, after),
    confidence: 1 - Math.max(...values.slice(start, end)),
    startsBecause: before === null ? 'the days shown start here' : `${before.because} has settled`,
    endsBecause: after === null ? 'the days shown end here' : `${after.because} comes near`,
  };
}

/**
 * Known before unknown before announced before forecast: a period is `observed` when all its days are past and read, `unknown` when a
 * product whose facts are missing or stale could still disturb it, `announced` when the vendor's own dates bound it: the release that ends
 * it, and the one it starts after unless that lies before the days shown.
 */
function kindOf(
  input: OutlookInput,
  days: Interval,
  before: Boundary | null,
  after: Boundary | null,
): PatchOnlyPeriod['kind'] {
  if (days.until <= input.asOf && isRead(input.products, lastDay(days))) return 'observed';
  if (restsOnUnknown(input.products, days, input.margins)) return 'unknown';
  return after?.announced === true && before?.known !== false ? 'announced' : 'forecast';
}

/** Whether every product that can still release was read on that day or later. */
function isRead(products: readonly ExposedProduct[], day: Day): boolean {
  return products.every((product) => {
    const through = observedThroughOf(product);
    return product.exposure.closed || (through !== null && day <= through);
  });
}

interface Boundary {
  readonly because: string;
  /** A release whose day is known, past or to come. */
  readonly known: boolean;
  /** One to come. */
  readonly announced: boolean;
}

/** What makes a day turbulent: a known release, or the product with the greatest share of the risk. */
function boundary(input: OutlookInput, day: Day): Boundary {
  const oneDay = { from: day, until: fromNumber(toNumber(day) + 1) };
  const known = knownCollision(input.products, oneDay, input.margins);
  if (known !== null) {
    return { because: `${known.name} of ${known.day}`, known: true, announced: known.day > input.asOf };
  }
  const at = toNumber(day);
  const risks = input.products
    .map((product) => ({ product, risk: productCollision(product, at, at + 1, input.margins) }))
    .sort((a, b) => b.risk - a.risk);
  const worst = risks[0];
  if (worst === undefined) return { because: 'nothing', known: false, announced: false };
  const next = worst.product.exposure.nextLine;
  const name = next === null ? `the next feature release of ${worst.product.name}` : `${worst.product.name} ${next}`;
  return { because: `${name} (${Math.round(worst.risk * 100)} % that day)`, known: false, announced: false };
}
