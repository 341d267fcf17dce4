import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSession, overviewOf } from '../../src/cli/session.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { aFolder, aTerminal, neap } from '../support/cli.ts';

/** More teams: NEAP_SEEDS=200; from another seed on: NEAP_SEED=17. */
const FIRST = Number(process.env.NEAP_SEED ?? 1);
const COUNT = Number(process.env.NEAP_SEEDS ?? 4);

/** Numbers 0..1 from a seed (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const [PUBLISHED, NOW] = ['2026-11-10', '2026-11-23'];

/** A neap.yaml with one or two engines, some model changes, perhaps an upgrade and a freeze. */
function aTeamOf(seed: number): string {
  const next = numbersOf(seed);
  const pick = <T>(...from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const chance = (share: number) => next() < share;
  const mongodb = `  - {product: mongodb, running: "7.0.${pick(14, 25, 31)}", edition: community, fcv: "7.0", platform: ubuntu-22.04}
  - {product: mongodb-driver, running: "6.20.0", range: ~6.20.0, for: mongodb}
  - {product: mongoose, running: "8.19.1", range: ${pick('~8.19.1', '^8.19.1')}, for: mongodb}\n`;
  const redis = `  - {product: redis, running: "${pick('7.2.6', '8.2.2')}", platform: ubuntu-22.04}
  - {product: ioredis, running: "5.8.1", range: ${pick('^5.8.1', '~5.8.1')}, for: redis}\n`;
  const stores = pick(['mongodb'], ['redis'], ['mongodb', 'redis'], ['mongodb', 'redis']);
  const changes = Array.from({ length: 2 + Math.floor(next() * 4) }, (_, index) => {
    const type = pick('', '', ', type: add-index', ', type: split-field');
    const after = index > 0 && chance(0.3) ? `, after: [change-${index - 1}]` : '';
    const start = chance(0.3) ? `, notBefore: ${addDays(day('2026-12-01'), Math.floor(next() * 60))}` : '';
    return `  - {id: change-${index}, store: ${pick(...stores)}, models: [Model${index}], days: ${1 + Math.floor(next() * 3)}, effort: ${1 + Math.floor(next() * 4)}, priority: ${1 + Math.floor(next() * 5)}, rerunnable: true, rollback: script${type}${after}${start}}\n`;
  });
  return [
    `team: {name: Team ${seed}, timezone: Europe/Paris, sprint: {start: 2026-11-23, days: ${pick(7, 14, 21)}, first: 1, capacity: ${pick(6, 12, 30)}}}\n`,
    `stack:\n${stores.includes('mongodb') ? mongodb : ''}${stores.includes('redis') ? redis : ''}`,
    `policy: {staleAfter: 400, tolerance: ${pick(0.2, 0.5)}}\n`,
    `modelChanges:\n${changes.join('')}`,
    stores.includes('mongodb') && chance(0.5) ? 'upgrades: [{store: mongodb, to: "8.0"}]\n' : '',
    chance(0.5) ? 'freezes: [{name: Year end, from: 2026-12-18, until: 2027-01-04, blocks: all}]\n' : '',
  ].join('');
}

interface Window {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly state: string;
}

const placesOf = (windows: readonly Window[]) =>
  windows.map(({ id, from, until, state }) => `${id} ${state} ${from} ${until}`).sort();

type Run = (...args: readonly string[]) => Promise<string>;

function runIn(cwd: string, today = NOW): Run {
  // Paths are the only thing that may differ between two copies.
  return async (...args) => (await neap(args, { cwd, today })).out.replaceAll(cwd, '');
}

/** The windows as every face of the program gives them. */
async function facesOf(cwd: string, run: Run): Promise<Readonly<Record<string, readonly string[]>>> {
  const json = async (...args: readonly string[]) => JSON.parse(await run(...args, '--json'));
  const report = await json('report');
  const session = await openSession({}, aTerminal({ cwd, today: NOW }).terminal);
  try {
    return {
      plan: placesOf((await json('plan')).windows),
      report: placesOf([
        ...report.sprints.flatMap(({ windows }: { readonly windows: readonly Window[] }) => windows),
        ...report.later,
      ]),
      export: placesOf((await json('export')).windows),
      agenda: placesOf((await json('agenda')).plan.windows),
      calendar: placesOf(overviewOf(session).plan.windows),
    };
  } finally {
    session.store.close();
  }
}

const SEEDS = Array.from({ length: COUNT }, (_, index) => FIRST + index);

it.each(SEEDS)(
  'team %i has one plan, from every command and in a fresh copy of its folder',
  async (seed) => {
    const cwd = aFolder({ 'neap.yaml': aTeamOf(seed) });
    const before = runIn(cwd, PUBLISHED);
    // A history that a database could remember: plans of other days, one published, one window decided since.
    await before('plan');
    await before('plan', '--publish');
    const decided = runIn(cwd, '2026-11-17');
    if (seed % 2 === 0) {
      const { windows } = JSON.parse(await decided('plan', '--json')) as { readonly windows: readonly Window[] };
      const ahead = windows.filter(({ state, from }) => state === 'proposed' && from > NOW);
      const chosen = ahead[seed % Math.max(1, ahead.length)];
      if (chosen !== undefined) await decided('accept', chosen.id);
    }
    await decided('plan', '--diff');

    const run = runIn(cwd);
    const { plan, ...faces } = await facesOf(cwd, run);
    expect(plan?.length).toBeGreaterThan(0);
    for (const [face, windows] of Object.entries(faces)) expect(windows, face).toEqual(plan);

    const clone = aFolder();
    for (const file of ['neap.yaml', 'neap.plan.yaml']) {
      if (existsSync(join(cwd, file))) copyFileSync(join(cwd, file), join(clone, file));
    }
    const there = runIn(clone);
    expect(placesOf(JSON.parse(await there('plan', '--json')).windows)).toEqual(plan);
    const item = plan?.[0]?.split(' ')[0] ?? '';
    for (const args of [['status'], ['plan', '--diff'], ['report'], ['gate', '--json'], ['agenda'], ['why', item]]) {
      expect(await there(...args), args.join(' ')).toBe(await run(...args));
    }

    // What was just published is where the plan stays.
    await run('plan', '--publish');
    expect(placesOf(JSON.parse(await run('plan', '--json')).windows)).toEqual(plan);
  },
  60_000,
);
