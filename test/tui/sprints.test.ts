import fc from 'fast-check';
import { expect, it } from 'vitest';
import { day, fromNumber, toNumber } from '../../src/domain/day.ts';
import { sprintAt } from '../../src/policy/sprints.ts';
import { sprintsOf } from '../../src/tui/sprints.ts';

const rhythm = {
  start: day('2026-11-30'),
  days: 14,
  first: 42,
  capacity: null,
  exceptions: [
    { start: day('2026-12-28'), days: 21 },
    { start: day('2027-02-01'), days: 7 },
  ],
};

it('numbers and starts sprints as the planner does, exceptions included', () => {
  const sprints = sprintsOf(rhythm);
  fc.assert(
    fc.property(fc.integer({ min: toNumber(day('2026-01-01')), max: toNumber(day('2028-01-01')) }), (number) => {
      const planned = sprintAt(rhythm, fromNumber(number));
      expect(sprints.numberOf(number)).toBe(planned.number);
      expect(fromNumber(sprints.startOf(planned.number))).toBe(planned.from);
      expect(fromNumber(sprints.startOf(planned.number + 1))).toBe(planned.until);
    }),
  );
});
