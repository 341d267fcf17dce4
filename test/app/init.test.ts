import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { detectStack, init } from '../../src/app/init.ts';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadConfig } from '../../src/config/load.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';

const { products } = loadCatalogue(dataDir());

function folder(files: Readonly<Record<string, unknown>> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'neap-init-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}

const stackOf = async (path: string) => (await loadConfig(path, { products, aroundYear: 2026 })).config.stack;

const MANIFEST = {
  dependencies: { mongodb: '^6.20.0', express: '^5.0.0' },
  devDependencies: { mongoose: '>=8.1 <9 || ^9', ioredis: 'latest' },
  optionalDependencies: { bullmq: '~5.58.0' },
};
const LOCK = {
  lockfileVersion: 3,
  packages: {
    'node_modules/mongodb': { version: '6.20.0' },
    'node_modules/mongoose': { version: '8.19.1' },
    'node_modules/mongoose/node_modules/mongodb': { version: '6.19.0' },
  },
};

/** The text without the `#` before its keys, and only that; prose has a space after it. */
const uncommented = (text: string) => text.replace(/^#(?=\w+:$| {2})/gm, '');

/** Nobody else answers. */
const quiet = { products, usual: ['mongodb', 'redis'], servers: [] };

it('detects ranges and locked versions', async () => {
  const dir = folder({ 'package.json': MANIFEST, 'package-lock.json': LOCK });
  const { packages, engines } = detectStack({ ...quiet, dir });
  expect(engines.map((engine) => engine.product.id)).toEqual(['mongodb', 'redis']);
  expect(packages).toEqual([
    { product: 'mongodb-driver', range: '^6.20.0', running: '6.20.0', store: 'mongodb' },
    { product: 'mongoose', range: '>=8.1 <9 || ^9', running: '8.19.1', store: 'mongodb' },
    { product: 'ioredis', range: null, running: null, store: 'redis' },
    { product: 'bullmq', range: '~5.58.0', running: null, store: 'redis' },
  ]);
});

describe('what is written loads', () => {
  it('with what was found and answered', async () => {
    const dir = folder({ 'package.json': MANIFEST, 'package-lock.json': LOCK });
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return question.startsWith('Which version of MongoDB') ? ' 8.0 ' : '';
    };
    const { path } = await init({ ...quiet, dir, ask });
    expect(asked).toEqual([
      'Which version of MongoDB runs in production? (Enter: leave it out)',
      'How is MongoDB deployed: standalone, replica-set, sharded? (Enter: leave it out)',
      'Which version of Redis runs in production? (Enter: leave it out)',
    ]);
    const stack = await stackOf(path);
    expect(stack.map(({ id, running, range, store }) => [id, running, range, store])).toEqual([
      ['mongodb', '8.0', null, null],
      ['redis', null, null, null],
      ['mongodb-driver', '6.20.0', '^6.20.0', 'mongodb'],
      ['mongoose', '8.19.1', '>=8.1 <9 || ^9', 'mongodb'],
      ['ioredis', null, null, 'redis'],
      ['bullmq', null, '~5.58.0', 'redis'],
    ]);
    expect(readFileSync(path, 'utf8')).toContain('{product: redis} # fill in what runs');
  });

  it('with nothing found and nobody to ask', async () => {
    const { path } = await init({ ...quiet, dir: folder(), ask: null });
    expect(await stackOf(path)).toEqual([]);
    expect(readFileSync(path, 'utf8')).toContain('  #- {product: redis, running: VERSION}');
  });

  it('with nothing found and one engine answered', async () => {
    const ask = async (question: string) => (question.startsWith('Which version of Redis') ? 'v7.2.6' : '');
    const { path } = await init({ ...quiet, dir: folder({ 'package.json': {} }), ask });
    expect((await stackOf(path)).map(({ id, running }) => [id, running])).toEqual([['redis', '7.2.6']]);
  });

  it('and so does each commented section', async () => {
    const dir = folder({ 'package.json': MANIFEST });
    const { path } = await init({ ...quiet, dir, ask: null });
    writeFileSync(path, uncommented(readFileSync(path, 'utf8')));
    const { config } = await loadConfig(path, { products, aroundYear: 2026 });
    expect([config.freezes.length, config.modelChanges.length, config.upgrades.length]).toEqual([1, 1, 1]);
    expect(config.policy).toEqual(DEFAULT_POLICY);
  });

  it('and holds every key of the default policy with its value, commented out', async () => {
    const { path } = await init({ ...quiet, dir: folder(), ask: null });
    const text = readFileSync(path, 'utf8');
    expect(parse(text)).toEqual({ stack: [] });
    expect(parse(uncommented(text)).policy).toEqual(DEFAULT_POLICY);
  });

  it('and so do engines to fill in, once their # goes', async () => {
    const { path } = await init({ ...quiet, dir: folder(), ask: null });
    const open = readFileSync(path, 'utf8')
      .replace('stack: []', 'stack:')
      .replace(/^ {2}#-/gm, '  -');
    expect(parse(open).stack).toEqual([
      { product: 'mongodb', running: 'VERSION' },
      { product: 'redis', running: 'VERSION' },
    ]);
  });
});

describe('it refuses', () => {
  it('to overwrite', async () => {
    const dir = folder({ 'neap.yaml': '# ours\n' });
    await expect(init({ ...quiet, dir, ask: null })).rejects.toMatchObject({ name: 'Problem', exitCode: 2 });
    expect(readFileSync(join(dir, 'neap.yaml'), 'utf8')).toBe('# ours\n');
  });

  it.each([
    ['an unknown word', '{\n  "a": x\n}', '2:8'],
    ['a trailing comma', '{\n  "a": 1,\n}', '3:1'],
    ['an end too soon', '{\n  "a": 1', '2:9'],
    ['no object', '[]', '1:1'],
  ])('a package.json with %s', async (_, content, place) => {
    const dir = folder({ 'package.json': content });
    const where = `${join(dir, 'package.json')}:${place}`;
    await expect(init({ ...quiet, dir, ask: null })).rejects.toMatchObject({ name: 'Problem', where });
    expect(existsSync(join(dir, 'neap.yaml'))).toBe(false);
  });

  it('an answer that is no version', async () => {
    const dir = folder();
    await expect(init({ ...quiet, dir, ask: async () => 'newest' })).rejects.toThrow('"newest" is not a version');
    expect(existsSync(join(dir, 'neap.yaml'))).toBe(false);
  });
});
