import type { ClaimKind } from '../domain/product.ts';

/** Kinds of claims that speak of a line; the others speak of a version. */
export const LINE_KINDS: ReadonlySet<ClaimKind> = new Set<ClaimKind>([
  'ga',
  'support-end',
  'eol',
  'extended-end',
  'lts',
]);
