import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { addDays, day } from '../../src/domain/day.ts';
import { numbersOf } from '../schedule/instances.ts';

/** The day of the bundle: everything is fresh on it. */
const ASOF = day('2026-11-22');
const WORK = 300;
/** The engines the work is for, and what no team plans with. */
const STORES = ['mongodb', 'redis', 'postgresql', 'mysql', 'elasticsearch', 'apache-cassandra', 'clickhouse', 'neo4j'];
const LEFT_OUT = ['debian'];

/** A team with forty products of the bundle and three hundred pieces of work in eight stores, in a folder of its own. */
export function largeTeam(home: string): string {
  const folder = join(home, 'large');
  mkdirSync(join(folder, '.git'), { recursive: true });
  const next = numbersOf(WORK);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const products = readdirSync('data/histories')
    .map((name) => name.replace(/\.json$/, ''))
    .filter((id) => !LEFT_OUT.includes(id))
    .slice(0, 40);
  const modelChanges = Array.from({ length: WORK }, (_, i) => ({
    id: `change-${i}`,
    store: STORES[i % STORES.length],
    models: [`Model${i}`],
    from: '1.0.0',
    to: '1.1.0',
    days: int(1, 4),
    effort: int(1, 5),
    priority: int(1, 5),
    rollback: 'script',
    rerunnable: true,
    // Every ninth has no day of its own: its deadline lies in the first days' freeze.
    ...(i % 9 === 4 ? { deadline: addDays(ASOF, 3) } : {}),
  }));
  const effort = modelChanges.reduce((sum, change) => sum + change.effort, 0);
  const config = {
    team: {
      name: 'Large',
      sprint: { start: '2026-11-16', days: 14, first: 1, capacity: Math.ceil(effort / 0.85 / 13) },
    },
    stack: products.map((product) => ({ product })),
    policy: { staleAfter: 400, tolerance: 0.6 },
    freezes: [{ name: 'Start', from: ASOF, until: addDays(ASOF, 4), blocks: 'all' }],
    modelChanges,
  };
  writeFileSync(join(folder, 'neap.yaml'), stringify(config));
  return folder;
}
