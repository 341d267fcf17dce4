import { type Day, fromNumber, minDay, toNumber } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { PatchOnlyPeriod, StoreOutlook } from '../domain/period.ts';
import type { StoreId } from '../domain/plan.ts';
import { type ExposedProduct, knownCollision, type Margins, productCollision, turbulence } from './collision.ts';

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
    periods.push(periodOf(input, values, start, end, unknown.length > 0));
    start = end;
  }
  return { store, from: days.from, turbulence: values, periods, unknown };
}

function periodOf(
  input: OutlookInput,
  values: readonly number[],
  start: number,
  end: number,
  unsure: boolean,
): PatchOnlyPeriod {
  const first = toNumber(input.days.from);
  const from = fromNumber(first + start);
  const until = fromNumber(first + end);
  const before = start === 0 ? null : boundary(input, fromNumber(first + start - 1));
  const after = end === values.length ? null : boundary(input, until);
  let kind: PatchOnlyPeriod['kind'] = 'forecast';
  if (until <= observedTo(input)) kind = 'observed';
  else if (unsure) kind = 'unknown';
  else if (after?.announced === true) kind = 'announced';
  return {
    store: input.store,
    from,
    until,
    kind,
    confidence: 1 - Math.max(...values.slice(start, end)),
    startsBecause: before === null ? 'the days shown start here' : `${before.because} has settled`,
    endsBecause: after === null ? 'the days shown end here' : `${after.because} comes near`,
  };
}

/** The day up to which all is known that counts: today, or the oldest last reading among products that still can release. */
function observedTo({ products, asOf }: OutlookInput): Day {
  const open = products.filter(({ exposure }) => !exposure.closed);
  return open.reduce((day, { forecast }) => minDay(day, forecast.observedThrough), asOf);
}

/** What makes a day turbulent: a known release, or the product with the greatest share of the risk. */
function boundary(input: OutlookInput, day: Day): { because: string; announced: boolean } {
  const oneDay = { from: day, until: fromNumber(toNumber(day) + 1) };
  const known = knownCollision(input.products, oneDay, input.margins);
  if (known !== null) return { because: `${known.name} of ${known.day}`, announced: known.day > input.asOf };
  const at = toNumber(day);
  const risks = input.products
    .map((product) => ({ product, risk: productCollision(product, at, at + 1, input.margins) }))
    .sort((a, b) => b.risk - a.risk);
  const worst = risks[0];
  if (worst === undefined) return { because: 'nothing', announced: false };
  const next = worst.product.exposure.nextLine;
  const name = next === null ? `the next feature release of ${worst.product.name}` : `${worst.product.name} ${next}`;
  return { because: `${name} (${Math.round(worst.risk * 100)} % that day)`, announced: false };
}
