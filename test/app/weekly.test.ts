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
        fate: 'moved',
        before: '2026-12-11',
        after: '2026-12-14',
      },
    ]);
    expect(report.causes).toEqual([{ text: 'Peak moved from 18 Dec to 11 Dec', moved: ['session-ttl'] }]);
    expect(report.compared).toEqual({ with: 'week', on: report.since });
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
