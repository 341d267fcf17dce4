import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { median } from '../../src/forecast/gap-model.ts';
import { openStore } from '../../src/store/sqlite.ts';

/** The same code as users get: bundled, not stripped of its types at each start. Lies in dist/, where its packages are found. */
const CHILD = resolve('dist/bench-ingest.js');

function bundleChild(): void {
  buildSync({
    entryPoints: [join(import.meta.dirname, 'ingest-child.ts')],
    outfile: CHILD,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['better-sqlite3', 'undici', 'write-file-atomic'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}

export interface Ingest {
  readonly releases: number;
  /** Milliseconds of the whole process, median. */
  readonly neap: number;
  /** The sqlite3 shell's `.import` of the same rows into the same two tables, median; `null` without a shell. */
  readonly shell: number | null;
  /** Most memory neap took, in MB. */
  readonly megabytes: number;
}

/** Reads so many releases from a file feed into a new database, beside the sqlite3 shell doing the writing alone; in turn, in `folder`. */
export function measureIngest(folder: string, releases: number, rounds: number): Ingest {
  const rows = Array.from({ length: releases }, (_, i) => ({
    version: `${Math.floor(i / 10_000)}.${Math.floor(i / 100) % 100}.${i % 100}`,
    date: new Date(Date.UTC(2000, 0, 1) + (i % 9000) * 86_400_000).toISOString().slice(0, 10),
  }));
  writeFileSync(join(folder, 'big.json'), JSON.stringify({ product: 'big', complete: true, releases: rows }));
  const csv = (line: (row: (typeof rows)[number]) => string) => `${rows.map(line).join('\n')}\n`;
  writeFileSync(
    join(folder, 'version.csv'),
    csv(({ version }) => `big,${version},0,file:big.json,,,2026-11-23`),
  );
  writeFileSync(
    join(folder, 'claim.csv'),
    csv(({ version, date }) => `big,file:big.json,${version},declared,${date},0,dated,${date},day,,1`),
  );
  bundleChild();
  openStore(join(folder, 'empty.db')).close();
  const [neap, shell, memory]: [number[], number[], number[]] = [[], [], []];
  const hasShell = spawnSync('sqlite3', ['--version']).status === 0;
  for (let round = 0; round < rounds; round++) {
    clean(folder, 'neap.db');
    const begun = performance.now();
    const said = JSON.parse(
      execFileSync(process.execPath, [CHILD, join(folder, 'neap.db'), folder], { encoding: 'utf8' }),
    );
    neap.push(performance.now() - begun);
    if (said.added !== releases) throw new Error(`${said.added} of ${releases} releases were taken`);
    memory.push(said.kB / 1024);
    if (hasShell) shell.push(importByShell(folder));
  }
  clean(folder, 'neap.db');
  rmSync(CHILD);
  return {
    releases,
    neap: median(neap),
    shell: hasShell ? median(shell) : null,
    megabytes: Math.max(...memory),
  };
}

function importByShell(folder: string): number {
  clean(folder, 'shell.db');
  copyFileSync(join(folder, 'empty.db'), join(folder, 'shell.db'));
  // An empty cell is no NULL to the shell, so it is spared the checks that neap's own writing keeps.
  const lines = [
    'pragma foreign_keys = off',
    'pragma ignore_check_constraints = on',
    'pragma synchronous = normal',
    '.mode csv',
    '.import version.csv version',
    '.import claim.csv claim',
  ];
  const begun = performance.now();
  execFileSync('sqlite3', [join(folder, 'shell.db'), ...lines], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ms = performance.now() - begun;
  const count = execFileSync('sqlite3', [join(folder, 'shell.db'), 'select count(*) from claim'], { encoding: 'utf8' });
  if (Number(count) === 0) throw new Error('the shell imported nothing');
  return ms;
}

function clean(folder: string, name: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, name + end), { force: true });
}
