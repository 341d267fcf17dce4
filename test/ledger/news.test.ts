import { expect, test } from 'vitest';
import { day } from '../../src/domain/day.ts';
import type { ReadFact } from '../../src/domain/reading.ts';
import { disagreementsOf } from '../../src/ledger/disagreements.ts';
import { buildHistory } from '../../src/ledger/history.ts';
import { newsBetween } from '../../src/ledger/news.ts';
import { patchGapsOf } from '../../src/ledger/patch-gaps.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { product } from '../feeds/products.ts';
import { claim, reading, release, saving } from '../store/readings.ts';

const mongodb = { ...product('mongodb', [], 'mongodb'), effective: ['notes', 'tag'] as const };
const advisory: ReadFact = {
  subject: 'GHSA-1',
  key: 'advisory',
  value: '{"severity":"HIGH","summary":"s","affected":[],"fixed":["8.0.4"]}',
};

function aStore() {
  const store = openStore(':memory:');
  store.save(
    saving(
      '2026-01-01',
      reading([release('8.0.0', '2024-10-02'), release('8.0.1', '2024-10-09'), release('7.0.0', null)], {
        lineClaims: [claim('8.0', '2029-10-31', { of: 'eol', knownFrom: day('2025-01-01') })],
        facts: [{ subject: 'latest', key: 'dist-tag', value: '8.0.1' }],
      }),
    ),
  );
  store.save(
    saving(
      '2026-02-01',
      reading(
        [
          release('8.0.0', '2024-10-03'),
          release('8.0.1', '2024-10-09'),
          release('7.0.0', null),
          release('6.0.9', null),
          release('8.0.4', '2026-01-20'),
          release('8.2.0', null),
        ],
        {
          lineClaims: [claim('8.0', '2030-10-31', { of: 'eol' })],
          facts: [
            { subject: 'latest', key: 'dist-tag', value: '8.0.4' },
            advisory,
            { subject: '8.0.1', key: 'engines', value: 'node >=18' },
          ],
        },
      ),
    ),
  );
  return store;
}

test('news between two days: releases, rewritten dates, moved ends, advisories; old undated versions are none', () => {
  const store = aStore();
  const known = (on: string) => ({
    history: buildHistory(mongodb, store.ledger('mongodb', day(on))),
    facts: store.facts('mongodb', day(on)),
  });
  const told = newsBetween(mongodb, known('2026-01-15'), known('2026-02-01')).map((item) => {
    if (item.kind === 'release') return `${item.version} ${item.release.date}`;
    if (item.kind === 'redated') return `${item.version} ${item.from} -> ${item.release.date}`;
    if (item.kind === 'line') return `${item.line} ${item.of} ${item.from?.day} -> ${item.to?.day}`;
    return `${item.fact.key} ${item.fact.subject} ${item.from}`;
  });
  expect(told).toEqual([
    '8.0.0 2024-10-02 -> 2024-10-03',
    '8.0.4 2026-01-20',
    '8.2.0 null',
    '8.0 eol 2029-10-31 -> 2030-10-31',
    'advisory GHSA-1 null',
    'dist-tag latest 8.0.1',
  ]);
  expect(newsBetween(mongodb, known('2026-02-01'), known('2026-02-01'))).toEqual([]);
});

test('sources that differ by more than three days disagree; suspect and withdrawn words do not count', () => {
  const store = openStore(':memory:');
  const other = { source: { id: 'git', name: 'git', origin: null, licence: null } };
  const tag = (version: string, on: string, suspect: string | null = null) =>
    release(version, null, { claims: [claim(version, on, { of: 'tag', suspect })] });
  store.save(
    saving(
      '2026-01-01',
      reading([release('8.0.0', '2024-10-02'), release('8.0.1', '2024-10-09'), release('8.0.2', '2024-11-01')]),
    ),
  );
  store.save(
    saving(
      '2026-01-01',
      reading([tag('8.0.0', '2024-09-11'), tag('8.0.1', '2024-10-12'), tag('8.0.2', '2025-01-01', 'a mirror')], other),
    ),
  );
  const ledger = store.ledger('mongodb', null);
  const found = disagreementsOf(buildHistory(mongodb, ledger), ledger.claims);
  expect(found.map(({ subject, about, days, claims }) => [subject, about, days, claims.map((one) => one.of)])).toEqual([
    ['8.0.0', 'publication', 21, ['tag', 'notes']],
  ]);
});

test('patch numbers between two known ones are gaps, dates in their place are not', () => {
  const store = openStore(':memory:');
  const versions = ['8.0.0', '8.0.1', '8.0.4', '7.0.3', '7.0.5-rc0', '7.0.7', '6.0.0', '6.0.20240101'];
  store.save(saving('2026-01-01', reading(versions.map((version) => release(version, '2024-10-02')))));
  expect(patchGapsOf(mongodb, buildHistory(mongodb, store.ledger('mongodb', null)))).toEqual([
    { line: '8.0', missing: [2, 3] },
    { line: '7.0', missing: [4, 6] },
  ]);
});
