import type { ProductId } from '../domain/product.ts';
import { compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import type { ChainRequest } from './request.ts';
import type { Edition, RouteHop } from './route.ts';
import { blankStep, type ChainStep, undo } from './step.ts';
import type { Tables } from './tables.ts';
import { targetOf } from './target.ts';

/** Person-days of a patch of an engine: neap's estimate, half a day to follow it through whatever the topology. */
export const PATCH_EFFORT = 0.5;

/**
 * Working days to put new binaries through a topology, a patch's as well as a new line's: that of the usual one where nobody said, and 1
 * where the host does it.
 */
export function binariesDays(
  tables: Tables,
  product: ProductId,
  topology: string | null,
  edition: Edition | null,
): number {
  if (edition === 'atlas') return 1;
  const engine = tables.engines.find((one) => one.product === product);
  const days = engine?.binariesDays ?? {};
  // Of one that nobody knows: as long as the first two take, which all engines have.
  return days[topology ?? engine?.usualTopology ?? ''] ?? Math.max(1, ...Object.values(days).slice(0, 2));
}

/**
 * The newest patch of the running line, where the vendor asks for it before a hop and it does not run yet; `null` otherwise. What hosts of
 * databases patch themselves is no work of the team.
 * @param running full version; a line alone stands for its newest patch.
 */
export function patchStep(request: ChainRequest, hop: RouteHop, running: string): ChainStep | null {
  const { product, history, tables, asOf, topology, edition } = request;
  const asked = tables.engines.find((one) => one.product === product.id)?.newestPatchFirst ?? null;
  const isOther = request.fromName !== undefined && running === request.running;
  if (asked === null || isOther || hop.kind === 'downgrade' || edition === 'atlas' || running === hop.from) return null;
  const scheme = schemeOf(product.versioning);
  const newest = targetOf(history, hop.from, asOf, scheme, tables.advisories);
  const [now, then] = [scheme.parse(running), newest === null ? null : scheme.parse(newest.version)];
  if (newest === null || now === null || then === null || compareVersions(now, then) >= 0) return null;
  return {
    ...blankStep(hop),
    id: `${hop.to}/patch`,
    kind: 'patch',
    name: 'patch',
    title: `${product.name} ${running} → ${newest.version}: the newest patch first`,
    version: newest.version,
    days: binariesDays(tables, product.id, topology, edition),
    effort: PATCH_EFFORT,
    wayBack: undo(`Put the patch before back: ${running}.`),
    details: [
      `a hop starts from the newest patch of the running line, as the vendor asks (${asked.source})`,
      `${newest.version} is ${newest.because}`,
    ],
    unverified: asked.verified ? [] : [`the newest patch before a hop: ${asked.source}`],
  };
}
