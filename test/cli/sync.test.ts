import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Answer, aVendor, sends } from '../feeds/vendor.ts';
import { aFolder, neap } from '../support/cli.ts';

const vendor = await aVendor();
/** What stands at each path; anything else is a 404. */
let places: Record<string, Answer>;
beforeEach(() => {
  places = {
    '/full.json': sends({
      versions: [
        { version: '8.0.0', date: '09/20/2024' },
        { version: '8.0.1', date: '10/09/2024' },
      ],
    }),
    '/redis.atom': sends(atom('8.0.1', '8.0.0')),
  };
  vendor.answer = (request, response) => (places[request.url] ?? sends('', { status: 404 }))(request, response);
});

function atom(...titles: readonly string[]): string {
  const entries = titles.map(
    (title, i) =>
      `<entry><id>${vendor.url}/${i}</id><title>${title}</title><updated>2026-11-0${i + 1}T10:00:00Z</updated></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>r</title>${entries.join('')}</feed>`;
}

/** A team whose two engines are read from the local server. */
function aTeam(more = ''): string {
  return aFolder({
    'neap.yaml': `stack:
  - {product: mongodb, running: 8.0.0}
  - {product: redis, running: 7.2.6}
products:
  - {id: mongodb, kind: engine, versioning: mongodb, feeds: [{type: mongodb-feed, url: "${vendor.url}/full.json"}]}
  - {id: redis, kind: engine, versioning: redis, feeds: [{type: atom, url: "${vendor.url}/redis.atom"}]}
${more}`,
  });
}

describe('neap sync', () => {
  test('reads the feeds of the stack, one line each, and the facts are there', async () => {
    const cwd = aTeam();
    const { code, out, err } = await neap(['sync'], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out.replaceAll(vendor.url, 'URL').trim().split('\n').sort()).toEqual([
      'mongodb: mongodb-feed URL/full.json: 0 new, 2 with new claims, 0 unchanged, 0 rejected',
      'redis: atom URL/redis.atom: 0 new, 2 with new claims, 0 unchanged, 0 rejected',
    ]);
    const releases = await neap(['releases', 'redis', '--json'], { cwd });
    expect(releases.out).toContain('"of": "release-page"');
  });

  test('a place that fails: the rest is saved, exit 6, and the doctor remembers', async () => {
    const cwd = aTeam();
    places['/full.json'] = sends('', { status: 404 });
    const { code, out } = await neap(['sync'], { cwd });
    expect(code).toBe(6);
    expect(out).toContain(`failed: ${vendor.url}/full.json does not exist (404)`);
    expect(out).toContain('redis: atom');
    expect((await neap(['doctor'], { cwd })).out).toContain(
      `failed on 2026-11-23: ${vendor.url}/full.json does not exist (404)`,
    );
  });

  test('--only, --product, --max-age and --dry-run', async () => {
    const cwd = aTeam();
    expect((await neap(['sync', '--dry-run'], { cwd })).err).toContain('nothing was saved');
    expect((await neap(['sync', '--only', 'atom'], { cwd })).out).toMatch(/^redis: atom .*2 with new claims/);
    const later = await neap(['sync', '--max-age', '1'], { cwd });
    expect(later.out.split('\n').filter((line) => line.endsWith('visited lately, skipped'))).toHaveLength(1);
    expect(later.out).toMatch(/mongodb-feed .*2 with new claims/);
    expect((await neap(['sync', '--only', 'nothing'], { cwd })).err).toContain('there is no feed "nothing"');
    expect(await neap(['sync', '--product', 'nobody'], { cwd })).toMatchObject({ code: 2 });
    expect((await neap(['sync', '--max-age', 'old'], { cwd })).err).toContain(
      '--max-age: "old" is not a number of days',
    );
  });

  test('--json is one object with every visit', async () => {
    const { out } = await neap(['sync', '--json'], { cwd: aTeam() });
    const { feeds } = JSON.parse(out) as { feeds: { outcome: string; saved: { newClaims: number } }[] };
    expect(feeds.map(({ outcome, saved }) => [outcome, saved.newClaims])).toEqual([
      ['read', 4],
      ['read', 2],
    ]);
  });
});

test('a token of the environment is in no output, no file and no request but to its own host', async () => {
  const token = 'ghp_s3cr3tT0k3nOfTheTeam';
  const cwd = aTeam(
    `  - {id: valkey, kind: engine, versioning: redis, feeds: [{type: github-tags, repository: redis/redis}]}\n`,
  );
  const env = {
    GITHUB_API_URL: `${vendor.url}/enterprise`,
    GITHUB_TOKEN: token,
    GH_TOKEN: token,
    NPM_TOKEN: token,
    NODE_AUTH_TOKEN: token,
  };
  places['/full.json'] = sends(`error for ${token}`, { status: 403 });
  // The GitHub of this environment gets the token; a repository's configuration cannot send it elsewhere.
  vendor.answer = (request, response) => {
    if (request.url.includes('/repos/'))
      sends([{ ref: 'refs/tags/7.2.7', object: { sha: 'a'.repeat(40), type: 'commit' } }])(request, response);
    else (places[request.url] ?? sends(`no ${token}`, { status: 404 }))(request, response);
  };
  const ran = [];
  for (const args of [
    ['sync'],
    ['sync', '--product', 'valkey'],
    ['sync', '--json'],
    ['doctor', '--json'],
    ['report'],
    ['export'],
    ['status', '--json'],
    ['db', 'export'],
    ['agenda'],
  ]) {
    ran.push(await neap(args, { cwd, env }));
  }
  expect(JSON.stringify(ran)).not.toContain(token);
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['neap.db', 'neap.yaml']));
  for (const { parentPath, name } of files) {
    expect(readFileSync(join(parentPath, name)).includes(token), join(parentPath, name)).toBe(false);
  }
  const holding = vendor.received.filter((request) => JSON.stringify(request).includes(token));
  expect(holding.length).toBeGreaterThan(0);
  for (const { url } of holding) expect(url).toMatch(/^\/enterprise\//);
});

test('hostile text from a place reaches no terminal and no report', async () => {
  const cwd = aTeam();
  const evil = [
    '8.9.9\u001b[2J',
    '\u202e9.9.8',
    '8.7.7\u0007',
    '7.7.7\r\n7.7.6',
    `8.8.8${'\u001b]0;x\u0007'.repeat(1000)}`,
    'x'.repeat(1_000_000),
  ];
  const versions = [...evil, '8.0.1'].map((version) => ({ version, date: evil[0] ?? '' }));
  places['/full.json'] = sends({ versions: [...versions, { version: '8.0.0', date: '09/20/2024', notes: evil[1] }] });
  places['/redis.atom'] = sends(
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>&#x202e;evil&#x9b;2J</title><entry><id>8.0.1&#x202e;</id><title>8.0.2\u202e</title><updated>2026-11-01T00:00:00Z</updated></entry></feed>`,
  );
  const synced = await neap(['sync'], { cwd });
  expect([synced.code, synced.out]).toEqual([0, expect.stringContaining('1 with new claims, 0 unchanged, 7 rejected')]);
  const shown = [synced];
  for (const args of [
    ['releases', 'mongodb'],
    ['doctor', '--all'],
    ['report'],
    ['agenda'],
    ['news', '--since', '2020-01-01'],
    ['db', 'export'],
    ['releases', 'redis', '--json'],
  ]) {
    shown.push(await neap(args, { cwd }));
  }
  for (const { out, err } of shown) {
    expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(Math.max(...`${out}${err}`.split('\n').map((line) => line.length))).toBeLessThan(3000);
  }
});

describe('neap doctor', () => {
  test('says what a plan depends on and lacks, with exit 5, and as JSON', async () => {
    const cwd = aTeam();
    const { code, out } = await neap(['doctor'], { cwd });
    expect(code).toBe(5);
    expect(out).toMatch(
      /^BLOCKS {2}stale: mongodb was read completely last on 2026-08-22, 93 days ago; the policy allows 45$/m,
    );
    expect(out).toContain('do: neap sync --product mongodb');
    const { findings } = JSON.parse((await neap(['doctor', '--json'], { cwd })).out) as {
      findings: { kind: string; blocks: boolean }[];
    };
    expect(findings.filter(({ blocks }) => blocks).map(({ kind }) => kind)).toEqual(['stale', 'stale']);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(
      new Set(['stale', 'disagreement', 'after-eol', 'patch-gap', 'suspect']),
    );
  });

  test('is content when all is fresh', async () => {
    const cwd = aTeam('policy: {staleAfter: 400}\n');
    expect((await neap(['doctor'], { cwd })).code).toBe(0);
  });

  test('finds readings that a wrong clock dated ahead', async () => {
    const cwd = aTeam('policy: {staleAfter: 400}\n');
    await neap(['sync'], { cwd, today: '2099-01-01' });
    const { code, out } = await neap(['doctor'], { cwd });
    expect([code, out]).toEqual([5, expect.stringContaining('the clock was wrong then, or is now')]);
  });
});

describe('neap news', () => {
  test('tells what became known since a day', async () => {
    const cwd = aTeam();
    await neap(['sync'], { cwd });
    places['/redis.atom'] = sends(atom('8.0.1', '8.0.0', '8.10.9').replace('2026-11-03', '2026-11-24'));
    await neap(['sync', '--product', 'redis'], { cwd, today: '2026-11-25' });
    const { out } = await neap(['news', '--since', '2026-11-24'], { cwd, today: '2026-11-25' });
    expect(out).toBe('redis\n  8.10.9: patch, 2026-11-24\n\nNothing new since 2026-11-24: mongodb\n');
  });

  test('refuses a day that is none, and one after today', async () => {
    const cwd = aTeam();
    expect((await neap(['news', '--since', 'monday'], { cwd })).err).toContain('--since: "monday" is not a day');
    expect((await neap(['news', '--since', '2027-01-01'], { cwd })).code).toBe(2);
  });
});

describe('neap db', () => {
  test('path, check, backup, vacuum', async () => {
    const cwd = aTeam();
    await neap(['sync'], { cwd });
    const path = (await neap(['db', 'path'], { cwd })).out.trim();
    expect(path).toBe(join(cwd, '.home', 'neap.db'));
    expect((await neap(['db', 'check'], { cwd })).out).toMatch(/ is whole \(schema 4, \d+ bytes\): .*claim \d{4}/);
    expect((await neap(['db', 'backup', 'copy.db'], { cwd })).code).toBe(0);
    expect((await neap(['db', 'check', '--db', join(cwd, 'copy.db')], { cwd })).out).toContain('is whole');
    expect((await neap(['db', 'backup', 'copy.db'], { cwd })).err).toContain('exists already');
    expect((await neap(['db', 'vacuum'], { cwd })).out).toMatch(/\d+ bytes before, \d+ after/);
  });

  test('an export goes into another database and says the same there', async () => {
    const cwd = aTeam();
    await neap(['sync'], { cwd });
    expect((await neap(['db', 'export', 'ledger.jsonl'], { cwd })).code).toBe(0);
    const other = join(cwd, 'other.db');
    const imported = await neap(['db', 'import', 'ledger.jsonl', '--db', other], { cwd });
    expect([imported.code, imported.out]).toEqual([0, expect.stringMatching(/^\d{4,} rows of /)]);
    const [one, two] = [await neap(['db', 'export'], { cwd }), await neap(['db', 'export', '--db', other], { cwd })];
    expect(two.out).toBe(one.out);
    expect(one.out).toBe(readFileSync(join(cwd, 'ledger.jsonl'), 'utf8'));
    const again = await neap(['db', 'import', 'ledger.jsonl', '--db', other], { cwd });
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('would mix two histories')]);
  });

  test('refuses what is no export, with its line, and keeps what was there', async () => {
    const head = '{"neap":"ledger","schema":2}';
    const cases: readonly (readonly [string, string])[] = [
      ['', 'is empty'],
      ['hello', ':1: the line is no JSON object'],
      ['{"a":1}', ':1: this is no export of a neap database'],
      ['{"neap":"ledger","schema":99}', ':1: it was written by a newer neap'],
      [`${head}\n{"table":"sqlite_schema","row":{}}`, ':2: there is no such table'],
      [`${head}\n{"table":"source","row":{"id":"x","nonsense":1}}`, ':2: the row does not fit the table'],
      [`${head}\n{"table":"source","row":{"id":"x","name":"\\u001b[2J"}}`, ':2: a text holds control characters'],
      [`${head}\n{"table":"claim","row":{"product":"a"}}`, ':2: the row does not fit the table'],
    ];
    const cwd = aFolder(Object.fromEntries(cases.map(([text], i) => [`${i}.jsonl`, text])));
    await neap(['status'], { cwd });
    const before = (await neap(['db', 'export'], { cwd })).out;
    for (const [i, [, message]] of cases.entries()) {
      const { code, err } = await neap(['db', 'import', `${i}.jsonl`], { cwd });
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
    expect((await neap(['db', 'export'], { cwd })).out).toBe(before);
  });

  test('bad usage is said', async () => {
    const cwd = aFolder();
    expect((await neap(['db', 'destroy'], { cwd })).err).toContain('there is no `neap db destroy`');
    expect((await neap(['db', 'check'], { cwd })).err).toContain('there is no database at');
    expect((await neap(['db', 'backup'], { cwd })).err).toContain('needs a file');
  });
});
