import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import {
  blocksSentence,
  blocksText,
  freeingTexts,
  laterText,
  NOTHING_FREES,
  riskCell,
  riskText,
} from '../../src/domain/plan-words.ts';

describe('the risk of a window', () => {
  it('is said of model changes alone, as unknown where nobody can say', () => {
    const windows = [
      { kind: 'model', risk: 0.051 },
      { kind: 'model', risk: 0 },
      { kind: 'model', risk: null },
      { kind: 'engine', risk: null },
      { kind: 'package', risk: null },
    ] as const;
    expect(windows.map(riskText)).toEqual(['risk 5 %', 'risk 0 %', 'risk unknown', null, null]);
    expect(windows.map(riskCell)).toEqual(['5 %', '0 %', 'unknown', null, null]);
  });
});

describe('work without a window', () => {
  it('waits from about a month on, or nobody can say when', () => {
    const work = { item: 'mongodb-9.0', title: 'MongoDB 9.0', because: '9.0 is not out yet' };
    expect(laterText({ ...work, from: day('2027-03-14') })).toBe('MongoDB 9.0: from about 2027-03, 9.0 is not out yet');
    expect(laterText({ ...work, from: null })).toBe('MongoDB 9.0: nobody can say when, 9.0 is not out yet');
  });

  it('says whether what would free it was worked out', () => {
    const longer = {
      kind: 'deadline',
      rule: 'deadline',
      text: 'a deadline of 26 Mar 2027 instead of 26 Feb 2027',
      key: 'modelChanges[x].deadline',
      from: '2027-02-26',
      to: '2027-03-26',
    } as const;
    expect(freeingTexts('x', null)).toEqual(['what would free it was not worked out: neap why x']);
    expect(freeingTexts('x', [])).toEqual([NOTHING_FREES]);
    expect(freeingTexts('x', [longer])).toEqual(['would free it: a deadline of 26 Mar 2027 instead of 26 Feb 2027']);
  });
});

it.each([
  [['package', 'model', 'engine'], 'all', 'Nothing ships.'],
  [['model'], 'model', 'No model change ships.'],
  [['engine', 'model'], 'model, engine', 'No model or engine change ships.'],
  [['disruption'], 'disruption', 'No burn-in or soak runs.'],
  [['model', 'engine', 'package', 'disruption'], 'all, disruption', 'Nothing ships. No burn-in or soak runs.'],
] as const)('a freeze of %j blocks %s', (blocks, text, sentence) => {
  expect([blocksText(blocks), blocksSentence(blocks)]).toEqual([text, sentence]);
});
