import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import { type Chain, chainFor } from '../../src/upgrade/chain.ts';
import { actionsOf, wayBackActions } from '../../src/upgrade/commands.ts';
import { admission, compatOf } from '../../src/upgrade/compat.ts';
import { moveFor } from '../../src/upgrade/move.ts';
import type { Package } from '../../src/upgrade/packages.ts';
import type { ChainRequest } from '../../src/upgrade/request.ts';
import { TABLES } from '../../src/upgrade/tables.ts';
import { aPackage as beside, bundledHistory as history, bundledProduct as product } from '../support/bundled.ts';

const asOf = day('2026-11-22');

function request(running: string, to: string, more: Partial<ChainRequest> = {}, engine = 'mongodb'): ChainRequest {
  return {
    store: engine,
    product: product(engine),
    history: history(engine),
    running,
    to,
    edition: 'community',
    topology: null,
    platform: null,
    fcv: null,
    packages: [],
    runtime: null,
    asOf,
    policy: DEFAULT_POLICY.engineUpgrades,
    tables: TABLES,
    ...more,
  };
}

function chain(...given: Parameters<typeof request>): Chain {
  const result = chainFor(request(...given));
  if (result.kind !== 'chain') throw new Error(JSON.stringify(result));
  return result.chain;
}

const ids = ({ steps }: Chain) => steps.map(({ id }) => id);

/**
 * Walks a chain day by day in its order and lists every pair of package and engine line that meets: independent of how the chain was made.
 */
function meetings({ lines, steps }: Chain, packages: readonly Package[]) {
  const running = new Map(packages.map((one) => [one.product.id, one.running ?? '']));
  let line = lines[0] ?? '';
  const met: { readonly name: string; readonly version: string; readonly line: string; readonly fit: string }[] = [];
  const look = () => {
    for (const [id, version] of running) {
      const compat = compatOf(TABLES, id);
      if (compat !== null) met.push({ name: id, version, line, fit: admission(compat, id, version, line).fit });
    }
  };
  look();
  for (const step of steps) {
    for (const change of step.changes) running.set(change.product, change.to);
    if (step.kind === 'binaries') line = step.to;
    look();
  }
  return met;
}

describe('what mongoose admits', () => {
  const mongoose = compatOf(TABLES, 'mongoose');
  const admits = (version: string, line: string) =>
    mongoose === null ? null : admission(mongoose, 'mongoose', version, line).fit;

  it('8.19 to 8.24 and 9.0 to 9.7 stop at 8.2', () => {
    for (const version of ['8.19.1', '8.22.0', '8.24.10', '9.0.0', '9.4.1', '9.7.3']) {
      expect([version, admits(version, '8.2'), admits(version, '8.3'), admits(version, '9.0')]).toEqual([
        version,
        'yes',
        'untested',
        'untested',
      ]);
    }
  });

  it('9.8 reaches 9.0, and from 9.10 on servers below 4.4 are refused', () => {
    expect([admits('9.8.0', '9.0'), admits('9.8.0', '4.2')]).toEqual(['yes', 'yes']);
    expect([admits('9.10.0', '9.0'), admits('9.10.0', '4.4'), admits('9.10.0', '4.2')]).toEqual(['yes', 'yes', 'no']);
  });
});

describe('a stack with mongoose 8.19', () => {
  const packages = [beside('mongoose', '8.19.1'), beside('mongodb-driver', '6.20.0')];

  it('goes from MongoDB 7.0 to 9.0 with new packages before the hop they are needed for', () => {
    const found = chain('7.0.31', '9.0', { packages });
    expect(found.lines).toEqual(['7.0', '8.0', '9.0']);
    expect(ids(found)).toEqual([
      '8.0/patch',
      '8.0/prepare',
      '8.0/binaries',
      '8.0/burn-in',
      '8.0/fcv',
      '8.0/soak',
      '9.0/mongoose-9',
      '9.0/prepare',
      '9.0/binaries',
      '9.0/burn-in',
      '9.0/fcv',
      '9.0/soak',
    ]);
    const changes = found.steps.flatMap((step) => step.changes);
    expect(changes.map(({ product: id, to }) => `${id} ${to}`)).toEqual([
      expect.stringMatching(/^mongoose 9\.(8|9|1\d)\./),
      expect.stringMatching(/^mongodb-driver 7\.[5-9]\./),
    ]);
  });

  it.each(['4.2', '4.4', '5.0', '6.0', '7.0', '8.0', '8.2'])('leaves no day uncovered from %s to 9.0', (from) => {
    const found = chain(from, '9.0', { packages });
    expect(meetings(found, packages).filter(({ fit }) => fit !== 'yes')).toEqual([]);
  });

  it('is stuck below 4.4 with an ODM that refuses it, and says which row', () => {
    const result = chainFor(request('4.2', '9.0', { packages: [beside('mongoose', '9.10.0')] }));
    expect(result).toMatchObject({ kind: 'none' });
    expect(result.kind === 'none' && result.because).toMatch(
      /mongoose 9\.10\.0 .*4\.4 to 9\.0.*; no known mongoose admits both 4\.2 and 4\.4/,
    );
  });

  it('steps through an engine in between where no version admits both ends of a hop', () => {
    const limits = (from: string, server: readonly [string, string]) => ({
      from,
      released: null,
      node: null,
      server,
      documented: null,
      verified: true,
      source: 'a test',
    });
    // 8.19 stops at 8.3, and 9.12 begins there: 8.0 → 9.0 has no version for both.
    const rows = [limits('8.19', ['4.2', '8.3']), limits('9.12', ['8.3', '9.0'])];
    const compat = TABLES.compat.map((one) => (one.product === 'mongoose' ? { ...one, rows } : one));
    const found = chain('8.0.10', '9.0', {
      packages: [beside('mongoose', '8.19.1')],
      tables: { ...TABLES, compat },
    });
    expect(found.lines).toEqual(['8.0', '8.3', '9.0']);
    expect(ids(found).indexOf('9.0/mongoose-9')).toBeGreaterThan(ids(found).indexOf('8.3/soak'));
  });

  it('names the runtime when the packages need a newer one', () => {
    const found = chain('8.0.10', '9.0', { packages, runtime: beside('nodejs', '18.20.0') });
    expect(ids(found).slice(0, 4)).toEqual(['9.0/patch', '9.0/runtime', '9.0/mongoose-9', '9.0/prepare']);
    expect(found.steps[1]?.title).toMatch(/^Node\.js 18\.20\.0 to (22|24)\./);
  });

  it('says that an unknown version was not looked at', () => {
    const found = chain('8.0.10', '9.0', { packages: [beside('mongoose', null)] });
    expect(found.findings.map(({ text }) => text).join('\n')).toContain('nobody said which mongoose runs');
  });
});

describe('the way back', () => {
  it.each([
    ['6.0', '7.0'],
    ['7.0', '8.0'],
    ['8.0', '8.2'],
  ])('from %s to %s in Community is a restore from the first binary on', (from, to) => {
    const found = chain(from, to);
    expect(found.noReturn).toBe(`${to}/binaries`);
    expect(found.steps.find(({ id }) => id === found.noReturn)?.wayBack).toMatchObject({
      kind: 'restore',
      noReturn: true,
    });
    const enterprise = chain(from, to, { edition: 'enterprise' });
    expect(enterprise.steps.find(({ kind }) => kind === 'binaries')?.wayBack.text).toContain(
      'only with the vendor’s support',
    );
  });

  it('from 8.0 to 9.0 stays open, over the FCV too', () => {
    const found = chain('8.0.10', '9.0');
    expect(found.noReturn).toBeNull();
    expect(found.steps.find(({ kind }) => kind === 'fcv')?.wayBack.text).toMatch(/^Lower the FCV to 8\.0/);
  });

  it('is not known from 4.4 to 4.2, and unknown counts as none', () => {
    expect(chain('4.2', '4.4').steps.find(({ kind }) => kind === 'binaries')?.wayBack).toMatchObject({
      kind: 'unknown',
      noReturn: true,
    });
  });
});

describe('what a hop starts from', () => {
  it('the FCV is raised first where it lags behind', () => {
    expect(ids(chain('7.0.31', '8.0', { fcv: '6.0' })).slice(0, 2)).toEqual(['7.0/fcv', '8.0/patch']);
    expect(ids(chain('7.0.31', '8.0', { fcv: '7.0' }))).not.toContain('7.0/fcv');
  });

  it('the newest patch of the running line, where the vendor asks for it', () => {
    const [patch, prepare] = chain('7.0.31', '8.0', { topology: 'sharded' }).steps;
    expect(patch).toMatchObject({
      id: '8.0/patch',
      kind: 'patch',
      title: `MongoDB 7.0.31 → ${patch?.version}: the newest patch first`,
      version: expect.stringMatching(/^7\.0\.(3[2-9]|[4-9]\d)$/),
      days: 3,
      effort: 0.5,
      wayBack: { kind: 'undo', text: 'Put the patch before back: 7.0.31.', noReturn: false },
    });
    expect(prepare?.details[0]).toBe(`it starts from ${patch?.version}, which comes first`);
    const kinds = (...given: Parameters<typeof chain>) => chain(...given).steps.map(({ kind }) => kind);
    // It runs; a line alone stands for it; Atlas patches itself; the vendor of Redis does not ask; a step back starts from what runs.
    expect(kinds(patch?.version ?? '', '8.0')).not.toContain('patch');
    expect(kinds('7.0', '8.0')).not.toContain('patch');
    expect(kinds('7.0.31', '8.0', { edition: 'atlas' })).not.toContain('patch');
    expect(kinds('7.2.0', '8.2', {}, 'redis')).not.toContain('patch');
    expect(kinds('8.3.1', '8.0')).not.toContain('patch');
    // Only the first hop starts from an old patch.
    expect(kinds('6.0.1', '8.0').filter((kind) => kind === 'patch')).toHaveLength(1);
  });

  it('a patch that comes anyway, unless it is not the newest', () => {
    const newest = chain('7.0.31', '8.0').steps[0]?.version ?? '';
    const [first] = chain('7.0.31', '8.0', { patched: newest }).steps;
    expect(first).toMatchObject({
      id: '8.0/prepare',
      details: expect.arrayContaining([`it starts from ${newest}, which comes first`]),
    });
    const [more] = chain('7.0.31', '8.0', { patched: '7.0.32' }).steps;
    expect(more).toMatchObject({ id: '8.0/patch', title: `MongoDB 7.0.32 → ${newest}: the newest patch first` });
    // What lies below what runs, or on another line, is no patch of it.
    for (const patched of ['7.0.30', '6.0.29']) {
      expect(chain('7.0.31', '8.0', { patched }).steps[0]?.title).toBe(
        `MongoDB 7.0.31 → ${newest}: the newest patch first`,
      );
    }
  });

  it('hosts that run both lines', () => {
    const found = chain('8.0.10', '9.0', { platform: 'ubuntu-20.04' });
    expect(found.steps[1]).toMatchObject({ kind: 'platform', title: 'hosts from ubuntu-20.04 to ubuntu-22.04' });
    expect(ids(chain('7.0.31', '8.0', { platform: 'ubuntu-22.04' }))).not.toContain('8.0/platform');
    expect(chain('7.0.31', '8.0', { platform: 'debian-11' }).steps[1]?.title).toBe('hosts from debian-11 to debian-12');
    const nowhere = chainFor(request('7.0.31', '8.0', { platform: 'centos-7' }));
    expect(nowhere).toMatchObject({ kind: 'none' });
    expect(nowhere.kind === 'none' && nowhere.because).toMatch(/not offered for centos-7 .*: move to a new host/);
  });

  it('topologies take their days', () => {
    const days = (topology: string) =>
      chain('7.0.31', '8.0', { topology }).steps.find(({ kind }) => kind === 'binaries')?.days;
    expect([days('standalone'), days('replica-set'), days('sharded')]).toEqual([1, 2, 3]);
  });

  it('rows nobody has checked are shown as such', () => {
    expect(chain('4.0', '4.2').steps.every((step) => step.kind === 'soak' || step.unverified.length > 0)).toBe(true);
    expect(chain('6.0', '7.0').steps.flatMap((step) => step.unverified)).toEqual([]);
  });
});

describe('Redis', () => {
  const packages = [beside('ioredis', '5.8.1'), beside('bullmq', '5.58.0')];

  it('goes from 6.2 to 8.x in one hop, and the formats make it a point of no return', () => {
    const found = chain('6.2.14', '8.2', { packages }, 'redis');
    expect(ids(found)).toEqual(['8.2/prepare', '8.2/binaries', '8.2/soak']);
    const back = found.steps[1]?.wayBack;
    expect(back?.noReturn).toBe(true);
    expect(back?.text).toContain('8.2 writes dumps of version 12, 6.2 reads them up to 9');
    expect(back?.text).toContain('appendonlydir');
    expect(meetings(found, packages).filter(({ fit }) => fit !== 'yes')).toEqual([]);
  });

  it('keeps the way back where the format does not rise', () => {
    expect(chain('7.4.2', '8.2', {}, 'redis').noReturn).toBeNull();
  });

  it('does not know the way back where nobody knows the format', () => {
    expect(chain('8.4.0', '8.10', {}, 'redis').steps[1]?.wayBack.kind).toBe('unknown');
  });

  it('moves to Valkey from 7.2 by its data files, and from 7.4 only by a logical copy', () => {
    const to = { product: product('valkey'), history: history('valkey') };
    const from72 = moveFor(request('7.2.6', '8.1', { packages }, 'redis'), to);
    expect(from72.kind === 'chain' && ids(from72.chain)).toEqual(['8.1/prepare', '8.1/binaries', '8.1/soak']);
    expect(from72.kind === 'chain' && from72.chain.steps[0]?.title).toMatch(/^Redis 7\.2\.6 → Valkey 8\.1/);
    const from62 = moveFor(request('6.2.14', '8.1', {}, 'redis'), to);
    expect(from62.kind === 'chain' && from62.chain.noReturn).toBe('8.1/binaries');
    const from74 = moveFor(request('7.4.2', '8.1', {}, 'redis'), to);
    expect(from74).toMatchObject({ kind: 'none', because: 'Redis 7.4 moves to Valkey only by a logical copy' });
    expect(from74.kind === 'none' && from74.rows[0]).toMatch(/cannot read the data files of Redis 7\.4/);
  });
});

describe('commands', () => {
  const where = { topology: 'replica-set', platform: 'ubuntu-22.04' };
  const lines = (found: Chain, id: string) => {
    const step = found.steps.find((one) => one.id === id);
    return step === undefined ? [] : actionsOf(found, step, TABLES).flatMap(({ run }) => run);
  };

  it('name the package repository and the exact versions of the hop', () => {
    const found = chain('7.0.31', '8.0', where);
    const version = found.to;
    const typed = lines(found, '8.0/binaries').join('\n');
    expect(typed).toContain('https://pgp.mongodb.com/server-8.0.asc');
    expect(typed).toContain('https://repo.mongodb.org/apt/ubuntu jammy/mongodb-org/8.0 multiverse');
    expect(typed).toContain(`mongodb-org-server=${version}`);
    expect(typed).not.toMatch(/[{}]/);
  });

  it('install a patch from the repository that is there', () => {
    const found = chain('7.0.31', '8.0', where);
    const typed = lines(found, '8.0/patch').join('\n');
    expect(typed).toContain(`mongodb-org-server=${found.steps[0]?.version}`);
    expect(typed).toContain('rs.stepDown()');
    expect(typed).not.toMatch(/[{}]|server-\d|\/8\.0|pgp/);
  });

  it('sign 9.0 with the key of series 9', () => {
    expect(lines(chain('8.0.10', '9.0', where), '9.0/binaries').join('\n')).toContain('server-9.asc');
  });

  it('take a backup of what runs before, and confirm the FCV only where the server takes it', () => {
    const found = chain('5.0.20', '7.0', where);
    const patch = found.steps.find(({ kind }) => kind === 'patch')?.version;
    expect(lines(found, '6.0/prepare').join('\n')).toContain(`/var/backups/mongodb-${patch}.archive`);
    expect(lines(found, '6.0/fcv').join('\n')).toContain(
      `mongosh --quiet --eval 'db.adminCommand({ setFeatureCompatibilityVersion: "6.0" })'`,
    );
    expect(lines(found, '7.0/fcv').join('\n')).toContain('{ setFeatureCompatibilityVersion: "7.0", confirm: true }');
    const second = found.steps.find(({ id }) => id === '7.0/prepare');
    const between = found.steps.find(({ id }) => id === '6.0/binaries')?.version;
    expect(
      second &&
        actionsOf(found, second, TABLES)
          .flatMap(({ run }) => run)
          .join('\n'),
    ).toContain(`mongodb-${between}.archive`);
  });

  it('mark what cannot be taken back, and give the way back', () => {
    const found = chain('7.0.31', '8.0', where);
    const fcv = found.steps.find(({ id }) => id === '8.0/fcv');
    if (fcv === undefined) throw new Error('no fcv');
    expect(actionsOf(found, fcv, TABLES).filter(({ undo }) => !undo)).toHaveLength(1);
    expect(
      wayBackActions(found, fcv, TABLES)
        .flatMap(({ run }) => run)
        .join('\n'),
    ).toContain(`mongorestore --archive=/var/backups/mongodb-${found.steps[0]?.version}.archive`);
  });

  it('say what to do without a line to paste where the platform is not known', () => {
    const found = chain('7.0.31', '8.0', { topology: 'replica-set' });
    const step = found.steps.find(({ id }) => id === '8.0/binaries');
    const actions = step === undefined ? [] : actionsOf(found, step, TABLES);
    expect(actions.length).toBeGreaterThan(3);
    expect(actions.flatMap(({ run }) => run).filter((line) => !line.startsWith('mongosh'))).toEqual([]);
  });

  it('lower the FCV to the line that is wanted in a planned step back', () => {
    const found = chain('8.3.8', '8.0', where);
    expect(lines(found, '8.0/fcv')).toEqual([
      `mongosh --quiet --eval 'db.adminCommand({ setFeatureCompatibilityVersion: "8.0", confirm: true })'`,
    ]);
  });

  it('never install Community over Enterprise', () => {
    for (const platform of ['rhel-9', 'sles-15', 'docker', 'ubuntu-22.04']) {
      const found = chain('7.0.31', '8.0', { ...where, platform, edition: 'enterprise' });
      expect(lines(found, '8.0/binaries').join('\n')).not.toMatch(/mongodb-org[= -]|docker pull mongo:/);
    }
  });

  it('never let a value out of place into a shell', () => {
    const found = { ...chain('7.0.31', '8.0', where), from: '7.0.31; rm -rf /' };
    expect(lines(found, '8.0/prepare').join('\n')).not.toContain('rm -rf');
  });

  it.each([
    ['rhel-9', 'yum install -y mongodb-org-'],
    ['sles-15', 'zypper install -y mongodb-org-'],
    ['debian-12', 'apt/debian bookworm/mongodb-org/8.0 main'],
    ['docker', 'docker pull mongo:8.0.'],
  ])('on %s', (platform, typed) => {
    expect(lines(chain('7.0.31', '8.0', { ...where, platform }), '8.0/binaries').join('\n')).toContain(typed);
  });
});

describe('editions', () => {
  it('Atlas has no commands of its own hosts, and a way back only with a pinned FCV', () => {
    const found = chain('7.0.31', '8.0', { edition: 'atlas' });
    const binaries = found.steps.find(({ kind }) => kind === 'binaries');
    expect(binaries?.wayBack.text).toContain('only if the FCV was pinned');
    expect(binaries && actionsOf(found, binaries, TABLES)).toEqual([]);
  });
});
