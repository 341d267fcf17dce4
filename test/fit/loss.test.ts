import { expect, test } from 'vitest';
import { lossOf } from '../../src/fit/loss.ts';
import { FEATURES } from '../../src/forecast/pool/features.ts';
import { Learner } from '../../src/forecast/pool/pool.ts';

const START = 18_000;

test('the slope of the loss is the loss’ own, checked by small steps', () => {
  const learner = new Learner();
  const days = [0, 80, 190, 270, 370, 455, 560, 640];
  const silences = days.flatMap((day, i) => {
    learner.add(START + day);
    const next = days[i + 1];
    if (i < 3 || next === undefined || learner.features === null) return [];
    return [{ features: learner.features, gap: next - day, looks: [0, 7, 14, 60] }];
  });
  const example = { product: 'x', days, silences, unit: 100 };
  const coefficients = FEATURES.map((_, f) => (f === 0 ? 1.1 : 0.05 * (f % 3)));
  const { gradient } = lossOf(example, coefficients);
  for (const f of FEATURES.keys()) {
    const step = 1e-5;
    const moved = (by: number) =>
      lossOf(
        example,
        coefficients.map((value, g) => (g === f ? value + by : value)),
      ).loss;
    expect(gradient[f]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 4);
  }
});
