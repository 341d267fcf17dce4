import { describe, expect, it } from 'vitest';
import type { Overview } from '../../src/domain/overview.ts';
import { agendaText } from '../../src/report/agenda.ts';
import { md, weeklyMarkdown } from '../../src/report/markdown.ts';
import { planText } from '../../src/report/plan.ts';
import { percent, shortDay, table, withPrecision } from '../../src/report/text.ts';
import { anOverview } from '../support/overview.ts';

const HOSTILE =
  '\x1b[2J\x1b]0;owned\x07<img src=x onerror=alert(1)> [a](javascript:b) | **c** `d` @team \u202eevil\r\n# heading';

/** The same picture with hostile text wherever a person or a vendor chooses words. */
function hostile(): Overview {
  const overview = anOverview();
  return {
    ...overview,
    config: { ...overview.config, team: { ...overview.config.team, name: HOSTILE } },
    notices: [HOSTILE],
    plan: {
      ...overview.plan,
      windows: overview.plan.windows.map((window) => ({
        ...window,
        title: HOSTILE,
        reasons: [HOSTILE],
        wayBack: HOSTILE,
      })),
      unplaced: overview.plan.unplaced.map((entry) => ({
        ...entry,
        title: HOSTILE,
        blockers: entry.blockers.map((one) => ({ ...one, because: HOSTILE })),
      })),
    },
  };
}

describe('the weekly report', () => {
  it('begins with the status line and is the same bytes each time', () => {
    const overview = anOverview();
    const text = weeklyMarkdown(overview);
    expect(text.startsWith(md(overview.status))).toBe(true);
    expect(weeklyMarkdown(anOverview())).toBe(text);
    expect(text).toContain('week 2026-W47');
    expect(text).not.toMatch(/undefined|NaN|null/);
  });

  it('shows hostile names and lets them do nothing', () => {
    const text = weeklyMarkdown(hostile());
    expect(text).not.toMatch(/[\x1b\x07\r\u202e]/);
    expect(text).not.toMatch(/(^|[^\\])<img/);
    expect(text).not.toMatch(/\]\(javascript:/);
    expect(text).not.toMatch(/(^|[^\\])\*\*c/);
    expect(text).not.toContain('@team');
    expect(text.match(/^# /gm)?.length).toBe(1);
    for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
      expect(row.replaceAll('\\|', '').split('|').length).toBeGreaterThan(2);
    }
  });
});

it('text for terminals carries no escape sequence, whoever wrote the words', () => {
  for (const text of [agendaText(hostile()), planText(hostile().plan)]) expect(text).not.toMatch(/[\x1b\x07\r\u202e]/);
});

describe('small words', () => {
  it.each([
    [0, '0 %'],
    [0.004, '0.4 %'],
    [0.2, '20 %'],
    [1, '100 %'],
  ])('%d is %s', (value, text) => {
    expect(percent(value)).toBe(text);
  });

  it('days and precision', () => {
    expect(shortDay('2026-12-01')).toBe('Tue  1 Dec');
    expect([
      withPrecision('2024-09-01', 'month'),
      withPrecision('2024-09-01', 'quarter'),
      withPrecision(null, 'day'),
    ]).toEqual(['2024-09 (month)', '2024 Q3', 'unknown']);
  });

  it('columns stay aligned with wide characters', () => {
    expect(
      table([
        ['a', 'b'],
        ['漢字', 'c'],
      ]),
    ).toBe('a     b\n漢字  c\n');
  });
});
