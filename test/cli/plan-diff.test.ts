import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

const TEAM = `
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: redis, running: "8.2.9"}
policy: {staleAfter: 400, tolerance: 0.9}
modelChanges:
  - {id: one, store: redis, days: 2, rerunnable: true, rollback: script}
  - {id: two, store: redis, days: 3, priority: 4, rerunnable: true, rollback: script}
`;
const today = '2026-11-23';
type Window = { readonly id: string; readonly from: string };

/** A team with a plan that was kept. */
async function aTeam() {
  const cwd = aFolder({ 'neap.yaml': TEAM });
  const around = { cwd, today };
  const places = async () => {
    const { windows } = JSON.parse((await neap(['plan', '--json'], around)).out) as { windows: readonly Window[] };
    return new Map(windows.map(({ id, from }) => [id, from]));
  };
  const edit = (change: (text: string) => string) =>
    writeFileSync(join(cwd, 'neap.yaml'), change(readFileSync(join(cwd, 'neap.yaml'), 'utf8')));
  const diff = async () => JSON.parse((await neap(['plan', '--diff', '--json'], around)).out).diff;
  return { around, places, edit, diff };
}

describe('neap plan --diff', () => {
  it('has nothing to compare with at first, and nothing to say when nothing changed', async () => {
    const { around } = await aTeam();
    expect((await neap(['plan', '--diff'], around)).out).toMatch(/^No plan was kept before/);
    expect((await neap(['plan', '--diff'], around)).out).toBe(
      'Since the plan of 2026-11-23:\nnothing moved; nothing changed\n',
    );
  });

  it('moves what a new freeze hits, leaves the rest, and names the freeze', async () => {
    const { around, places, edit } = await aTeam();
    edit((text) => text.replace('priority: 4,', 'priority: 4, deadline: 2026-12-04,'));
    const before = await places();
    const from = before.get('one') ?? '';
    expect(from > '2026-12-04').toBe(true);
    edit((text) => `${text}freezes: [{name: Stop, from: ${from}, until: 2026-12-30, blocks: model}]\n`);
    const { out } = await neap(['plan', '--diff'], around);
    expect(out).toMatch(/^Since the plan of 2026-11-23:\none: .* → .*\n {4}calendar: freeze Stop /);
    const after = await places();
    expect(after.get('two')).toBe(before.get('two'));
    expect(after.get('one')).not.toBe(from);
  });

  it('names the decision, the rule and the fact', async () => {
    const { around, places, edit, diff } = await aTeam();
    await places();
    await neap(['move', 'one', '--to', '2026-12-08'], around);
    const decided = await diff();
    expect(decided.moved).toMatchObject([
      { id: 'one', causes: [{ kind: 'decision', text: expect.stringContaining('accepted 2026-12-08') }] },
    ]);

    edit((text) => text.replace('tolerance: 0.9', 'tolerance: 0.9, separation: 20'));
    const ruled = await diff();
    expect(ruled.moved).toEqual([]);
    expect(ruled.causes).toEqual([{ kind: 'rule', text: 'separation: 14 → 20', store: null, item: null }]);

    edit((text) => text.replace('running: "8.2.9"', 'running: "8.2.8"'));
    expect((await diff()).causes).toMatchObject([{ kind: 'fact', text: expect.stringContaining('redis runs: ') }]);
  });

  it('keeps proposals where they were when another place is only earlier', async () => {
    const { places, edit } = await aTeam();
    edit((text) => text.replace('{id: two,', '{id: two, notBefore: 2026-12-09,'));
    const before = await places();
    edit((text) => text.replace('notBefore: 2026-12-09, ', ''));
    const after = await places();
    // Redis has the same chance on no two days: only a calmer day would move it.
    expect([before.get('one'), after.get('one')]).toEqual([before.get('one'), before.get('one')]);
  });
});
