import { describe, expect, it } from 'vitest';
import { overviewOf, withSession } from '../../src/cli/session.ts';
import { aFolder, aTerminal } from '../support/cli.ts';

const stack = (running: string) => `
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: redis, running: "${running}"}
  - {product: mongodb}
policy: {staleAfter: 400}
`;

function lanes(running: string, asOf: string) {
  const { terminal } = aTerminal({ cwd: aFolder({ 'neap.yaml': stack(running) }) });
  return withSession({ asOf }, terminal, (session) => overviewOf(session).lanes);
}

describe('advisories on the lanes', () => {
  it('are those what runs is open to, once they are published', async () => {
    const ids = (await lanes('7.2.6', '2026-11-22'))[0]?.advisories.map(({ id }) => id) ?? [];
    expect(ids).toContain('CVE-2025-49844');
    const before = (await lanes('7.2.6', '2025-10-02'))[0]?.advisories.map(({ id }) => id) ?? [];
    expect(before).not.toContain('CVE-2025-49844');
    const mended = (await lanes('7.2.16', '2026-11-22'))[0]?.advisories.map(({ id }) => id) ?? [];
    expect(mended).not.toContain('CVE-2025-49844');
  });

  it('are none where nobody says what runs', async () => {
    expect((await lanes('7.2.6', '2026-11-22'))[1]?.advisories).toEqual([]);
  });
});
