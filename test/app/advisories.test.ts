import { describe, expect, it } from 'vitest';
import { overviewOf, withSession } from '../../src/cli/session.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Reading } from '../../src/domain/reading.ts';
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

describe('advisories a feed told', () => {
  it('are planned for and shown like those that ship, from the day they were heard of', async () => {
    const { terminal } = aTerminal({ cwd: aFolder({ 'neap.yaml': stack('7.2.16') }), today: '2026-11-20' });
    await withSession({}, terminal, (session) => {
      const told = { severity: 'CRITICAL', summary: 'Told', affected: ['>=7.2.0 <7.2.17'], fixed: ['7.2.17'] };
      const value = JSON.stringify({ ...told, published: '2026-11-19', withdrawn: null });
      const reading: Reading = {
        source: { id: 'osv', name: 'OSV', origin: 'osv.dev', licence: 'CC-BY-4.0' },
        accepted: [],
        rejected: [],
        lineClaims: [],
        complete: false,
        facts: [{ subject: 'CVE-2026-99999', key: 'advisory', value }],
      };
      session.store.save({ product: 'redis', feed: 'osv', via: 'sync', readOn: session.today, reading });
      const advisories = overviewOf(session).lanes[0]?.advisories;
      expect(advisories?.find(({ id }) => id === 'CVE-2026-99999')).toMatchObject({
        severity: 'critical',
        published: '2026-11-19',
        title: 'Told',
      });
      const yesterday = overviewOf({ ...session, asOf: addDays(session.asOf, -1) }).lanes[0]?.advisories;
      expect(yesterday?.map(({ id }) => id)).not.toContain('CVE-2026-99999');
    });
  });
});
