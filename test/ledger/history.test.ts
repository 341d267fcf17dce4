import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/domain/claim.ts';
import { day } from '../../src/domain/day.ts';
import type { ClaimKind } from '../../src/domain/product.ts';
import { buildHistory } from '../../src/ledger/history.ts';
import { aHistory, aMongodbHistory, MONGODB } from '../support/mongodb.ts';

function aClaim(of: ClaimKind, date: string | null, changes: Partial<Claim> = {}): Claim {
  return {
    product: 'mongodb',
    subject: '8.0.0',
    of,
    state: date === null ? 'unknown' : 'dated',
    day: date === null ? null : day(date),
    precision: 'day',
    source: of,
    knownFrom: day(date ?? '2024-01-01'),
    confirmed: day('2026-11-22'),
    suspect: null,
    ...changes,
  };
}

function believed(...claims: Claim[]) {
  const versions = [{ version: '8.0.0', prerelease: false, urgency: null }];
  const [release] = buildHistory(MONGODB, { versions, claims, observedThrough: null }).releases;
  return [release?.date, release?.precision, release?.dateFrom?.of];
}

describe('the effective date', () => {
  const tag = aClaim('tag', '2024-09-11');
  const seen = aClaim('first-seen', '2024-09-18');
  const notes = aClaim('notes', '2024-10-02');
  it.each([
    ['release notes before all', [tag, seen, notes], ['2024-10-02', 'day', 'notes']],
    ['first seen before the tag', [tag, seen], ['2024-09-18', 'day', 'first-seen']],
    ['a tag alone has the precision of a month', [tag], ['2024-09-11', 'month', 'tag']],
    ['a build day is never the day of publication', [aClaim('build', '2024-09-10')], [null, 'day', undefined]],
    [
      'a suspect date is not believed',
      [aClaim('notes', '2026-01-01', { suspect: 'a mirror’s' }), tag],
      ['2024-09-11', 'month', 'tag'],
    ],
    [
      'a date that came under suspicion is not believed any more',
      [notes, aClaim('notes', '2024-10-02', { suspect: 'withdrawn', knownFrom: day('2025-01-01') }), tag],
      ['2024-09-11', 'month', 'tag'],
    ],
    [
      'a source that changed its mind is heard last',
      [notes, aClaim('notes', '2024-10-03', { knownFrom: day('2025-01-01') })],
      ['2024-10-03', 'day', 'notes'],
    ],
    ['nothing said', [], [null, 'day', undefined]],
  ])('%s', (_case, claims, expected) => {
    expect(believed(...claims)).toEqual(expected);
  });
});

describe('levels and feature releases', () => {
  it('a feature release opens a line higher than all before; a backport opens none', () => {
    const { releases } = aMongodbHistory();
    expect(releases.filter(({ feature }) => feature).map(({ version }) => version)).toEqual([
      '6.0.0',
      '7.0.0',
      '8.0.0',
      '9.0.0',
    ]);
    expect(releases.find(({ version }) => version === '7.0.31')?.level).toBe('patch');
  });

  it('a line whose first general release is not .0 opens with what came first', () => {
    const { releases } = aHistory(MONGODB, [
      ['8.0.0', '2024-10-02'],
      ['8.2.1', '2025-09-30'],
      ['8.2.0', '2025-10-05'],
      ['9.0.2', '2026-09-28'],
      ['9.0.0', '2026-09-28'],
    ]);
    expect(releases.map(({ version, level, feature }) => [version, level, feature])).toEqual([
      ['8.0.0', 'major', true],
      ['8.2.1', 'minor', true],
      ['8.2.0', 'patch', false],
      ['9.0.0', 'major', true],
      ['9.0.2', 'patch', false],
    ]);
  });

  it('development series and vendor-hosted lines are marked', () => {
    const { releases } = aHistory(MONGODB, [
      ['4.3.0', '2019-08-20'],
      ['7.1.0', '2023-09-01'],
    ]);
    expect(releases.map(({ level, selfManaged, feature }) => [level, selfManaged, feature])).toEqual([
      ['development', false, false],
      ['minor', false, true],
    ]);
  });
});

describe('lines', () => {
  const line = (of: ClaimKind, subject: string, date: string | null, changes: Partial<Claim> = {}) =>
    aClaim(of, date, { subject, ...changes });
  it('believe the word known last, and tell null from absent', () => {
    const { lines } = buildHistory(MONGODB, {
      observedThrough: null,
      versions: [{ version: '8.0.0', prerelease: false, urgency: null }],
      claims: [
        aClaim('notes', '2024-10-02'),
        line('eol', '8.0', null, { knownFrom: day('2024-10-02') }),
        line('eol', '8.0', '2029-10-31', { knownFrom: day('2025-09-17') }),
      ],
    });
    expect(lines[0]).toMatchObject({
      line: '8.0',
      ga: '2024-10-02',
      eol: { state: 'dated', day: '2029-10-31' },
      supportEnd: null,
    });
  });

  it('a claim on a shorter name speaks for the lines below it', () => {
    const node = { ...MONGODB, id: 'nodejs', versioning: 'semver' as const };
    const { lines } = buildHistory(node, {
      observedThrough: null,
      versions: [{ version: '24.1.0', prerelease: false, urgency: null }],
      claims: [line('eol', '24', '2028-04-30'), line('eol', '2', '2000-01-01')],
    });
    expect(lines[0]?.eol?.day).toBe('2028-04-30');
  });
});
