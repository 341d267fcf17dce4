import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import { type Day, daysBetween } from '../../src/domain/day.ts';
import { buildHistory } from '../../src/ledger/history.ts';
import { openStore } from '../../src/store/sqlite.ts';

const HEADINGS = '../shared/feeds/mongodb-feed/official-release-notes-dates.json';

interface Headings {
  readonly releases: readonly { readonly version: string; readonly date: Day | null }[];
}

/** Days between what neap believes and the heading of MongoDB's release notes, by version; null where it believes no day. */
function differences(without: readonly string[]): readonly (readonly [string, number | null])[] {
  const product = loadCatalogue(dataDir()).products.find(({ id }) => id === 'mongodb');
  if (product === undefined) throw new RangeError('there is no mongodb');
  const store = openStore(':memory:');
  for (const { feed, readOn, reading } of loadHistory(dataDir(), 'mongodb')) {
    if (!without.includes(reading.source.id)) store.save({ product: 'mongodb', feed, via: 'bundle', readOn, reading });
  }
  const { releases } = buildHistory(product, store.ledger('mongodb', null));
  store.close();
  const believed = new Map(releases.map(({ version, date }) => [version, date]));
  const file = JSON.parse(readFileSync(HEADINGS, 'utf8')) as Headings;
  return file.releases.flatMap(({ version, date }) => {
    if (date === null) return [];
    const own = believed.get(version) ?? null;
    return [[version, own === null ? null : daysBetween(date, own)] as const];
  });
}

const within = (days: number, all: ReturnType<typeof differences>) =>
  all.filter(([, off]) => off !== null && Math.abs(off) <= days).length;

test.skipIf(!existsSync(HEADINGS))(
  'MongoDB: what neap believes, beside the dated headings of the release notes',
  () => {
    const all = differences([]);
    expect([all.length, within(1, all)]).toEqual([44, 44]);
    // Without them it is the day the feed first named a version, else its tag: how near the rest comes, in days.
    const withheld = differences(['mongodb-release-notes']);
    const counts = [0, 1, 7, 14, 31].map((days) => within(days, withheld));
    expect([counts, withheld.filter(([, off]) => off === null).length]).toEqual([[22, 30, 37, 39, 41], 3]);
  },
);
