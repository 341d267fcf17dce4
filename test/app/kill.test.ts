import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays, day } from '../../src/domain/day.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { checkDatabase } from '../../src/store/upkeep.ts';

/** `NEAP_KILLS=100 npx vitest run test/app/kill.test.ts` is the whole measure; a check has time for fewer. */
const ROUNDS = Number(process.env.NEAP_KILLS ?? 6);
const IDS = ['one', 'two', 'three'];
const RELEASES = 2000;
const START = day('2026-01-01');

/** What a place says in one round: every release dated anew, and one more than the round before. */
function write(folder: string, round: number): void {
  const date = addDays(day('2020-01-01'), round);
  const releases = Array.from({ length: RELEASES + round }, (_, i) => ({ version: `1.${i}.0`, date }));
  for (const product of IDS) {
    writeFileSync(join(folder, `${product}.json`), JSON.stringify({ product, complete: true, releases }));
  }
}

/** Runs a sync and kills it `ms` after its first write began; null lets it end. Tells what it had said. */
async function run(args: readonly string[], ms: number | null): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '' && ms !== null) setTimeout(() => child.kill('SIGKILL'), ms);
    said += chunk.toString();
  });
  await new Promise((resolve) => child.on('close', resolve));
  return said;
}

test(`killed at ${ROUNDS} moments, the database holds of each feed the old or the new reading`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'neap-kill-'));
  const path = join(folder, 'neap.db');
  let [inside, killed] = [0, 0];
  try {
    write(folder, 0);
    await run([path, folder, START, ...IDS], null);
    const held = new Map(IDS.map((id) => [id, 0]));
    for (let round = 1; round <= ROUNDS; round += 1) {
      write(folder, round);
      // Spread over the three writes by a fixed sequence (the golden ratio's), so that each run tries other moments than the last round.
      const said = await run([path, folder, addDays(START, round), ...IDS], ((round * 0.618) % 1) * 60);
      if (said.endsWith('(')) inside += 1;
      if (said !== '()()()') killed += 1;

      expect(checkDatabase(path).damages).toEqual([]);
      const store = openStore(path);
      for (const id of IDS) {
        const { versions, claims } = store.ledger(id, null);
        const last = new Map(claims.map((claim) => [claim.subject, claim.day]));
        const days = new Set(last.values());
        expect(days.size, `${id}, round ${round}: words of several readings`).toBe(1);
        const now = versions.length - RELEASES;
        expect([...days]).toEqual([addDays(day('2020-01-01'), now)]);
        expect([held.get(id), round]).toContain(now);
        expect(store.readings(id)).toHaveLength(new Set([...(progress.get(id) ?? []), now]).size);
        progress.set(id, new Set([...(progress.get(id) ?? []), now]));
        held.set(id, now);
      }
      store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${killed} of ${ROUNDS} killed before their end, ${inside} inside a write`);
  expect(inside / ROUNDS).toBeGreaterThan(0.3);
}, 120_000);

/** Readings that each product must hold: one per round whose write came through. */
const progress = new Map<string, Set<number>>(IDS.map((id) => [id, new Set([0])]));
