import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each folder of src/ may import besides itself: folders, or single files. Read top to bottom, it is the design. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  versioning: ['domain'],
  ledger: ['domain', 'versioning'],
  forecast: ['domain'],
  policy: ['domain', 'versioning'],
  upgrade: ['domain', 'versioning'],
  detect: ['domain'],
  schedule: ['domain', 'versioning', 'policy', 'upgrade'],
  // May this ship on that day? The planner's rules, asked of a plan and of a day instead of a window.
  gate: ['domain', 'versioning', 'policy', 'schedule/work/model-changes.ts'],
  catalogue: ['domain'],
  config: ['domain', 'versioning', 'policy/series.ts', 'policy/change-types.ts', 'policy/sprints.ts'],
  feeds: ['domain', 'versioning'],
  store: ['domain'],
  report: [
    'domain',
    'upgrade',
    'forecast/lifecycle.ts',
    'ledger/disagreements.ts',
    'ledger/news.ts',
    'policy/rules.ts',
    'export/csv-text.ts',
  ],
  // Reports put where people look.
  publish: [
    'domain',
    'feeds/decode.ts',
    'feeds/github/address.ts',
    'feeds/github/client.ts',
    'feeds/github/problems.ts',
    'feeds/github/settings.ts',
    'feeds/http/address.ts',
    'feeds/http/http.ts',
  ],
  // The plan in the formats of other programs.
  export: ['domain'],
  tui: ['domain'],
  app: [
    'domain',
    'versioning',
    'ledger',
    'forecast',
    'policy',
    'schedule',
    'upgrade',
    // The line that comes first everywhere says what the gate says.
    'gate/judge.ts',
    'detect',
    'feeds/feed.ts',
    'feeds/http/http.ts',
    'store/store.ts',
  ],
  cli: [
    'domain',
    'app',
    'catalogue',
    'config',
    'export',
    'feeds',
    'forecast',
    'gate',
    'ledger',
    'policy',
    'publish',
    'report',
    'store',
    'tui',
    'upgrade',
    'detect',
    'versioning',
    'schedule/ask/diff.ts',
  ],
  bundle: ['domain', 'versioning', 'ledger', 'catalogue', 'feeds/nightly.ts', 'feeds/tag-forms.ts'],
  fit: ['domain', 'ledger', 'catalogue', 'store', 'forecast'],
  'main.ts': ['cli'],
  'build.ts': [],
};

/** The folders that may touch each outside thing. Whatever is not listed belongs to nobody. */
const OWNERS: Record<string, readonly string[]> = {
  '@redis/client': ['detect'],
  '@yarnpkg/parsers': ['detect'],
  mongodb: ['detect'],
  ajv: ['config', 'feeds', 'bundle'],
  'better-sqlite3': ['store'],
  commander: ['cli'],
  'csv-stringify': ['export'],
  'date-holidays': ['config'],
  esbuild: ['build.ts'],
  'ical.js': ['export'],
  ink: ['tui'],
  'jsonc-parser': ['domain'],
  luxon: ['cli', 'config'],
  'npm-registry-fetch': ['feeds'],
  '@npmcli/config': ['feeds'],
  octokit: ['feeds', 'publish'],
  picomatch: ['detect'],
  'p-limit': ['feeds', 'app'],
  feedsmith: ['feeds'],
  undici: ['feeds'],
  'xz-decompress': ['feeds'],
  react: ['tui'],
  semver: ['versioning', 'policy', 'upgrade', 'config', 'feeds', 'app', 'detect'],
  'string-width': ['tui', 'report'],
  'write-file-atomic': ['config', 'cli', 'app', 'bundle', 'feeds', 'fit'],
  yaml: ['config', 'app', 'cli', 'detect'],
};

/** Folders that never ask for the day, the environment or the disk: the same input gives the same bytes. */
const PURE = [
  'domain',
  'versioning',
  'ledger',
  'forecast',
  'policy',
  'upgrade',
  'schedule',
  'gate',
  'report',
  'export',
];
const IMPURE = /\bDate\.now\(|new Date\(\)|\bprocess\.|Math\.random\(|from 'node:|DateTime\.(now|local|utc)\(\)/;

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
  .map((entry) => relative('src', join(entry.parentPath, entry.name)));

describe('every source imports only what its folder may', () => {
  it.each(sources)('%s', (file) => {
    const folder = folderOf(file);
    const allowed = MAY_IMPORT[folder];
    expect(allowed, `src/${folder} is not in the table of this test: add it with what it may import`).toBeDefined();
    for (const target of importsOf(file)) {
      if (target.startsWith('.')) {
        const other = relative('src', join('src', file, '..', target));
        if (other.startsWith('../data/')) continue;
        const may = [folder, ...(allowed ?? [])];
        expect(may.includes(folderOf(other)) || may.includes(other), `${file} imports ${other}`).toBe(true);
      } else if (!target.startsWith('node:')) {
        expect(ownersOf(target), `${file} imports ${target}: who owns it?`).toContain(folder);
      }
    }
  });
});

it.each(sources.filter((file) => PURE.includes(folderOf(file))))('%s is pure', (file) => {
  expect(IMPURE.exec(code(file))?.[0]).toBeUndefined();
});

/**
 * What each part of src/schedule may import of the others; `plan.ts` and the rest of src may import all. Work has no
 * places yet, places are judged one by one, the search chooses among them, and the result says what was chosen.
 */
const FLOORS: Record<string, readonly string[]> = {
  work: [],
  places: ['work'],
  search: ['work', 'places'],
  ask: ['work', 'places'],
  result: ['work', 'places', 'search', 'ask'],
};

it.each(sources.filter((file) => file.startsWith('schedule/') && file.split('/').length > 2))(
  '%s keeps to its floor',
  (file) => {
    const floor = file.split('/')[1] ?? '';
    for (const target of importsOf(file).filter((one) => one.startsWith('.'))) {
      const other = relative('src', join('src', file, '..', target));
      if (!other.startsWith('schedule/')) continue;
      expect([floor, ...(FLOORS[floor] ?? [])], `${file} imports ${other}`).toContain(other.split('/')[1]);
    }
  },
);

/** Circles that are still there, each by the folder all of it lies in. A new one is a defect. */
const KNOWN_CIRCLES: readonly string[] = ['tui'];

it('no imports go in a circle', () => {
  const circles = circlesOf(new Map(sources.map((file) => [file, ownImportsOf(file)])));
  const unknown = circles.filter(
    (circle) => !KNOWN_CIRCLES.some((known) => circle.every((file) => folderOf(file) === known)),
  );
  expect(unknown).toEqual([]);
});

it('the picture of the floors in CONTRIBUTING.md has every folder above all that it may import', () => {
  const picture = /```floors\n([\s\S]*?)```/.exec(readFileSync('CONTRIBUTING.md', 'utf8'))?.[1] ?? '';
  const rows = picture.split('\n').map((row): readonly string[] => row.match(/[a-z]+/g) ?? []);
  const floorOf = (folder: string) => rows.findIndex((row) => row.includes(folder));
  for (const [folder, allowed] of Object.entries(MAY_IMPORT).filter(([name]) => !name.endsWith('.ts'))) {
    expect(floorOf(folder), `${folder} is not in the picture`).toBeGreaterThanOrEqual(0);
    for (const other of allowed.map(folderOf)) {
      expect(floorOf(folder), `${folder} stands above ${other}`).toBeLessThan(floorOf(other));
    }
  }
});

it('every folder in the table exists', () => {
  const folders = new Set(sources.map(folderOf));
  expect(Object.keys(MAY_IMPORT).filter((folder) => !folders.has(folder))).toEqual([]);
});

function importsOf(file: string): readonly string[] {
  const pattern = /^(?:import|export)\b[^;'=]*?\bfrom '([^'\n]+)'|^import '([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm;
  return [...code(file).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** Files of src/ that the file imports, types included: a circle of types is one to the reader too. */
function ownImportsOf(file: string): readonly string[] {
  return importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => relative('src', join('src', file, '..', target)))
    .filter((other) => !other.startsWith('..'));
}

/** Strongly connected components of more than one node (Tarjan 1972), each sorted. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      else if (!stack.includes(next)) continue;
      low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

it('a circle of three is found', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ]);
  expect(circlesOf(graph)).toEqual([['a', 'b', 'c']]);
});

function ownersOf(target: string): readonly string[] {
  const name = Object.keys(OWNERS).find((owned) => target === owned || target.startsWith(`${owned}/`));
  return name === undefined ? [] : (OWNERS[name] ?? []);
}

function code(file: string): string {
  return readFileSync(join('src', file), 'utf8');
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}
