import type { StackItem } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { History } from '../../domain/release.ts';
import { pieceLike } from '../../policy/piece-like.ts';
import type { Piece } from '../../policy/rule.ts';
import { binariesDays, PATCH_EFFORT } from '../../upgrade/patch.ts';
import { editionOf } from '../../upgrade/route.ts';
import type { Tables } from '../../upgrade/tables.ts';
import { openAdvisories, targetOf } from '../../upgrade/target.ts';
import { schemeOf } from '../../versioning/schemes.ts';

/** One item of the stack with its releases. */
export interface Exposed {
  readonly item: StackItem;
  readonly product: Product;
  readonly history: History;
}

const GRAVE = ['critical', 'high'];

/**
 * Patches that mend a grave security defect of what runs, as work of its own: the newest patch of the running line that is open to less, of
 * highest priority, as early as it fits, also in freezes that allow `security`. That of an engine takes the days of new binaries through its
 * topology, that of a package one. `grave` says what it mends. Pure.
 */
export function urgentPieces(stack: readonly Exposed[], asOf: Day, tables: Tables): readonly Piece[] {
  return stack.flatMap(({ item, product, history }): readonly Piece[] => {
    const scheme = schemeOf(product.versioning);
    const line = item.running === null ? undefined : scheme.parse(item.running)?.line;
    if (item.running === null || line === undefined) return [];
    const target = targetOf(history, line, asOf, scheme, tables.advisories);
    const mended = openAdvisories(product.id, item.running, scheme, tables.advisories).filter(
      (one) =>
        one.kind === 'security' && (one.exploited || GRAVE.includes(one.severity)) && !target?.open.includes(one),
    );
    if (target === null || mended.length === 0) return [];
    const id = `${item.id}-patch`;
    const isEngine = product.kind === 'engine';
    const names = mended.map(({ id: name, exploited }) => (exploited ? `${name} (exploited)` : name)).join(', ');
    return [
      {
        ...pieceLike({
          id,
          item: id,
          step: null,
          title: `${product.name} ${item.running} → ${target.version}: mends ${names}`,
          kind: isEngine ? 'engine' : 'package',
          store: item.store ?? item.id,
          patch: isEngine,
        }),
        days: isEngine ? binariesDays(tables, product.id, item.topology, editionOf(item.edition)) : 1,
        effort: PATCH_EFFORT,
        priority: 1,
        urgent: true,
        grave: {
          exploited: mended.some(({ exploited }) => exploited),
          advisories: mended.map(({ id: name }) => name),
          version: target.version,
        },
        sets: [{ id: item.id, key: 'running', value: target.version }],
      },
    ];
  });
}
