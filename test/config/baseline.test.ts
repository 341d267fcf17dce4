import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  publishBaseline,
  readPlanFile,
  removeDecisions,
  replaceBaseline,
  writeDecisions,
} from '../../src/config/plan-file.ts';
import type { Baseline } from '../../src/domain/baseline.ts';
import { day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';

function aFile(text?: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'neap-baseline-')), 'neap.plan.yaml');
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

function aBaseline(on: string, ...proposals: (readonly [string, string])[]): Baseline {
  return { on: day(on), proposals: proposals.map(([id, from]) => ({ id, from: day(from) })) };
}

const DECISION: Decision = {
  item: 'c',
  step: null,
  state: 'accepted',
  from: day('2026-12-01'),
  until: day('2026-12-03'),
  by: 'kim',
  on: day('2026-11-23'),
  reason: null,
};
const DECIDED = `# ours

decisions:
  # c is easy
  - {item: c, state: accepted, from: 2026-12-01, until: 2026-12-03, by: kim, on: 2026-11-23} # said kim
`;
const read = (path: string) => readFileSync(path, 'utf8');

describe('the baseline of neap.plan.yaml', () => {
  it('is written a line a proposal, by id, into a file that is made for it', async () => {
    const path = aFile();
    expect(await publishBaseline(path, aBaseline('2026-11-23', ['b/expand', '2026-12-07'], ['a', '2026-12-01']))).toBe(
      true,
    );
    expect(read(path).replace(/^#.*\n/gm, '')).toBe(`baseline:
  on: 2026-11-23
  proposals:
    - {id: a, from: 2026-12-01}
    - {id: b/expand, from: 2026-12-07}
`);
    expect(read(path)).toMatch(/^# What the team decided/);
    expect(readPlanFile(path)).toEqual({
      decisions: [],
      baseline: aBaseline('2026-11-23', ['a', '2026-12-01'], ['b/expand', '2026-12-07']),
    });
  });

  it('leaves decisions and comments as they are, and decisions leave it', async () => {
    const path = aFile(DECIDED);
    const first = aBaseline('2026-11-23', ['a', '2026-12-01'], ['b', '2026-12-07']);
    await publishBaseline(path, first);
    expect(read(path).startsWith(DECIDED)).toBe(true);
    const commented = read(path).replace('    - {id: b,', '    # b waits for the ticket\n    - {id: b,');
    writeFileSync(path, commented);
    await publishBaseline(path, aBaseline('2026-11-30', ['b', '2026-12-14'], ['0', '2026-12-02']));
    expect(read(path)).toBe(
      `${DECIDED}baseline:\n  on: 2026-11-30\n  proposals:\n    - {id: 0, from: 2026-12-02}\n    # b waits for the ticket\n    - {id: b, from: 2026-12-14}\n`.replace(
        'id: 0,',
        'id: "0",',
      ),
    );
    const { baseline } = readPlanFile(path);
    await writeDecisions(path, [{ ...DECISION, state: 'pinned' }]);
    expect(readPlanFile(path)).toEqual({ decisions: [{ ...DECISION, state: 'pinned' }], baseline });
    await removeDecisions(path, 'c', null);
    expect(readPlanFile(path)).toEqual({ decisions: [], baseline });
    expect(read(path)).toContain('# b waits for the ticket\n    - {id: b, from: 2026-12-14}\n');
  });

  it('is not written again where the same proposals are published, whatever the day', async () => {
    const path = aFile();
    await publishBaseline(path, aBaseline('2026-11-23', ['a', '2026-12-01'], ['b', '2026-12-07']));
    const before = read(path);
    expect(await publishBaseline(path, aBaseline('2026-11-30', ['b', '2026-12-07'], ['a', '2026-12-01']))).toBe(false);
    expect(read(path)).toBe(before);
    expect(await publishBaseline(path, aBaseline('2026-11-30', ['a', '2026-12-01']))).toBe(true);
    expect(readPlanFile(path).baseline).toEqual(aBaseline('2026-11-30', ['a', '2026-12-01']));
  });

  it('may hold no proposal, which is not the same as none published', async () => {
    const path = aFile();
    await publishBaseline(path, aBaseline('2026-11-23'));
    expect(read(path)).toContain('baseline:\n  on: 2026-11-23\n  proposals: []\n');
    expect(readPlanFile(path).baseline).toEqual(aBaseline('2026-11-23'));
    expect(await publishBaseline(path, aBaseline('2026-11-24', ['a', '2026-12-01']))).toBe(true);
    expect(read(path)).toContain('    - {id: a, from: 2026-12-01}\n');
  });

  it('is put back to the very bytes there were, unless somebody else published', async () => {
    const path = aFile(DECIDED);
    const [first, second] = [aBaseline('2026-11-23', ['a', '2026-12-01']), aBaseline('2026-11-24')];
    await publishBaseline(path, first);
    await replaceBaseline(path, first, null);
    expect(read(path)).toBe(DECIDED);
    await publishBaseline(path, second);
    await expect(replaceBaseline(path, first, null)).rejects.toThrow('somebody published another plan since');
    expect(readPlanFile(path).baseline).toEqual(second);
    const none = aFile();
    await replaceBaseline(none, null, null);
    expect(existsSync(none)).toBe(false);
  });

  it.each([
    ['a day that is none', 'baseline: {on: 2026-02-30, proposals: []}\n', '1:16'],
    ['a first day that is none', 'baseline:\n  on: 2026-11-23\n  proposals:\n    - {id: a, from: soon}\n', '4:21'],
    [
      'a window twice',
      'baseline:\n  on: 2026-11-23\n  proposals:\n    - {id: a, from: 2026-12-01}\n    - {id: a, from: 2026-12-02}\n',
      '5:12',
    ],
    ['a key nobody knows', 'baseline: {on: 2026-11-23, proposals: [], by: kim}\n', '1:43'],
    ['no day', 'decisions: []\nbaseline: {proposals: []}\n', '2:11'],
  ])('with %s is an error at its place, and nothing is written', async (_, text, place) => {
    const path = aFile(text);
    expect(() => readPlanFile(path)).toThrow(expect.objectContaining({ name: 'Problem', where: `${path}:${place}` }));
    await expect(publishBaseline(path, aBaseline('2026-11-23'))).rejects.toMatchObject({ name: 'Problem' });
    expect(read(path)).toBe(text);
  });

  it.each(['baseline:\n', 'decisions:\nbaseline:\n'])('is none where its key holds nothing: %j', (text) => {
    expect(readPlanFile(aFile(text))).toEqual({ decisions: [], baseline: null });
  });
});
