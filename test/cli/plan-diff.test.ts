import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/domain/day.ts';
import { aFolder, neap } from '../support/cli.ts';

const TEAM = `
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: redis, running: "8.2.9"}
policy: {staleAfter: 400, tolerance: 0.9}
modelChanges:
  - {id: one, store: redis, days: 2, notBefore: 2026-12-07, rerunnable: true, rollback: script}
  - {id: two, store: redis, days: 3, notBefore: 2027-01-11, priority: 4, rerunnable: true, rollback: script}
`;
const today = '2026-11-23';
type Window = { readonly id: string; readonly from: string };
interface Cause {
  readonly kind: string;
  readonly text: string;
  readonly moved: readonly string[];
}
interface Diff {
  readonly against: string;
  readonly since: string;
  readonly moved: readonly { readonly id: string; readonly fate: string; readonly after: string | null }[];
  readonly causes: readonly Cause[];
}

function aTeam() {
  const cwd = aFolder({ 'neap.yaml': TEAM });
  const around = { cwd, today };
  const run = (args: readonly string[], on = today) => neap(args, { cwd, today: on });
  const places = async (on = today) => {
    const { windows } = JSON.parse((await run(['plan', '--json'], on)).out) as { windows: readonly Window[] };
    return new Map(windows.map(({ id, from }) => [id, from]));
  };
  const edit = (change: (text: string) => string) =>
    writeFileSync(join(cwd, 'neap.yaml'), change(readFileSync(join(cwd, 'neap.yaml'), 'utf8')));
  const diff = async (on = today) => JSON.parse((await run(['plan', '--diff', '--json'], on)).out).diff as Diff;
  const planFile = () => readFileSync(join(cwd, 'neap.plan.yaml'), 'utf8');
  return { cwd, around, run, places, edit, diff, planFile };
}

describe('neap plan --publish', () => {
  it('writes the very proposals of the plan, says what moved since those before, and the same ones only once', async () => {
    const { run, places, edit, planFile } = aTeam();
    const first = await places();
    const { code, out } = await run(['plan', '--publish']);
    expect([code, out]).toEqual([0, 'Published 2 proposals of 2026-11-23.\n']);
    const text = planFile();
    for (const [id, from] of first) expect(text).toContain(`    - {id: ${id}, from: ${from}}\n`);
    const again = await run(['plan', '--publish'], '2026-11-24');
    expect([again.code, again.out]).toEqual([0, 'Nothing to publish: 2 proposals, as published on 2026-11-23.\n']);
    expect(planFile()).toBe(text);

    const later = addDays(day(first.get('one') ?? ''), 1);
    edit((yaml) => yaml.replace('notBefore: 2026-12-07', `notBefore: ${later}`));
    const moved = (await run(['plan', '--publish'], '2026-11-24')).out;
    const next = (await places('2026-11-24')).get('one');
    expect(moved).toContain(
      `Published 2 proposals of 2026-11-24.\nSince the plan published on 2026-11-23:\none: ${first.get('one')} → ${next}\n`,
    );
    expect(moved).toContain('  neap.yaml or a decision was edited since 23 Nov, or facts came in late: one\n');
    const json = JSON.parse((await run(['plan', '--publish', '--json'], '2026-11-24')).out);
    expect(json).toMatchObject({ written: false, baseline: { on: '2026-11-24' }, diff: { moved: [] } });
  });

  it('holds no decided window, and leaves decisions as they are', async () => {
    const { run, planFile } = aTeam();
    await run(['accept', 'one']);
    const decided = planFile();
    expect((await run(['plan', '--publish'])).out).toBe('Published 1 proposal of 2026-11-23.\n');
    expect(planFile().startsWith(decided)).toBe(true);
    expect(planFile()).not.toContain('{id: one,');
  });

  it.each([
    [['--as-of', '2026-11-20'], 'what is published is the plan of today'],
    [['--diff'], '--publish and --diff do not go together'],
    [['--without', 'separation'], '--publish and --without do not go together'],
    [['--move', 'one', '2027-01-11'], '--publish and --move do not go together'],
  ])('is refused with %j', async (more, said) => {
    const { run, cwd } = aTeam();
    const { code, err } = await run(['plan', '--publish', ...more]);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(() => readFileSync(join(cwd, 'neap.plan.yaml'))).toThrow();
  });

  it('is refused for the example team, with a hint', async () => {
    const { code, err } = await neap(['plan', '--publish'], { cwd: aFolder(), today });
    expect([code, err]).toEqual([2, expect.stringContaining('neap init')]);
  });
});

describe('neap plan --diff', () => {
  it('compares with a week ago where nothing is published, else with what is', async () => {
    const { run, diff } = aTeam();
    expect((await run(['plan', '--diff'])).out).toMatch(
      /^Since a week ago, 2026-11-16 \(no plan is published; publish one with: neap plan --publish\):\n/,
    );
    expect(await diff()).toMatchObject({ against: 'earlier', since: '2026-11-16' });
    await run(['plan', '--publish']);
    expect((await run(['plan', '--diff'])).out).toBe(
      'Since the plan published on 2026-11-23:\nnothing moved; nothing changed\n',
    );
    expect(await diff('2026-11-30')).toMatchObject({ against: 'baseline', since: '2026-11-23', moved: [] });
  });

  it('names the decision made since, once, and what it moved', async () => {
    const { run, diff } = aTeam();
    await run(['plan', '--publish']);
    await run(['move', 'one', '--to', '2026-12-16'], '2026-11-24');
    const { moved, causes } = await diff('2026-11-24');
    expect(moved).toMatchObject([{ id: 'one', fate: 'moved', after: '2026-12-16' }]);
    const decisions = causes.filter(({ kind }) => kind === 'decision');
    expect(decisions).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(/^one: accepted (by \S+ )?for 16 to 17 Dec$/),
        moved: ['one'],
      }),
    ]);
  });

  it('says that the files were edited where they were, and moves nothing that the edit does not hit', async () => {
    const { run, diff, edit, places } = aTeam();
    await run(['plan', '--publish']);
    const before = await places();
    edit((text) => `${text}freezes: [{name: Stop, from: ${before.get('one')}, until: 2026-12-30, blocks: model}]\n`);
    const { moved, causes } = await diff();
    expect(moved.map(({ id }) => id)).toEqual(['one']);
    expect(causes.filter(({ kind }) => kind === 'edit').map(({ moved: ids }) => ids)).toEqual([['one']]);
    expect((await places()).get('two')).toBe(before.get('two'));
  });

  it('calls a proposal whose day passed undecided what it is', async () => {
    const { run, diff, places } = aTeam();
    await run(['plan', '--publish']);
    const next = addDays(day((await places()).get('one') ?? ''), 1);
    const { moved } = await diff(next);
    expect(moved).toMatchObject([{ id: 'one', fate: 'again' }]);
    expect((await run(['plan', '--diff'], next)).out).toContain('(not decided; proposed again)\n');
  });
});

it('a what-if shows the very plan there is once it is written', async () => {
  const { run, cwd, edit, places } = aTeam();
  await run(['plan', '--publish']);
  const later = addDays(day((await places()).get('one') ?? ''), 1);
  const change = `{id: one, notBefore: ${later}}`;
  writeFileSync(join(cwd, 'patch.yaml'), `modelChanges: [${change}]\n`);
  const { after } = JSON.parse((await run(['plan', '--what-if', 'patch.yaml', '--json'])).out) as {
    readonly after: { readonly windows: readonly Window[] };
  };
  edit((yaml) => yaml.replace('notBefore: 2026-12-07', `notBefore: ${later}`));
  expect(new Map(after.windows.map(({ id, from }) => [id, from]))).toEqual(await places());
});
