import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ingestBundle } from '../../src/app/ingest-bundle.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import type { LineClaimKind } from '../../src/domain/product.ts';
import { openStore } from '../../src/store/sqlite.ts';

const HISTORY = '../shared/feeds/endoflife/history';
const SOURCE = 'endoflife-date';

const FIELDS: Readonly<Record<string, LineClaimKind>> = {
  releaseDate: 'ga',
  eoas: 'support-end',
  eol: 'eol',
  eoes: 'extended-end',
  lts: 'lts',
};

/**
 * Until 2024-04-02 the field now called `eoas` had the opposite sense (true: still supported), so the words of these changes cannot be
 * read by today's meaning; only that something became known on that day is asked.
 */
const OPPOSITE = ['redis 7.2 2023-08-22', 'nodejs 1 2022-06-03', 'nodejs 2 2022-06-03', 'nodejs 3 2022-06-03'];

interface Change {
  readonly knownAt: string;
  readonly cycle: string;
  readonly field: string;
  readonly old: string | boolean | null;
  readonly new: string | boolean | null;
}

/** The bundled ledger of a product, asked as of any day. */
function bundled(product: string) {
  const store = openStore(':memory:');
  ingestBundle(store, loadHistory(dataDir(), product));
  const asked = new Map<Day, Map<string, string>>();
  /** The last word of the source on a line, `null` when it has said nothing yet. */
  return (asOf: Day, of: LineClaimKind, line: string): string | null => {
    let words = asked.get(asOf);
    if (words === undefined) {
      const own = store.ledger(product, asOf).claims.filter(({ source }) => source === SOURCE);
      words = new Map(own.map((c) => [`${c.of} ${c.subject}`, c.day ?? c.state]));
      asked.set(asOf, words);
    }
    return words.get(`${of} ${line}`) ?? null;
  };
}

/** What a value in the history means: a day, or a state. */
function meaning(of: LineClaimKind, value: string | boolean | null): string {
  if (typeof value === 'string') return value;
  if (value === null || (of === 'lts' && !value)) return 'none';
  return value ? 'over' : 'unknown';
}

const utcDayOf = ({ knownAt }: Change) => day(new Date(knownAt).toISOString().slice(0, 10));

test('MongoDB 7.0: its end of life as it was known before and after it was moved by a year', () => {
  const word = bundled('mongodb');
  expect(word(day('2025-09-01'), 'eol', '7.0')).toBe('2026-08-31');
  expect(word(day('2025-09-17'), 'eol', '7.0')).toBe('2026-08-31');
  expect(word(day('2025-09-18'), 'eol', '7.0')).toBe('2027-08-31');
  expect(word(day('2025-10-20'), 'eol', '7.0')).toBe('2027-08-31');
  expect(word(day('2023-12-01'), 'eol', '7.0')).toBe('unknown');
  expect(word(day('2023-08-17'), 'eol', '7.0')).toBeNull();
});

describe.skipIf(!existsSync(HISTORY))('every change endoflife.date made to a date', () => {
  test.each([
    ['mongodb', 171, 2],
    ['redis', 73, 5],
    ['nodejs', 113, 0],
    ['valkey', 19, 0],
  ])(
    '%s: %i changes, %i of them changed again the same day, known from their day and not before',
    (product, changes, superseded) => {
      const { events } = JSON.parse(readFileSync(`${HISTORY}/${product}.lifecycle.json`, 'utf8')) as {
        events: readonly Change[];
      };
      const word = bundled(product);
      const about = Object.groupBy(
        events.filter(({ field }) => FIELDS[field] !== undefined),
        (event) => `${event.field} ${event.cycle}`,
      );
      let replayed = 0;
      let sameDay = 0;
      const wrong: unknown[] = [];
      for (const story of Object.values(about)) {
        for (const [i, event] of (story ?? []).entries()) {
          replayed += 1;
          const of = FIELDS[event.field] ?? 'ga';
          const on = utcDayOf(event);
          const next = story?.[i + 1];
          if (next !== undefined && utcDayOf(next) === on) {
            sameDay += 1;
            continue;
          }
          const known = word(on, of, event.cycle);
          const opposite = of === 'support-end' && OPPOSITE.includes(`${product} ${event.cycle} ${on}`);
          if (opposite ? known === null : known !== meaning(of, event.new)) wrong.push({ on, known, ...event });
          // The day before: what the last change of an earlier day had made of it.
          const previous = story?.slice(0, i).findLast((other) => utcDayOf(other) < on);
          const unreadable =
            previous !== undefined && OPPOSITE.includes(`${product} ${event.cycle} ${utcDayOf(previous)}`);
          if (of === 'support-end' && unreadable) continue;
          const before = word(addDays(on, -1), of, event.cycle);
          if (before !== (previous === undefined ? null : meaning(of, previous.new))) wrong.push({ before, ...event });
        }
      }
      expect(wrong).toEqual([]);
      expect([replayed, sameDay]).toEqual([changes, superseded]);
    },
  );
});
