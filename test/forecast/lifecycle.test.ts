import { describe, expect, it } from 'vitest';
import { bundleIds, loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import { addDays, type Day, day, daysBetween } from '../../src/domain/day.ts';
import type { History, Line, LineDate } from '../../src/domain/release.ts';
import { median } from '../../src/forecast/gap-model.ts';
import { derivedEnds } from '../../src/forecast/lifecycle.ts';
import { buildHistory } from '../../src/ledger/history.ts';
import { openStore } from '../../src/store/sqlite.ts';

const AS_OF = day('2026-01-01');

function line(name: string, ga: string, eol: string | 'unknown' | 'over' | null, more: Partial<Line> = {}): Line {
  const date = (): LineDate | null => {
    if (eol === null) return null;
    const stated = eol === 'unknown' || eol === 'over';
    return { state: stated ? eol : 'dated', day: stated ? null : day(eol), source: 's', knownFrom: AS_OF };
  };
  return {
    product: 'p',
    line: name,
    selfManaged: true,
    ga: day(ga),
    latest: null,
    releases: 1,
    supportEnd: null,
    eol: date(),
    ...more,
  };
}
const history = (...lines: readonly Line[]): History => ({ product: 'p', releases: [], lines, observedThrough: AS_OF });

const KNOWN = [
  line('3', '2022-01-01', '2025-01-01'),
  line('2', '2021-01-01', '2024-02-01'),
  line('1', '2020-01-01', '2022-12-01'),
];

describe('an end nobody has stated', () => {
  it('is derived from the lives of the lines before it, for unknown and for absent ends', () => {
    const found = derivedEnds(
      history(line('5', '2025-06-01', null), line('4', '2024-01-01', 'unknown'), ...KNOWN),
      AS_OF,
    );
    expect(found.map(({ line: name, of, day: on, earliest, latest }) => [name, of, on, earliest, latest])).toEqual([
      ['5', 'eol', '2028-06-01', '2028-05-01', '2028-07-01'],
      ['4', 'eol', '2027-01-01', '2026-12-01', '2027-01-31'],
    ]);
    expect(found[0]?.because).toBe("the last 3 lines lasted 1065 to 1126 days; nobody has stated this one's end");
  });

  it('never overrides a stated end, nor one that is over, and needs three lives', () => {
    expect(derivedEnds(history(line('4', '2024-01-01', 'over'), ...KNOWN), AS_OF)).toEqual([]);
    expect(derivedEnds(history(line('4', '2024-01-01', null), ...KNOWN.slice(1)), AS_OF)).toEqual([]);
  });

  it('lies at the earliest today, and is not learned from vendor-hosted lines', () => {
    const old = line('0', '2015-01-01', null);
    expect(derivedEnds(history(old, ...KNOWN), AS_OF)[0]?.day).toBe(AS_OF);
    const hosted = KNOWN.map((one) => ({ ...one, selfManaged: false }));
    expect(derivedEnds(history(line('4', '2024-01-01', null), ...hosted), AS_OF)).toEqual([]);
  });
});

it('measured on the bundled lines, each left out in turn and known only by the lines before it', () => {
  const data = dataDir();
  let [asked, within] = [0, 0];
  const errors: number[] = [];
  for (const product of loadCatalogue(data).products) {
    if (bundleIds(data)[product.id] === undefined) continue;
    const store = openStore(':memory:');
    for (const { feed, readOn, reading } of loadHistory(data, product.id)) {
      store.save({ product: product.id, feed, via: 'bundle', readOn, reading });
    }
    const built = buildHistory(product, store.ledger(product.id, null));
    store.close();
    for (const one of built.lines) {
      const { ga, eol } = one;
      if (ga === null || eol?.day == null || eol.day <= ga) continue;
      const before = built.lines.filter((other) => other.ga !== null && other.ga < ga);
      const asOf: Day = addDays(ga, 1);
      const [found] = derivedEnds(
        { ...built, lines: [{ ...one, eol: null, supportEnd: null }, ...before] },
        asOf,
      ).filter((end) => end.line === one.line && end.of === 'eol');
      if (found === undefined) continue;
      asked += 1;
      errors.push(Math.abs(daysBetween(found.day, eol.day)));
      if (found.earliest <= eol.day && eol.day <= found.latest) within += 1;
    }
  }
  // 59 % lie between the shortest and the longest of up to six lives. Ends of the earlier lines are taken as stated today.
  expect([asked, within, median(errors)]).toEqual([759, 449, 59]);
});

it('a vendor that says how long it keeps lines is taken at its word, and marked as a rule', () => {
  const data = dataDir();
  const product = loadCatalogue(data).products.find(({ id }) => id === 'redis');
  if (product === undefined) throw new Error('no redis');
  const store = openStore(':memory:');
  for (const { feed, readOn, reading } of loadHistory(data, 'redis')) {
    store.save({ product: 'redis', feed, via: 'bundle', readOn, reading });
  }
  const ends = derivedEnds(buildHistory(product, store.ledger('redis', null)), '2026-11-22' as Day);
  store.close();
  const of = (line: string) => ends.find((end) => end.line === line && end.of === 'eol');
  // Six months after the next minor: 8.8 of 2026-05-25 ends with 8.10 of 2026-07-29.
  expect(of('8.8')).toMatchObject({ day: '2027-01-29', from: 'rule' });
  // The next minor is not out: learned from the lives before.
  expect(of('8.10')).toMatchObject({ from: 'lives' });
});
