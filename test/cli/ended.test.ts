import { expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

/** A team on MongoDB 8.2, whose support ended on 2026-07-31. */
const TEAM = (upgrades: string) => `
team: {name: Ended, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack: [{product: mongodb, running: "8.2.3", edition: community, fcv: "8.2"}]
policy: {staleAfter: 400}
${upgrades}`;
const SAID = 'MongoDB 8.2 has had no support since 2026-07-31, and neap.yaml plans no upgrade of mongodb';

it.each(['plan', 'status', 'agenda', 'report'])(
  'neap %s says that an engine has ended and nothing is planned',
  async (command) => {
    const { out, err } = await neap([command], { cwd: aFolder({ 'neap.yaml': TEAM('') }) });
    expect((out + err).replaceAll('\\', '')).toContain(SAID);
    const planned = await neap([command], {
      cwd: aFolder({ 'neap.yaml': TEAM('upgrades: [{store: mongodb, to: "8.3"}]') }),
    });
    expect(planned.out + planned.err).not.toContain('has had no support');
  },
);
