import { expect, it } from 'vitest';
import { percent, percentsApart } from '../../src/domain/percent.ts';

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
