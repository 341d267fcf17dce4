import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { askMongodb, askRedis } from '../../src/detect/servers.ts';
import { type Answers, aMongod, type StandIn } from './mongod.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const HELLO = {
  ok: 1,
  helloOk: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16777216,
  maxMessageSizeBytes: 48000000,
  maxWriteBatchSize: 100000,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
};

/** A member of a replica set of one, as 7.0 answers. */
function answers(port: () => number, more: Readonly<Record<string, Record<string, unknown>>> = {}): Answers {
  return (command) => {
    const name = command.toLowerCase();
    if (name === 'hello' || name === 'ismaster') {
      const host = `127.0.0.1:${port()}`;
      return {
        ...HELLO,
        setName: 'rs0',
        hosts: [host],
        me: host,
        primary: host,
        secondary: false,
        setVersion: 1,
        ...more.hello,
      };
    }
    return (
      more[command] ??
      PLAIN[command] ?? { ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: `no such command: ${command}` }
    );
  };
}

const PLAIN: Readonly<Record<string, Record<string, unknown>>> = {
  buildInfo: { ok: 1, version: '7.0.31', modules: ['enterprise'] },
  getParameter: { ok: 1, featureCompatibilityVersion: { version: '6.0' } },
  hostInfo: { ok: 1, os: { type: 'Linux', name: 'Ubuntu', version: '22.04' } },
};

async function standIn(more: Readonly<Record<string, Record<string, unknown>>> = {}): Promise<StandIn> {
  let server: StandIn | null = null;
  const made = await aMongod(answers(() => server?.port ?? 0, more));
  server = made;
  closing.push(made.close);
  return made;
}

describe('a MongoDB server, asked by its real driver', () => {
  it('tells version, edition, topology and FCV, and is only read', async () => {
    const server = await standIn();
    const found = await askMongodb(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
    expect(found).toMatchObject({
      product: 'mongodb',
      running: '7.0.31',
      edition: 'enterprise',
      topology: 'replica-set',
      fcv: '6.0',
    });
    expect(found.from).toBe(`127.0.0.1:${server.port}`);
    const commands = new Set(server.asked.map((command) => command.toLowerCase()));
    for (const quiet of ['hello', 'ismaster']) commands.delete(quiet);
    expect([...commands].sort()).toEqual(['buildinfo', 'getparameter', 'hostinfo']);
  });

  it('leaves out what the user may not ask', async () => {
    const refused = { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'not authorized' };
    const server = await standIn({
      getParameter: refused,
      hostInfo: refused,
      buildInfo: { ok: 1, version: '8.0.4', modules: [] },
    });
    const found = await askMongodb(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
    expect(found).toMatchObject({ running: '8.0.4', edition: 'community', fcv: null, platform: null });
  });

  it('reads the operating system where it is told', async () => {
    const os = { ok: 1, os: { type: 'Linux', name: 'PRETTY_NAME="Ubuntu 22.04.4 LTS"', version: 'Kernel 5.15' } };
    const server = await standIn({ hostInfo: os });
    expect((await askMongodb(`mongodb://127.0.0.1:${server.port}/?directConnection=true`)).platform).toBe(
      'ubuntu-22.04',
    );
  });

  it('knows a mongos', async () => {
    const server = await standIn({ hello: { msg: 'isdbgrid', setName: undefined, hosts: undefined } });
    const found = await askMongodb(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
    expect(found.topology).toBe('sharded');
  });

  it('never repeats the password of one that does not answer', async () => {
    const port = await closedPort();
    const uri = `mongodb://user:secret@127.0.0.1:${port}/?serverSelectionTimeoutMS=200&directConnection=true`;
    const failure = await askMongodb(uri).catch((error: Error) => error);
    expect(failure).toMatchObject({
      name: 'Problem',
      message: expect.stringContaining(`127.0.0.1:${port} did not answer`),
    });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('secret');
    await expect(askMongodb('secret')).rejects.toThrow('is no connection string');
  });
});

const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!HAS_REDIS)('a real Redis server', () => {
  it('tells its version and role', async () => {
    const port = await aRedis();
    const said = /v=(\d+\.\d+\.\d+)/.exec(spawnSync('redis-server', ['--version']).stdout.toString())?.[1];
    expect(await askRedis(`redis://127.0.0.1:${port}`)).toEqual({
      product: 'redis',
      running: said,
      edition: null,
      topology: 'standalone',
      platform: null,
      fcv: null,
      from: `127.0.0.1:${port}`,
    });
  });

  it('tells that it is a replica', async () => {
    const primary = await aRedis();
    const replica = await aRedis(['--replicaof', `127.0.0.1 ${primary}`]);
    expect((await askRedis(`redis://127.0.0.1:${replica}`)).topology).toBe('replica');
  });

  it('tells that it is part of a cluster', async () => {
    const port = await aRedis(['--cluster-enabled', 'yes']);
    expect((await askRedis(`redis://127.0.0.1:${port}`)).topology).toBe('cluster');
  });

  it('never repeats a password', async () => {
    const port = await aRedis(['--requirepass', 'right']);
    const failure = await askRedis(`redis://:wrong-secret@127.0.0.1:${port}`).catch((error: Error) => error);
    expect(failure).toMatchObject({ name: 'Problem', message: expect.stringContaining('did not answer') });
    expect(String(failure)).not.toContain('wrong-secret');
  });
});

it('says when nothing listens', async () => {
  await expect(askRedis(`redis://127.0.0.1:${await closedPort()}`)).rejects.toMatchObject({ name: 'Problem' });
  await expect(askRedis('nonsense')).rejects.toThrow('is no URL');
});

/** Starts one in a folder of its own, and waits for the line that says it listens. */
async function aRedis(more: readonly string[] = []): Promise<number> {
  const port = await closedPort();
  const dir = mkdtempSync(join(tmpdir(), 'neap-redis-'));
  const child: ChildProcess = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir, ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  closing.push(() => child.kill('SIGKILL'));
  await new Promise<void>((ready, fail) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      if (/Ready to accept connections/.test(text)) ready();
    });
    child.on('exit', () => fail(new Error(`redis-server ended: ${text}`)));
  });
  return port;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
