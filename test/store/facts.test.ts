import { afterEach, beforeEach, expect, test } from 'vitest';
import { day } from '../../src/domain/day.ts';
import type { ReadFact } from '../../src/domain/reading.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { reading, release, saving } from './readings.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

const fact = (subject: string, value: string): ReadFact => ({ subject, key: 'deprecated', value });
const told = (asOf: string | null) =>
  store
    .facts('mongodb', asOf === null ? null : day(asOf))
    .map(({ subject, value, knownFrom }) => `${subject}: ${value} (${knownFrom})`);

test('a fact that changes is a new row, and each day knows its own', () => {
  const save = (on: string, facts: readonly ReadFact[], complete = true) =>
    store.save(saving(on, reading([release('8.0.0', '2024-10-02')], { facts, complete }))).newFacts;
  expect(save('2026-01-01', [fact('8.0.0', 'use 8.0.1'), fact('8.0.1', 'use 8.0.2')])).toBe(2);
  expect(save('2026-02-01', [fact('8.0.0', 'use 8.0.1'), fact('8.0.1', 'use 8.0.2')])).toBe(0);
  expect(save('2026-03-01', [fact('8.0.0', 'use 8.0.3')])).toBe(2);
  expect(told('2025-12-31')).toEqual([]);
  expect(told('2026-02-28')).toEqual(['8.0.0: use 8.0.1 (2026-01-01)', '8.0.1: use 8.0.2 (2026-01-01)']);
  expect(told('2026-03-01')).toEqual(['8.0.0: use 8.0.3 (2026-03-01)']);
  expect(save('2026-04-01', [fact('8.0.1', 'again')], false)).toBe(1);
  expect(told(null)).toEqual(['8.0.0: use 8.0.3 (2026-03-01)', '8.0.1: again (2026-04-01)']);
});

test('a reading without facts takes none back', () => {
  store.save(saving('2026-01-01', reading([release('8.0.0', '2024-10-02')], { facts: [fact('8.0.0', 'old')] })));
  store.save(saving('2026-02-01', reading([release('8.0.0', '2024-10-02')])));
  expect(told(null)).toEqual(['8.0.0: old (2026-01-01)']);
});

test('a name first seen is evidence only after a look at most a week before', () => {
  const look = (on: string, ...versions: string[]) =>
    store.save(
      saving(
        on,
        reading(
          versions.map((version) => release(version, null, { claims: [] })),
          { marksFirstSeen: true },
        ),
      ),
    );
  look('2026-01-01', '8.0.0');
  expect(look('2026-01-08', '8.0.0', '8.0.1')).toMatchObject({ added: 1, unchanged: 1, newClaims: 1 });
  look('2026-01-16', '8.0.0', '8.0.1', '8.0.2');
  look('2026-01-17', '8.0.0', '8.0.1', '8.0.2');
  const seen = store.ledger('mongodb', null).claims.map((c) => [c.subject, c.of, c.day, c.suspect === null]);
  expect(seen).toEqual([
    ['8.0.0', 'first-seen', '2026-01-01', false],
    ['8.0.1', 'first-seen', '2026-01-08', true],
    ['8.0.2', 'first-seen', '2026-01-16', false],
  ]);
});

test('a version that a complete reading no longer has is counted as vanished, once', () => {
  const look = (on: string, ...versions: string[]) =>
    store.save(saving(on, reading(versions.map((version) => release(version, '2026-01-01'))))).vanished;
  expect(look('2026-01-01', '8.0.0', '8.0.1')).toBe(0);
  expect(look('2026-01-02', '8.0.0')).toBe(1);
  expect(look('2026-01-03', '8.0.0')).toBe(0);
  expect(store.ledger('mongodb', null).versions.map((v) => v.version)).toEqual(['8.0.0', '8.0.1']);
});

test('a clock that jumped ahead does not silence what is read after it was set right', () => {
  const visit = (on: string, notes: string) =>
    store.save(saving(on, reading([release('8.0.0', notes)]), { visitedOn: day(on), target: 'notes' }));
  visit('2026-11-01', '2024-10-02');
  visit('2099-01-01', '2024-10-03');
  visit('2026-11-23', '2024-10-04');
  const word = (asOf: string) =>
    store
      .ledger('mongodb', day(asOf))
      .claims.toSorted((a, b) => (a.knownFrom < b.knownFrom ? -1 : 1))
      .at(-1)?.day;
  expect(word('2026-11-22')).toBe('2024-10-02');
  expect(word('2026-11-23')).toBe('2024-10-04');
});

test('a failed visit is remembered until one goes well', () => {
  const failure = { product: 'mongodb', feed: 'notes', target: 'x', visitedOn: day('2026-11-01'), because: 'down' };
  store.noteFailure(failure);
  store.noteFailure({ ...failure, visitedOn: day('2026-11-02') });
  expect(store.failures('mongodb')).toEqual([{ ...failure, visitedOn: '2026-11-02' }]);
  store.save(saving('2026-11-03', reading([release('8.0.0', '2024-10-02')]), { target: 'x' }));
  expect(store.failures('mongodb')).toEqual([]);
});
