import type { StackItem } from '../domain/config.ts';
import type { GateQuestion, TouchedWork } from '../domain/gate.ts';
import type { Overview } from '../domain/overview.ts';
import type { PlannedWindow, StoreId } from '../domain/plan.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** A question with the files that raise it. */
export interface Raised {
  readonly question: GateQuestion;
  readonly work: readonly TouchedWork[];
}

/** What touched files ask of the gate. */
export interface Asked {
  /** Each question once, in the order of the work. */
  readonly raised: readonly Raised[];
  /** Work of products that are no part of the stack, nor of a vendor whose engine is. */
  readonly foreign: readonly TouchedWork[];
}

/**
 * Which stores touched work is of. A version that the plan sets is that work of the plan. Pure.
 *
 * @param products all that neap knows, to tell whose package one is that the stack does not name.
 */
export function questionsOf(
  work: readonly TouchedWork[],
  { config, plan }: Pick<Overview, 'config' | 'plan'>,
  products: readonly Product[],
): Asked {
  const known = new Map(products.map((product) => [product.id, product]));
  const engines = config.stack.filter(({ product }) => known.get(product)?.kind === 'engine');
  const stores = engines.map(({ id }) => id);
  const foreign: TouchedWork[] = [];
  const raised = new Map<string, Raised>();
  const raise = (question: GateQuestion, one: TouchedWork) => {
    const key = JSON.stringify(question);
    raised.set(key, { question, work: [...(raised.get(key)?.work ?? []), one] });
  };
  for (const one of work) {
    const [product] = one.products ?? [];
    if (one.kind === 'model') {
      const own = storesOfModel(one, engines, config.products);
      for (const store of own) raise({ kind: 'model', store, patch: false, item: null }, one);
      if (own.length === 0) foreign.push(one);
      continue;
    }
    const items = config.stack.filter((item) => item.product === product);
    for (const item of items) {
      const window = plan.windows.find((planned) => isThatWork(planned, item, one, known));
      const patch = staysInLine(one, item, known);
      // A runtime is of no store, whatever file names its version.
      const isEngine = stores.includes(item.id);
      const kind = isEngine ? 'engine' : 'package';
      raise({ kind, store: isEngine ? item.id : item.store, patch: isEngine && patch, item: window?.id ?? null }, one);
    }
    if (items.length > 0) continue;
    const own = storesOfVendor(known.get(product ?? ''), engines, known);
    for (const store of own) raise({ kind: 'package', store, patch: false, item: null }, one);
    if (own.length === 0) foreign.push(one);
  }
  return { raised: [...raised.values()], foreign };
}

/**
 * The stores that run an engine of the model; where nobody can tell its engine, every store. An engine of the team's own may speak any
 * language, so it counts where none of the known ones runs.
 */
function storesOfModel(
  { products }: TouchedWork,
  engines: readonly StackItem[],
  own: Overview['config']['products'],
): readonly StoreId[] {
  const among =
    products === null
      ? engines
      : [
          engines.filter(({ product }) => products.includes(product)),
          engines.filter(({ product }) => own.some(({ id }) => id === product)),
        ].find((some) => some.length > 0);
  return (among ?? []).map(({ id }) => id);
}

/** Stores whose engine is of the same vendor as a package that the stack does not name. */
function storesOfVendor(
  product: Product | undefined,
  engines: readonly StackItem[],
  known: ReadonlyMap<ProductId, Product>,
): readonly StoreId[] {
  if (product === undefined || !['driver', 'client', 'odm', 'queue'].includes(product.kind)) return [];
  return engines.filter((engine) => known.get(engine.product)?.vendor === product.vendor).map(({ id }) => id);
}

/** Whether the files bring what a window of the plan sets: its version, or a later patch of the same line. */
function isThatWork(
  window: PlannedWindow,
  item: StackItem,
  { after }: TouchedWork,
  known: ReadonlyMap<ProductId, Product>,
): boolean {
  const product = known.get(item.product);
  if (product === undefined || after === null || window.state === 'done') return false;
  const scheme = schemeOf(product.versioning);
  const comes = scheme.parse(after);
  return window.sets.some(({ id, key, value }) => {
    const wanted = id === item.id && key === 'running' ? scheme.parse(value) : null;
    return wanted !== null && comes !== null && comes.line === wanted.line && compareVersions(comes, wanted) >= 0;
  });
}

/** Both versions are of one line, and the later one is no older. Where the files do not say, it is taken for another line. */
function staysInLine(
  { before, after }: TouchedWork,
  { product }: StackItem,
  known: ReadonlyMap<ProductId, Product>,
): boolean {
  const versioning = known.get(product)?.versioning;
  if (versioning === undefined || before === null || after === null) return false;
  const scheme = schemeOf(versioning);
  // `mongo:8.0` names a line; `redis:7` only says that it is one of several.
  const lineOf = (text: string) => scheme.parse(text)?.line ?? (scheme.parse(`${text}.0`)?.line === text ? text : null);
  const line = lineOf(before);
  return line !== null && line === lineOf(after);
}
