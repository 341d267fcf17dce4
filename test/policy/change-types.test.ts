import { describe, expect, it } from 'vitest';
import { bumpOf, CHANGE_TYPES, changeTypeOf, phasesApart, saysTooLittle } from '../../src/policy/change-types.ts';

it.each([
  ['1.1.0', '2.0.0', 'major'],
  ['1.1.0', '1.2.0', 'minor'],
  ['1.1.0', '1.1.1', 'patch'],
  ['1.9.0', '1.10.0', 'minor'],
  ['2.0.0', '1.9.9', null],
  ['1.0.0', '1.0.0', null],
  ['1.0', '2.0', null],
  [null, '2.0.0', null],
])('from %s to %s is %s', (from, to, bump) => {
  expect(bumpOf(from, to)).toBe(bump);
});

describe('the table', () => {
  it('splits what drops something old after adding something new, and only that', () => {
    expect(phasesApart(changeTypeOf('split-field'))).toEqual(['expand', 'migrate', 'contract']);
    expect(phasesApart(changeTypeOf('add-field-with-default'))).toEqual([]);
    expect(phasesApart(changeTypeOf('remove-field'))).toEqual([]);
    expect(phasesApart(null)).toEqual([]);
  });

  it('demands a major wherever old code cannot go on', () => {
    for (const { id, phases, bump } of CHANGE_TYPES.values()) {
      if (phases.length === 3) expect([id, bump]).toEqual([id, 'major']);
    }
    expect(saysTooLittle('minor', 'major')).toBe(true);
    expect(saysTooLittle('major', 'minor')).toBe(false);
  });
});
