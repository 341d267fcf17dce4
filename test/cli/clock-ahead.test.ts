import { expect, it } from 'vitest';
import { aFolder, neap, OWN_TEAM } from '../support/cli.ts';

it('a decision or a baseline dated after today is said, and counts from its day on', async () => {
  const plan = `decisions:
  - {item: rename, state: pinned, from: 2026-12-07, until: 2026-12-09, on: 2026-11-25}
baseline: {on: 2026-11-25, proposals: []}
`;
  const cwd = aFolder({ 'neap.yaml': OWN_TEAM, 'neap.plan.yaml': plan });
  const said = 'neap.plan.yaml: rename, baseline dated after today, 2026-11-24, and not counted until then';
  const before = await neap(['plan'], { cwd, today: '2026-11-24' });
  expect([before.err.includes(said), before.out.includes('pinned')]).toEqual([true, false]);
  const after = await neap(['plan'], { cwd, today: '2026-11-25' });
  expect([after.err.includes('dated after'), after.out.includes('pinned')]).toEqual([false, true]);
});
