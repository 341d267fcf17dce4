import { loadCatalogue } from '../catalogue/catalogue.ts';
import { dataDir } from '../catalogue/data-dir.ts';
import { loadHistory } from '../catalogue/histories.ts';
import { type DayNumber, toNumber } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import { LOOK_EVERY } from '../forecast/looks.ts';
import type { Features } from '../forecast/pool/features.ts';
import { Learner } from '../forecast/pool/pool.ts';
import { buildHistory } from '../ledger/history.ts';
import { openStore } from '../store/sqlite.ts';

/** One product's history as the fit sees it: for each silence that has ended, what was known at its start and when it was looked at. */
export interface Example {
  readonly product: ProductId;
  /** Of its feature releases, ascending. */
  readonly days: readonly DayNumber[];
  readonly silences: readonly Silence[];
  /** Sum of the absolute errors of the mean-gap forecast over the same looks: the unit of the loss. */
  readonly unit: number;
}

export interface Silence {
  readonly features: Features;
  /** Days it lasted. */
  readonly gap: number;
  /** Days into it at which a forecast is scored. */
  readonly looks: readonly number[];
}

/** Fewer releases than this are not fitted on. */
const FEWEST = 8;
/** From this release on forecasts are scored; design.md section 7. */
const FROM = 3;

/** Every bundled product with enough feature releases. */
export function examples(): readonly Example[] {
  return loadCatalogue(dataDir()).products.flatMap((product) => {
    const store = openStore(':memory:');
    for (const { feed, readOn, reading } of loadHistory(dataDir(), product.id)) {
      store.save({ product: product.id, feed, via: 'bundle', readOn, reading });
    }
    const { releases } = buildHistory(product, store.ledger(product.id, null));
    store.close();
    const days = releases.flatMap(({ feature, selfManaged, date }) =>
      feature && selfManaged && date !== null ? [toNumber(date)] : [],
    );
    const events = [...new Set(days)].sort((a, b) => a - b);
    return events.length < FEWEST ? [] : [exampleOf(product.id, events)];
  });
}

function exampleOf(product: ProductId, events: readonly DayNumber[]): Example {
  const learner = new Learner();
  const silences: Silence[] = [];
  let unit = 0;
  events.forEach((day, i) => {
    learner.add(day);
    const next = events[i + 1];
    const first = events[FROM] ?? day;
    if (i < FROM || next === undefined || learner.features === null) return;
    const begun = events[0] ?? day;
    const looks: number[] = [];
    for (let at = first + Math.ceil((day - first) / LOOK_EVERY) * LOOK_EVERY; at < next; at += LOOK_EVERY) {
      looks.push(at - day);
      unit += Math.abs(next - Math.max(at + 1, day + (day - begun) / i));
    }
    silences.push({ features: learner.features, gap: next - day, looks });
  });
  return { product, days: events, silences, unit };
}
