import { describe, expect, it } from 'vitest';
import { aWeeklyReport } from '../support/weekly.ts';

describe('the weekly report', () => {
  const report = aWeeklyReport();

  it('tells what came out and whose date was rewritten', () => {
    expect(report.released.map(({ product, version }) => `${product} ${version}`)).toEqual([
      'Mongoose 8.20.0',
      'Redis 8.4.0',
      'BullMQ 5.61.1',
    ]);
    expect(report.redated).toEqual([
      { product: 'Mongoose', version: '8.20.0', from: '2026-11-15', to: '2026-11-18', source: 'mongoose-notes' },
    ]);
  });

  it('tells what moved and which input did it', () => {
    expect(report.moved).toEqual([
      {
        id: 'session-ttl',
        title: 'sessions: expire by TTL index',
        before: { from: '2026-12-11', until: '2026-12-13' },
        after: { from: '2026-12-14', until: '2026-12-16' },
        because: ['freeze Peak: added: from 2026-12-11'],
      },
    ]);
  });

  it('shows each window once: in this sprint, the next, or later', () => {
    const shown = [...report.sprints.flatMap(({ windows }) => windows), ...report.later].map(({ id }) => id);
    expect(shown.length).toBeGreaterThan(3);
    expect(new Set(shown).size).toBe(shown.length);
    expect(report.sprints.map(({ until }) => until)[0]).toBe(report.sprints[1]?.from);
  });

  it('keeps the reasons for work without a place, and what would free it', () => {
    expect(report.unplaced[0]?.blockers.map(({ rule }) => rule)).toEqual(['separation', 'patch-only']);
    expect(report.unplaced[0]?.wouldFree).toEqual(['a deadline of 26 Mar 2027 instead of 26 Feb 2027']);
  });
});
