import type { StackItem } from '../../domain/config.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import type { RunningChange, StoreId } from '../../domain/plan.ts';
import type { Product } from '../../domain/product.ts';
import type { History } from '../../domain/release.ts';
import { buildHistory } from '../../ledger/history.ts';
import { parseSeries, rangeAt } from '../../policy/series.ts';
import { TABLES } from '../../upgrade/tables.ts';
import { compareLines } from '../../versioning/scheme.ts';
import { schemeOf } from '../../versioning/schemes.ts';
import type { ReplayInput } from './types.ts';

/** What runs while the weeks go by: as a careful team would have run it on the first day, then as the replay changes it. */
export class Running {
  readonly #input: ReplayInput;
  readonly #stack: StackItem[];
  readonly #histories = new Map<string, History>();

  constructor(input: ReplayInput) {
    this.#input = input;
    const { config, products, from } = input;
    this.#stack = config.stack.flatMap((item) => {
      const product = products.get(item.product);
      if (product === undefined || product.kind === 'runtime' || product.kind === 'framework') return [];
      return this.#asItRan(item, product, from);
    });
  }

  get stack(): readonly StackItem[] {
    return this.#stack;
  }

  /** An engine and all that talks to it. */
  members(store: StoreId): readonly StackItem[] {
    return this.#stack.filter((item) => item.id === store || item.store === store);
  }

  /** A product's history as it was known on a day. */
  historyOf(product: Product, asOf: Day): History {
    const key = `${product.id} ${asOf}`;
    const history = this.#histories.get(key) ?? buildHistory(product, this.#input.store.ledger(product.id, asOf));
    this.#histories.set(key, history);
    return history;
  }

  /** Another week is looked at: what was read for the one before is let go. */
  forget(): void {
    this.#histories.clear();
  }

  /** A step of an upgrade is over. */
  set({ id, key, value }: RunningChange): void {
    const index = this.#stack.findIndex((item) => item.id === id);
    const item = this.#stack[index];
    if (item === undefined || key === 'platform') return;
    const range = key === 'running' ? rangeAt(item.range, value) : item.range;
    this.#stack[index] = { ...item, [key]: value, range: item.range === null ? null : range };
  }

  /** Packages take in what their ranges admit. */
  takeIn(asOf: Day): void {
    for (const [index, item] of this.#stack.entries()) {
      const product = this.#input.products.get(item.product);
      if (product === undefined || product.kind === 'engine' || item.range === null || item.running === null) continue;
      const series = parseSeries(item.range, product.versioning);
      const scheme = schemeOf(product.versioning);
      const history = this.historyOf(product, asOf);
      const newest = history.releases
        .filter(
          ({ version, date: day }) =>
            day !== null &&
            day <= asOf &&
            series?.admits(version) === true &&
            scheme.parse(version)?.prerelease === null,
        )
        .map(({ version }) => version)
        .sort((a, b) => compareLines(b, a))[0];
      if (newest !== undefined && compareLines(newest, item.running) > 0)
        this.#stack[index] = { ...item, running: newest };
    }
  }

  /** The version that a careful team ran on that day; nothing where there was none yet. */
  #asItRan(item: StackItem, product: Product, asOf: Day): readonly StackItem[] {
    const history = buildHistory(product, this.#input.store.ledger(product.id, asOf));
    const scheme = schemeOf(product.versioning);
    const old = addDays(asOf, -this.#input.config.policy.engineUpgrades.minAge);
    const lines = history.lines.filter(({ line, ga }) => {
      const row = TABLES.lines.find((known) => known.product === product.id && known.line === line);
      return ga !== null && ga <= old && (product.kind !== 'engine' || row === undefined || row.kind === 'major');
    });
    const [line] = lines.map((one) => one.line).sort((a, b) => compareLines(b, a));
    const versions = history.releases
      .filter(
        ({ version, date: day }) =>
          day !== null &&
          day <= asOf &&
          scheme.parse(version)?.line === line &&
          scheme.parse(version)?.prerelease === null,
      )
      .sort((a, b) => compareText(b.date ?? '', a.date ?? ''));
    const [newest] = versions;
    if (line === undefined || newest === undefined) return [];
    const range = item.range === null ? null : rangeAt(item.range, newest.version);
    return [{ ...item, running: newest.version, range, fcv: item.fcv === null ? null : line, platform: null }];
  }
}
