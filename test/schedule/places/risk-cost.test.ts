import { expect, it } from 'vitest';
import { costOf } from '../../../src/schedule/places/risk-cost.ts';

it('counts whole millionths without a step, and with one whole steps rounded down', () => {
  expect([0, 0.0000014, 0.123456789, 1].map((risk) => costOf(risk, 0))).toEqual([0, 1, 123457, 1_000_000]);
  expect([0, 0.0099, 0.01, 0.0199, 0.129, 1].map((risk) => costOf(risk, 0.01))).toEqual([
    0, 0, 10_000, 10_000, 120_000, 1_000_000,
  ]);
  // 0.29 is not quite 29 hundredths in binary; a step of one says that all chances the rules allow are equal.
  expect([costOf(0.29, 0.01), costOf(0.99, 1), costOf(0.5, 1e-9)]).toEqual([290_000, 0, 500_000]);
});
