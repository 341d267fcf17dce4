import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

const STACK = `
stack:
  - {product: mongodb, running: "7.0.31", edition: community, topology: replica-set, platform: ubuntu-22.04, fcv: "7.0"}
  - {product: mongodb-driver, running: "6.20.0", range: ~6.20.0, for: mongodb}
  - {product: mongoose, running: "8.19.1", range: ~8.19.1, for: mongodb}
policy: {staleAfter: 400}
`;
const team = (stack = STACK) => ({ cwd: aFolder({ 'neap.yaml': stack }), today: '2026-11-22' });

describe('neap path', () => {
  it('draws the chain of the stack, its point of no return and what has to come first', async () => {
    const { code, out } = await neap(['path', 'mongodb', '9.0'], team());
    expect(code).toBe(0);
    expect(out).toContain('MongoDB 7.0 → 8.0 → 9.0  (community, replica-set, ubuntu-22.04)');
    expect(out).toContain('7.0 ─ patch ─ prepare ─ ╳ binaries ─ burn-in 14 d ─ FCV 8.0 ─ soak 7 d ─▶ 8.0');
    expect(out).toMatch(/^8\.0 ═ mongoose 9\.\d+\.\d+ \+ Node driver 7\.\d+\.\d+ ─ prepare/m);
    expect(out).toMatch(/╳ point of no return/);
    expect(out).toMatch(/▶ {2}Engine after the application release/);
  });

  it('asks the ends of life, the advisories and the policy where to go', async () => {
    const { out } = await neap(['path'], team());
    expect(out).toMatch(/^MongoDB 7\.0 → 8\.0 /);
    expect(out).toContain('why: 7.0 ends on 2027-08-31; the policy leaves 90 days before');
  });

  it('needs no configuration', async () => {
    const { code, out } = await neap([
      'path',
      '--from',
      '4.4',
      '--to',
      '9.0',
      '--with',
      'mongoose@8.19.1',
      'mongodb@6.20.0',
      '--json',
    ]);
    const { chain, opportunities, schemaVersion } = JSON.parse(out);
    expect([code, schemaVersion]).toEqual([0, 1]);
    expect(chain.lines).toEqual(['4.4', '5.0', '6.0', '7.0', '8.0', '9.0']);
    expect(chain.steps.at(-1)).toMatchObject({ kind: 'soak', to: '9.0' });
    expect(opportunities).toHaveLength(3);
    const platformless = chain.steps.find((step: { kind: string }) => step.kind === 'binaries');
    expect(platformless.actions.length).toBeGreaterThan(0);
  });

  it('names each window of packages in its JSON, and says why a line has to wait', async () => {
    const from = ['path', '--from', '7.0', '--json', '--to'];
    const { chain } = JSON.parse((await neap([...from, '8.0', '--with', 'mongoose@6.13.0'])).out);
    expect(
      chain.steps.slice(0, 3).map(({ id, kind, name, major }: Record<string, unknown>) => [id, kind, name, major]),
    ).toEqual([
      ['8.0/mongoose-7', 'packages', 'mongoose-7', true],
      ['8.0/mongoose-8', 'packages', 'mongoose-8', true],
      ['8.0/prepare', 'prepare', 'prepare', false],
    ]);
    expect(chain.steps[0].actions[0].run).toEqual([expect.stringMatching(/^npm install mongoose@7\.8\.\d+$/)]);
    const { code, out } = await neap([...from, '10.0']);
    expect([code, JSON.parse(out)]).toMatchObject([
      4,
      {
        chain: null,
        refusal: { kind: 'later', line: '10.0', from: null, because: 'no release of MongoDB 10.0 is out' },
      },
    ]);
  });

  it('prints commands to paste', async () => {
    const { out } = await neap(['path', 'mongodb', '8.0', '--commands'], team());
    expect(out).toContain('https://repo.mongodb.org/apt/ubuntu jammy/mongodb-org/8.0 multiverse');
    expect(out).toContain(
      `mongosh --quiet --eval 'db.adminCommand({ setFeatureCompatibilityVersion: "8.0", confirm: true })'`,
    );
    expect(out).toContain('CANNOT BE UNDONE');
  });

  it.each([
    [
      ['path', '--from', '7.1', '--to', '8.0'],
      4,
      /7\.1 is a rapid release: it runs on Atlas only\.\n {2}because: .*7\.1/,
    ],
    [['path', 'redis', '--from', '7.4.2', '--to', 'valkey@8.1'], 4, /only by a logical copy/],
    [['path', '--from', '8.0', '--to', '8.0'], 0, /runs 8\.0 already/],
    [['path', '--from', '8.0', '--to', '10.0'], 4, /→ 10\.0: not yet\. no release of MongoDB 10\.0 is out\./],
    [['path', '--from', '7.0', '--to', '8.1'], 4, /the nearest that can be reached: 8\.0/],
  ])('%j', async (args, exit, said) => {
    const { code, out } = await neap(args);
    expect([code, out]).toEqual([exit, expect.stringMatching(said)]);
  });

  it.each([
    [['path', '--from', 'new', '--to', '8.0'], /--from: "new" is no version/],
    [['path', '--from', '7.0', '--to', 'eight'], /"eight" is no line of MongoDB/],
    [['path', '--from', '7.0', '--to', '8.0', '--with', 'mongoose'], /--with: "mongoose" is no product and version/],
    [['path', '--from', '7.0', '--to', '8.0', '--edition', 'free'], /--edition: "free" is none of/],
    [['path', '--from', '7.0', '--to', '8.0', '--topology', 'ring'], /--topology: "ring" is none of/],
    [['path', 'mongoose', '--from', '7.0', '--to', '8.0'], /mongoose is no engine/],
    [['path', 'cassandra', '5.0'], /there is no engine "cassandra" in the stack/],
    [['path', 'redis', '--from', '7.2', '--to', 'nothing@1.0'], /"nothing" is no engine/],
  ])('refuses %j', async (args, said) => {
    const { code, err } = await neap(args);
    expect([code, err]).toEqual([2, expect.stringMatching(said)]);
  });
});

describe('neap check-stack', () => {
  it('finds open advisories, and is grave about them', async () => {
    const { code, out } = await neap(['check-stack'], team());
    expect(code).toBe(3);
    expect(out).toMatch(/^high {4}mongodb: MongoDB 7\.0\.31 is open to CVE-2026-8053/m);
    expect(out).toMatch(/do: raise it to 7\.0\.\d+/);
  });

  it('finds pairs nobody supports, dead lines, an FCV that lags and a second driver', async () => {
    const stack = `
stack:
  - {product: mongodb, running: "8.3.8", platform: ubuntu-22.04, fcv: "8.0"}
  - {product: mongodb-driver, running: "7.0.0", for: mongodb}
  - {product: mongoose, running: "8.19.1", for: mongodb}
  - {product: redis, running: "7.0.15"}
policy: {staleAfter: 400}
`;
    const { findings } = JSON.parse((await neap(['check-stack', '--json'], team(stack))).out);
    const found = (concern: string) => findings.filter((one: { concern: string }) => one.concern === concern);
    expect(found('unsupported').map(({ part }: { part: string }) => part)).toEqual(
      expect.arrayContaining(['mongoose', 'mongodb-driver']),
    );
    expect(found('ended')).toMatchObject([{ part: 'redis', text: 'Redis 7.0 ended on 2024-07-29' }]);
    expect(found('fcv')).toMatchObject([{ part: 'mongodb' }]);
  });

  it('sends engines to their path and packages to a newer line', async () => {
    const stack =
      'stack:\n  - {product: mongodb, running: "6.0.29"}\n  - {product: mongoose, running: "7.4.1", for: mongodb}\npolicy: {staleAfter: 400}\n';
    const { out } = await neap(['check-stack'], team(stack));
    expect(out).toContain('do: neap path mongodb\n');
    expect(out).toMatch(/do: no 7\.4 is known to mend it: raise mongoose to a newer line/);
    expect(out).not.toContain('neap path mongoose');
  });

  it('has nothing to say of what is well', async () => {
    const stack = 'stack:\n  - {product: redis, running: "8.2.9"}\npolicy: {staleAfter: 400}\n';
    const { code, out } = await neap(['check-stack'], team(stack));
    expect([code, out]).toEqual([0, '1 part looked at: supported, on living lines, without a known advisory.\n']);
  });
});

describe('neap init', () => {
  it('writes what container files and lockfiles say, with where it was found', async () => {
    const cwd = aFolder({
      'package.json': JSON.stringify({ dependencies: { mongoose: '^8.19.0', ioredis: '^5.8.0' } }),
      'yarn.lock': '# yarn lockfile v1\n\nmongoose@^8.19.0:\n  version "8.19.1"\n',
      'compose.yaml':
        'services:\n  db:\n    image: mongo:7.0.31\n    command: --replSet rs0\n  cache:\n    image: redis:7.2-alpine\n',
      Dockerfile: 'FROM node:22.11.0-alpine\n',
    });
    const { code, out } = await neap(['init', '--json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(out).detected.runtime).toMatchObject({
      product: 'nodejs',
      running: '22.11.0',
      from: 'Dockerfile',
    });
    const stack = JSON.parse((await neap(['check-stack', '--json'], { cwd, today: '2026-11-22' })).out);
    expect(stack.findings.map(({ part }: { part: string }) => part)).toContain('mongodb');
  });

  it('never repeats the password of a server that does not answer', async () => {
    const { code, err } = await neap(['init', '--redis-url', 'redis://:hush@127.0.0.1:1'], { cwd: aFolder() });
    expect(code).toBe(2);
    expect(err).not.toContain('hush');
  });
});

describe('neap config', () => {
  it('prints what applies and where it is from', async () => {
    const { out } = await neap(['config', 'print', '--resolved', '--origin'], team());
    expect(out).toContain('policy.staleAfter = 400  # neap.yaml:6:22');
    expect(out).toContain('policy.tolerance = 0.2  # default');
    expect(out).toMatch(/^stack\.0\.running = "7\.0\.31" {2}# neap\.yaml:3:33$/m);
    expect(JSON.parse((await neap(['config', '--json'], team())).out).config.policy.tolerance).toBe(0.2);
  });

  it('validates, and finds a version bump that says too little', async () => {
    const change =
      'modelChanges: [{id: split, store: mongodb, from: 1.1.0, to: 1.2.0, type: split-field, rerunnable: true, rollback: script}]\n';
    const { code, out } = await neap(['config', 'validate'], team(STACK + change));
    expect(code).toBe(0);
    expect(out).toMatch(
      /: valid\nfinding: split: 1\.1\.0 → 1\.2\.0 is a minor bump, but split a field demands a major one\n$/,
    );
    expect((await neap(['status'], team(STACK + change))).err).toContain('is a minor bump');
    expect(await neap(['config', 'validate'], team('stack: 1\n'))).toMatchObject({ code: 2 });
    expect(await neap(['config', 'prnt'], team())).toMatchObject({ code: 2, err: expect.stringContaining('print') });
  });
});
