import { expect, it } from 'vitest';
import { percent, percentsApart, readsAlike, shareText } from '../../src/domain/percent.ts';

it('says a chance in few characters, and 0 and 100 only where it is so', () => {
  const chances = [0, 0.0000001, 0.00099, 0.001, 0.004, 0.0094, 0.0096, 0.01, 0.124, 0.99, 0.995, 0.9999999, 1];
  expect(chances.map(percent)).toEqual([
    '0 %',
    '<0.1 %',
    '<0.1 %',
    '0.1 %',
    '0.4 %',
    '0.9 %',
    '1 %',
    '1 %',
    '12 %',
    '99 %',
    '>99 %',
    '>99 %',
    '100 %',
  ]);
});

it('tells two chances apart that would read the same', () => {
  expect([percentsApart(0.203, 0.2), percentsApart(0.2003, 0.2), percentsApart(0.4, 0.2)]).toEqual([
    ['20.3 %', '20 %'],
    ['20.03 %', '20 %'],
    ['40 %', '20 %'],
  ]);
  expect(percentsApart(0.2 + 1e-9, 0.2)).toEqual(['20 %', '20 %']);
});

it('says nothing of chances that read the same however they are compared', () => {
  expect(percentsApart(0.0003, 0.0008)).toEqual(['<0.1 %', '<0.1 %']);
  expect(percentsApart(0.99991, 0.999999)).toEqual(['99.99 %', '>99 %']);
  const pairs = [
    [0.0003, 0.0008],
    [0.2, 0.2 + 1e-9],
    [0.203, 0.2],
    [0.0008, 0.004],
  ] as const;
  expect(pairs.map(([a, b]) => readsAlike(a, b))).toEqual([true, true, false, false]);
});

it('says a share with what was counted', () => {
  expect([shareText(3, 43), shareText(0, 12), shareText(45, 512, 'sprints'), shareText(0, 0)]).toEqual([
    '7.0 % (3 of 43)',
    '0.0 % (0 of 12)',
    '8.8 % (45 of 512 sprints)',
    '–',
  ]);
});
