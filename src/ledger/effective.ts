import type { Claim } from '../domain/claim.ts';
import type { Day } from '../domain/day.ts';
import { compareText } from '../domain/order.ts';
import type { ClaimKind, Precision, Product } from '../domain/product.ts';

export interface EffectiveDate {
  readonly day: Day;
  readonly precision: Precision;
  readonly of: ClaimKind;
  readonly source: string;
}

/** Kinds that are never the day of publication, whatever else is missing: a build happens before, a robot looks later. */
export const NEVER_EFFECTIVE: ReadonlySet<ClaimKind> = new Set<ClaimKind>(['build', 'tag-seen']);

/**
 * The date believed of one version: the first kind of the product's written order that has a dated claim nobody suspects, and of that
 * kind the word known last. `null` when no claim qualifies; suspect times are shown, never believed. Design.md section 5.
 */
export function effectiveDate(product: Product, claims: readonly Claim[]): EffectiveDate | null {
  for (const of of orderOfKinds(product, claims)) {
    const best = lastWords(claims.filter((claim) => claim.of === of))
      .filter((claim) => claim.state === 'dated' && claim.suspect === null)
      .reduce<Claim | null>((a, b) => (a === null || b.knownFrom > a.knownFrom ? b : a), null);
    if (best?.day == null) continue;
    const precision = of === 'tag' ? coarser(best.precision, product.tagPrecision ?? 'day') : best.precision;
    return { day: best.day, precision, of, source: best.source };
  }
  return null;
}

/** What each source says now: a date it withdrew or that came under suspicion is not believed because it once stood there. */
export function lastWords(claims: readonly Claim[]): readonly Claim[] {
  return [...Map.groupBy(claims, (claim) => claim.source).values()].flatMap((said) => {
    const last = said.reduce((a, b) => (b.knownFrom >= a.knownFrom ? b : a));
    return [last];
  });
}

/** The claims in the order they are shown: effective order first, then by source. */
export function orderClaims(product: Product, claims: readonly Claim[]): readonly Claim[] {
  const order = orderOfKinds(product, claims);
  const rank = (claim: Claim) => {
    const index = order.indexOf(claim.of);
    return index === -1 ? order.length : index;
  };
  return claims.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      compareText(a.of, b.of) ||
      compareText(a.source, b.source) ||
      compareText(a.knownFrom, b.knownFrom),
  );
}

/** neap's own corrections, the written order, then kinds it does not name (a user's own declared dates, say) by name. */
function orderOfKinds(product: Product, claims: readonly Claim[]): readonly ClaimKind[] {
  const others = new Set(claims.map((claim) => claim.of));
  const written: readonly ClaimKind[] = ['correction', ...product.effective];
  for (const of of written) others.delete(of);
  return [...written, ...[...others].filter((of) => !NEVER_EFFECTIVE.has(of)).sort(compareText)];
}

const COARSENESS: readonly Precision[] = ['day', 'month', 'quarter'];

function coarser(a: Precision, b: Precision): Precision {
  return COARSENESS.indexOf(a) >= COARSENESS.indexOf(b) ? a : b;
}
