import { describe, expect, it } from 'vitest';
import { agendaText } from '../../src/report/agenda.ts';
import { planText } from '../../src/report/plan.ts';
import { shortDay, table, withPrecision } from '../../src/report/text.ts';
import { aHostileOverview } from '../support/hostile.ts';

it('text for terminals carries no escape sequence, whoever wrote the words', () => {
  for (const text of [agendaText(aHostileOverview()), planText(aHostileOverview().plan)])
    expect(text).not.toMatch(/[\x1b\x07\r\u202e]/);
});

describe('small words', () => {
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
