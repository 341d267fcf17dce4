import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDecisions, readDecisions, writeDecisions } from '../../src/config/plan-file.ts';
import { replaceIfUnchanged } from '../../src/config/text-file.ts';
import { addDays, day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';

function aDecision(changes: Partial<Decision> = {}): Decision {
  const from = changes.from ?? day('2026-12-01');
  const base = { item: 'a', step: null, state: 'accepted', by: 'kim', on: day('2026-11-23'), reason: null } as const;
  return { ...base, from, until: addDays(from, 2), ...changes };
}

const planFile = () => join(mkdtempSync(join(tmpdir(), 'neap-plan-')), 'neap.plan.yaml');
const A = day('2026-12-01');
const B = day('2026-12-15');

function outcome(...decisions: Decision[]): readonly (readonly [string, string])[] {
  const path = planFile();
  writeFileSync(path, applyDecisions(null, decisions));
  return readDecisions(path).map((entry) => [entry.state, entry.from]);
}

describe('one decision for a step, beside its rejections', () => {
  it.each([
    ['a later one replaces', [aDecision(), aDecision({ from: B, state: 'pinned' })], [['pinned', B]]],
    [
      'rejections accumulate',
      [aDecision({ state: 'rejected' }), aDecision({ state: 'rejected', from: B })],
      [
        ['rejected', A],
        ['rejected', B],
      ],
    ],
    [
      'the same rejection once',
      [aDecision({ state: 'rejected' }), aDecision({ state: 'rejected' })],
      [['rejected', A]],
    ],
    [
      'accepting leaves rejections of other days',
      [aDecision({ state: 'rejected' }), aDecision({ from: B })],
      [
        ['rejected', A],
        ['accepted', B],
      ],
    ],
    ['accepting the rejected window', [aDecision({ state: 'rejected' }), aDecision()], [['accepted', A]]],
    ['rejecting the accepted window', [aDecision(), aDecision({ state: 'rejected' })], [['rejected', A]]],
    [
      'accepting a rejected window moves what was accepted',
      [aDecision({ from: B }), aDecision({ state: 'rejected' }), aDecision()],
      [['accepted', A]],
    ],
  ] as const)('%s', (_, decisions, expected) => {
    expect(outcome(...decisions)).toEqual(expected);
  });

  it('steps are apart', () => {
    expect(outcome(aDecision({ step: 'fcv' }), aDecision({ step: 'binaries' }))).toHaveLength(2);
  });
});

it('keeps comments with their entries', () => {
  const text = `# ours

decisions:
  # b was hard
  - item: b # see ticket
    state: accepted
    from: 2026-12-01
    until: 2026-12-02
    on: 2026-11-01
  # c is easy
  - {item: c, state: done, from: 2026-12-01, until: 2026-12-02, on: 2026-11-01} # done
# the end
`;
  const next = applyDecisions(text, [aDecision(), aDecision({ item: 'b', from: B })]);
  expect(next).toBe(`# ours

decisions:
  - item: a
    state: accepted
    by: kim
    on: 2026-11-23
    from: 2026-12-01
    until: 2026-12-03
  # b was hard
  - item: b # see ticket
    state: accepted
    from: 2026-12-15
    until: 2026-12-17
    on: 2026-11-23
    by: kim
  # c is easy
  - {item: c, state: done, from: 2026-12-01, until: 2026-12-02, on: 2026-11-01} # done

# the end
`);
});

const text = fc.stringMatching(/^[a-z0-9:#{}'"\-. é]{1,12}$/).filter((word) => word.trim() !== '');
const decision: fc.Arbitrary<Decision> = fc
  .record({
    item: text,
    step: fc.option(fc.constantFrom('prepare', 'binaries', 'fcv')),
    state: fc.constantFrom('accepted', 'pinned', 'rejected', 'done'),
    from: fc.nat({ max: 60 }).map((days) => addDays(A, days)),
    by: fc.option(text),
    reason: fc.option(text),
  })
  .map((entry) => ({ ...entry, until: addDays(entry.from, 2), on: A }));

describe('properties', () => {
  const path = planFile();
  const read = (content: string) => {
    writeFileSync(path, content);
    return readDecisions(path);
  };

  it('what is written is read back, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1, maxLength: 8 }), (decisions) => {
        const once = applyDecisions(null, decisions);
        const last = decisions.slice(-1);
        expect(read(once)).toEqual(expect.arrayContaining(last));
        expect(applyDecisions(once, last)).toBe(once);
      }),
    );
  });

  it('the order of decisions on different items leaves no trace', () => {
    fc.assert(
      fc.property(fc.uniqueArray(decision, { selector: (entry) => entry.item, maxLength: 6 }), (decisions) => {
        expect(applyDecisions(null, decisions.toReversed())).toBe(applyDecisions(null, decisions));
      }),
    );
  });
});

describe('the file', () => {
  it('is made with a header, and is empty when missing', async () => {
    const path = planFile();
    expect(readDecisions(path)).toEqual([]);
    await writeDecisions(path, []);
    expect(existsSync(path)).toBe(false);
    await writeDecisions(path, [aDecision()]);
    expect(readFileSync(path, 'utf8')).toMatch(/^# What the team decided/);
    expect(readDecisions(path)).toEqual([aDecision()]);
  });

  it.each(['', '# only this\n', 'decisions:\n'])('without entries holds none: %j', async (content) => {
    const path = planFile();
    writeFileSync(path, content);
    expect(readDecisions(path)).toEqual([]);
    await writeDecisions(path, [aDecision()]);
    expect(readDecisions(path)).toEqual([aDecision()]);
  });

  it('loses nothing when two write at once', async () => {
    const path = planFile();
    await Promise.all(['a', 'b', 'c'].map((item) => writeDecisions(path, [aDecision({ item })])));
    expect(readDecisions(path).map((entry) => entry.item)).toEqual(['a', 'b', 'c']);
  });

  it('is not written when somebody else changed it', async () => {
    const path = planFile();
    writeFileSync(path, '# theirs\n');
    await expect(replaceIfUnchanged(path, null, 'ours')).rejects.toThrow('changed by somebody else');
    expect(readFileSync(path, 'utf8')).toBe('# theirs\n');
  });

  it('that cannot be written is a Problem', async () => {
    await expect(writeDecisions('/nowhere/at/all/neap.plan.yaml', [aDecision()])).rejects.toMatchObject({
      name: 'Problem',
      where: '/nowhere/at/all/neap.plan.yaml',
    });
    const path = planFile();
    mkdirSync(path);
    await expect(writeDecisions(path, [aDecision()])).rejects.toMatchObject({ name: 'Problem', where: path });
  });

  it.each([
    ['YAML', 'decisions: [\n', '2:1'],
    ['state', 'decisions:\n  - {item: a, state: maybe, from: 2026-12-01, until: 2026-12-02, on: 2026-12-01}\n', '2:22'],
    ['days', 'decisions:\n  - {item: a, state: done, from: 2026-12-01, until: 2026-12-01, on: 2026-12-01}\n', '2:53'],
  ])('with malformed %s is left as it is', async (_, content, place) => {
    const path = planFile();
    writeFileSync(path, content);
    expect(() => readDecisions(path)).toThrow(expect.objectContaining({ name: 'Problem', where: `${path}:${place}` }));
    await expect(writeDecisions(path, [aDecision()])).rejects.toMatchObject({ name: 'Problem' });
    expect(readFileSync(path, 'utf8')).toBe(content);
  });
});
