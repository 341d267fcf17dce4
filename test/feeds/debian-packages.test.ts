import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import type { FeedRef, SchemeId } from '../../src/domain/product.ts';
import { compareDebianVersions, parseDebianVersion } from '../../src/feeds/debian-packages/dpkg-version.ts';
import { debianPackagesFeed } from '../../src/feeds/debian-packages/feed.ts';
import { stanzasOf } from '../../src/feeds/debian-packages/stanzas.ts';
import { unxz } from '../../src/feeds/debian-packages/unxz.ts';
import { upstreamVersion } from '../../src/feeds/debian-packages/upstream.ts';
import { product, request, testHttp } from './products.ts';
import { aVendor, sends } from './vendor.ts';

const SAMPLES = '../shared/feeds/apt';
const LISTS = '/var/lib/apt/lists';
const vendor = await aVendor();
const folder = mkdtempSync(join(tmpdir(), 'neap-apt-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(ref: Partial<FeedRef>, scheme: SchemeId = 'redis', limits = {}) {
  const of = product('redis', [{ type: 'debian-packages', package: 'redis-server', ...ref }], scheme);
  return debianPackagesFeed.read({ ...request(of, folder), http: testHttp(limits) });
}

/** Reads this index from a file. */
function readIndex(index: string | Uint8Array, ref: Partial<FeedRef> = {}, scheme: SchemeId = 'redis', limits = {}) {
  writeFileSync(join(folder, 'Packages'), index);
  return read({ path: 'Packages', ...ref }, scheme, limits);
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  return error;
}

const stanza = (version: string, name = 'redis-server', more = '') =>
  `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\n${more}Filename: pool/${name}.deb\n\n`;

/** A stanza of 5:7.0.15-1~deb12u7 with 2000 times `a`, packed by xz 5.4 with CRC64: made once, so that the tests need no xz. */
const XZ = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AhEAHZdACgYSGbb2jCF/hbun6RPGSCzZZv4XSP+4CZbbAp2KIn3WVG0S7kYBF4/N0cKt9R4MZoFCG9wK7RfVm/wUqcR1wCVxI2xldrh2IORglCr46ASibIO9BUKkpmJKAjFBH6QJ1YMDcyZyLz2aH+hLocmJaYksja2lwAAAAAG2evCIBzSZAABkgHFEAAAYfcu87HEZ/sCAAAAAARZWg==',
  'base64',
);

const versions = (reading: Awaited<ReturnType<typeof read>>) => reading.accepted.map(({ version }) => version);

test.skipIf(!existsSync(SAMPLES))("Debian's index with its security updates", async () => {
  const reading = await readIndex(readFileSync(`${SAMPLES}/debian-Packages.redis.txt`), {
    suite: 'bookworm',
    arch: 'amd64',
  });
  expect(reading.accepted).toEqual([{ version: '7.0.15', prerelease: false, claims: [], urgency: null }]);
  expect(reading.rejected).toEqual([{ what: '5:7.0.15-1~deb12u7', because: 'an older revision of the same version' }]);
  expect(reading.facts).toEqual([{ subject: '7.0.15', key: 'available:bookworm/amd64', value: '5:7.0.15-1~deb12u10' }]);
  expect(reading).toMatchObject({ complete: false, marksFirstSeen: true, lineClaims: [], readOn: '2026-11-22' });
});

test.skipIf(!existsSync(SAMPLES))("other packages of Debian's index by their own schemes", async () => {
  const index = readFileSync(`${SAMPLES}/debian-Packages.redis.txt`);
  const found = async (name: string) => versions(await readIndex(index, { package: name }, 'semver'));
  expect(await found('node-mongodb')).toEqual(['3.6.4']);
  expect(await found('node-redis')).toEqual(['4.5.1']);
  expect(await found('python3-pymongo')).toEqual(['3.11.0']);
  expect(await found('hiredis')).toEqual([]);
});

test.skipIf(!existsSync(SAMPLES))("MongoDB's index", async () => {
  const index = readFileSync(`${SAMPLES}/mongodb-org-Packages.constructed.txt`);
  const reading = await readIndex(index, { package: 'mongodb-org-server' }, 'mongodb');
  expect(reading.accepted.map((r) => [r.version, r.prerelease])).toEqual([
    ['8.0.24', false],
    ['8.0.25', false],
    ['8.0.26', false],
    ['8.0.26-rc0', true],
  ]);
  expect(reading.rejected).toEqual([]);
  expect(reading.facts?.map(({ key, value }) => [key, value])).toContainEqual([
    'available:Packages/amd64',
    '8.0.26~rc0',
  ]);
});

const own = existsSync(LISTS)
  ? readdirSync(LISTS).filter((name) => /_debian_dists_[a-z]+_main_.*_Packages(?:\.(?:gz|xz|lz4))?$/.test(name))
  : [];
test.skipIf(own.length === 0)("redis-server in this machine's own lists", async () => {
  for (const name of own) {
    const list = join(LISTS, name);
    if (name.endsWith('.lz4')) {
      expect((await problemOf(read({ path: list }))).hint).toContain('apt-helper cat-file');
      const unpacked = execFileSync('/usr/lib/apt/apt-helper', ['cat-file', list], { maxBuffer: 256 * 1024 * 1024 });
      writeFileSync(join(folder, name.replace('.lz4', '')), unpacked);
    }
    const path = name.endsWith('.lz4') ? name.replace('.lz4', '') : list;
    const reading = await read({ path }, 'redis', { bytes: 256 * 1024 * 1024 });
    expect(versions(reading)).toHaveLength(1);
    expect(reading.facts?.[0]?.key).toMatch(/^available:[a-z]+\/[a-z0-9]+$/);
  }
});

test('a list of apt tells suite and architecture by its name', async () => {
  const name = 'deb.debian.org_debian-security_dists_bookworm-security_main_binary-arm64_Packages';
  writeFileSync(join(folder, `${name}.gz`), gzipSync(stanza('5:7.0.15-1~deb12u7')));
  const reading = await read({ path: `${name}.gz` });
  expect(reading.source).toEqual({ id: `apt:${name}`, name: `apt list ${name}`, origin: null, licence: null });
  expect(reading.facts?.[0]?.key).toBe('available:bookworm-security/arm64');
});

test('takes the first index the repository has', async () => {
  vendor.answer = (asked, response) => {
    const found = asked.url.endsWith('Packages.gz');
    sends(found ? gzipSync(stanza('8.0.4')) : 'nothing', { status: found ? 200 : 404 })(asked, response);
  };
  const ref = {
    url: `${vendor.url}/apt/ubuntu/`,
    suite: 'jammy/mongodb-org/8.0',
    component: 'multiverse',
    arch: 'amd64',
  };
  const reading = await read(ref);
  expect(versions(reading)).toEqual(['8.0.4']);
  const base = '/apt/ubuntu/dists/jammy/mongodb-org/8.0/multiverse/binary-amd64/Packages';
  expect(vendor.received.map(({ url }) => url)).toEqual([`${base}.xz`, `${base}.gz`]);
  const host = vendor.url.replace('http://', '');
  expect(reading.source.id).toBe(`apt:${host}/apt/ubuntu jammy/mongodb-org/8.0/multiverse/amd64`);
  expect(reading.facts?.[0]?.key).toBe('available:jammy/mongodb-org/8.0/amd64');
});

test.each([
  [404, /has no Packages index$/, 3],
  [403, /Packages may not be read \(403\)$/, 3],
  [500, /Packages\.xz answers 500$/, 3],
])('a repository that answers %i is a Problem', async (status, message, asked) => {
  vendor.answer = sends('x', { status });
  const reading = read({ url: vendor.url, suite: 'stable', component: 'main', arch: 'amd64' });
  expect((await problemOf(reading)).message).toMatch(message);
  expect(vendor.received).toHaveLength(asked);
});

test('xz from the network', async () => {
  vendor.answer = sends(XZ);
  const reading = await read({ url: vendor.url, suite: 'stable', component: 'main', arch: 'amd64' });
  expect(versions(reading)).toEqual(['7.0.15']);
});

test('a packed index that is damaged, cut off, too large or packed otherwise is a Problem', async () => {
  const gz = gzipSync(stanza('8.0.4').repeat(9));
  const flipped = Buffer.from(XZ);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  const cases: [Uint8Array, RegExp, object?][] = [
    [XZ.subarray(0, -1), /Packages is cut off$/],
    [XZ.subarray(0, 30), /Packages is cut off$/],
    [flipped, /Packages is damaged$/],
    [XZ, /unpacks to more than neap takes$/, { bytes: XZ.length }],
    [gz.subarray(0, -9), /cut off$/],
    [gz, /unpacks to more than neap takes$/, { bytes: gz.length }],
    [Buffer.from(stanza('8.0.4')), /is larger than 20 bytes$/, { bytes: 20 }],
    [Buffer.from([0x04, 0x22, 0x4d, 0x18, 1]), /is packed with lz4, which neap does not read$/],
    [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]), /is packed with zstd, which neap does not read$/],
  ];
  for (const [bytes, message, limits = {}] of cases) {
    expect((await problemOf(readIndex(bytes, {}, 'redis', limits))).message).toMatch(message);
  }
  // The unpacker is free again after each of them.
  expect(versions(await readIndex(XZ))).toEqual(['7.0.15']);
});

test('several indexes at a time do not stop each other', async () => {
  const unpackings = Array.from({ length: 5 }, async (_, i) => {
    let size = 0;
    for await (const piece of unxz(XZ, i === 2 ? 10 : 3000)) size += piece.length;
    return size;
  });
  const results = await Promise.allSettled(unpackings);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});

test.each([
  ['a web page', '<!doctype html>\n<html></html>', /is a web page, not a Packages index$/],
  ['text', 'nothing here\n', /is not a Packages index/],
  ['an index of sources', 'Package: redis\nBinary: redis-server\nVersion: 5:7.0.15-1\n\n', /is not a Packages index/],
  ['one line without end', 'x'.repeat(2 * 1024 * 1024), /is not a Packages index/],
])('%s is a Problem', async (_, index, message) => {
  const problem = await problemOf(readIndex(index));
  expect(problem.message).toMatch(message);
  expect(problem.hint).not.toBeNull();
});

test('an empty index lists nothing', async () => {
  expect(await readIndex('')).toMatchObject({ accepted: [], rejected: [], facts: [], complete: false });
});

test('of several revisions the highest counts; what cannot be read is rejected', async () => {
  const index = [
    stanza('5:7.0.15-1~deb12u10'),
    stanza('5:7.0.15-1~deb12u9'),
    stanza('5:7.0.15-1+deb12u1'),
    stanza('5:7.0.15-1+deb12u1'),
    stanza('6:8.0.0~rc1-1'),
    stanza('6:8.0.0~git20240101.abc-1'),
    stanza('\u202e6:8.0.1'),
    stanza('6:8.x-1'),
    'Package: redis-server\nVersion: 6:8.0.2\n\n',
    'Package: redis-server\nFilename: x\n\n',
    stanza('9.9.9', 'redis-server-extra'),
    stanza('9.9.9', 'other', 'Depends: redis-server (>= 6:8.0)\n'),
  ];
  const reading = await readIndex(index.join(''));
  expect(reading.facts?.map(({ subject, value }) => [subject, value])).toEqual([
    ['7.0.15', '5:7.0.15-1+deb12u1'],
    ['8.0.0-rc1', '6:8.0.0~rc1-1'],
  ]);
  expect(versions(reading)).toEqual(['7.0.15', '8.0.0-rc1']);
  expect(reading.rejected).toEqual([
    { what: '5:7.0.15-1~deb12u9', because: 'an older revision of the same version' },
    { what: '5:7.0.15-1~deb12u10', because: 'an older revision of the same version' },
    { what: '5:7.0.15-1+deb12u1', because: 'listed twice; the first counts' },
    { what: '6:8.0.0~git20240101.abc-1', because: 'a snapshot between two versions' },
    { what: '6:8.0.1', because: 'not a Debian version' },
    { what: '6:8.x-1', because: 'not a version of the scheme redis' },
    { what: '6:8.0.2', because: 'the stanza has no `Filename`' },
    { what: 'redis-server', because: 'the stanza has no `Version`' },
  ]);
});

test.each([1, 2, 7, 64, 1000])('stanzas are the same in pieces of %i bytes', async (size) => {
  const index = Buffer.from(
    `package: a\r\nVERSION:  1.0 \nDescription: one\n two\n\tthree: four\n .\nVersion: 9\nFilename: f\n \t\r\n\n\n${stanza('2.0', 'b')}${stanza('3.0', 'a').trimEnd()}`,
  );
  const pieces = Array.from({ length: Math.ceil(index.length / size) }, (_, i) =>
    index.subarray(i * size, (i + 1) * size),
  );
  const found = await stanzasOf(pieces, 'a', 'here');
  expect(found.map((fields) => Object.fromEntries(fields))).toEqual([
    { package: 'a', version: '1.0', description: 'one\ntwo\nthree: four\n.', filename: 'f' },
    { package: 'a', version: '3.0', architecture: 'amd64', filename: 'pool/a.deb' },
  ]);
});

test.each<[string, Partial<FeedRef>, RegExp]>([
  ['neither path nor url', {}, /needs either `path` or `url`$/],
  ['both', { path: 'a', url: 'https://a.example' }, /needs either `path` or `url`$/],
  ['a flat repository', { url: 'https://a.example', suite: './' }, /names a flat repository/],
  ['only a suite', { url: 'https://a.example', suite: 'stable' }, /names a flat repository/],
  ['no architecture', { url: 'https://a.example', suite: 'stable', component: 'main' }, /has no `arch`$/],
  [
    'a way out',
    { url: 'https://a.example', suite: '../../x', component: 'main', arch: 'amd64' },
    /has "\.\.\/\.\.\/x" as `suite`$/,
  ],
  ['a query', { url: 'https://a.example', suite: 'a?b', component: 'main', arch: 'amd64' }, /has "a\?b" as `suite`$/],
  ['no address', { url: 'apt', suite: 'stable', component: 'main', arch: 'amd64' }, /is not an address$/],
  ['no package name', { path: 'a', package: 'Redis Server' }, /is not the name of a Debian package$/],
  ['no file', { path: 'absent' }, /absent does not exist$/],
  ['a folder', { path: '.' }, /is a folder$/],
])('a reference with %s is a Problem', async (_, ref, message) => {
  const problem = await problemOf(read(ref));
  expect(problem.message).toMatch(message);
  expect(problem.hint).not.toBeNull();
});

test.each([
  ['5:7.0.15-1~deb12u10', '7.0.15'],
  ['5:8.0~rc1-1', '8.0-rc1'],
  ['6:8.0.4-1rl1~jammy1', '8.0.4'],
  ['2.1.28+dfsg-10', '2.1.28'],
  ['3.2~rc1+ds1-1', '3.2-rc1'],
  ['1.0.dfsg-3', '1.0'],
  ['3.6.4+~cs11.13.19-2', '3.6.4'],
  ['4.5.1+~1.1.2-1+deb12u1', '4.5.1'],
  ['8.0+really7.4.2-1', '7.4.2'],
  ['1.2.3~bpo12+1', '1.2.3'],
  ['1.2.3~deb12u1', '1.2.3'],
  ['1.2.3+ubuntu22.04', '1.2.3'],
  ['2.0.0~beta.2-1', '2.0.0-beta.2'],
  ['8.0.26~rc0', '8.0.26-rc0'],
  ['1-2-3', '1-2'],
])('%s is upstream %s', (debian, upstream) => {
  const parsed = parseDebianVersion(debian);
  expect(parsed === null ? null : upstreamVersion(parsed)).toEqual({ value: upstream });
});

// Ascending. Debian Policy 5.6.12 gives `~~, ~~a, ~, the empty part, a`; the rest are dpkg's own tests and cases met here.
const ASCENDING: readonly (readonly string[])[] = [
  ['1~~', '1~~a', '1~', '1', '1a'],
  ['1.0~beta1~svn1245', '1.0~beta1', '1.0'],
  ['0', '0.0', '1-1', '1-1.1', '1-2', '1.0-1', '1:0', '1:0-0a', '2:0'],
  ['1.2', '1.9', '1.10', '1.10-1', '1.10a', '1.10+b', '1.10.1'],
  ['5:7.0.15-1~deb12u7', '5:7.0.15-1~deb12u9', '5:7.0.15-1~deb12u10', '5:7.0.15-1', '5:7.0.15-1+deb12u1', '6:1'],
  ['1.99999999999999999998', '1.99999999999999999999'],
  ['1.0a', '1.0b', '1.0+', '1.0.', '1.0.1'],
];

test.each(ASCENDING.map((list) => [list]))('dpkg sorts %j so', (list) => {
  const parsed = list.map((text) => parseDebianVersion(text));
  for (const [i, a] of parsed.entries()) {
    for (const [j, b] of parsed.entries()) {
      if (a === null || b === null) throw new Error(`${list[i]} or ${list[j]} is not taken for a version`);
      expect([list[i], list[j], Math.sign(compareDebianVersions(a, b))]).toEqual([list[i], list[j], Math.sign(i - j)]);
    }
  }
});

test.skipIf(!existsSync('/usr/bin/dpkg'))('dpkg itself agrees', () => {
  for (const list of ASCENDING) {
    for (const [i, version] of list.slice(1).entries()) {
      expect(() =>
        execFileSync('dpkg', ['--compare-versions', list[i] ?? '', 'lt', version], { stdio: 'ignore' }),
      ).not.toThrow();
    }
  }
});

test.each([
  ['1.0', '1.00'],
  ['0:1.0', '1.0-0'],
  ['1.0-', '1.0-0'],
])('%s and %s are the same', (a, b) => {
  const [left, right] = [parseDebianVersion(a.replace(/-$/, '')), parseDebianVersion(b)];
  expect(left !== null && right !== null && compareDebianVersions(left, right) === 0).toBe(true);
});

test.each(['', '1.0 ', '1_0', 'a:1', '1:', '-1', '1.0\n', 'x'.repeat(201)])('"%s" is no Debian version', (text) => {
  expect(parseDebianVersion(text)).toBeNull();
});
