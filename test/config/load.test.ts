import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadConfig } from '../../src/config/load.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import { Problem } from '../../src/domain/problem.ts';

const { products } = loadCatalogue(dataDir());
const STACK = 'stack:\n  - {product: mongodb}\n';
const CHANGE = 'store: mongodb, rerunnable: true, rollback: script';

function write(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'neap-config-')), 'neap.yaml');
  writeFileSync(path, text);
  return path;
}

const load = async (text: string) => (await loadConfig(write(text), { products, aroundYear: 2026 })).config;

const freeze = (keys: string) => `${STACK}freezes: [{name: A, ${keys}, from: 2026-02-02, until: 2026-02-03}]\n`;

async function problem(text: string): Promise<{ place: string | undefined; message: string }> {
  const path = write(text);
  const error = await loadConfig(path, { products, aroundYear: 2026 }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw error ?? new Error('it loaded');
  return { place: error.where?.slice(path.length + 1), message: error.message.replaceAll(path, 'neap.yaml') };
}

describe('an error has its place and a remedy', () => {
  it.each([
    ['unknown key', `${STACK}policy:\n  tolerence: 0.1\n`, '4:3', 'did you mean `tolerance`?'],
    ['unknown top key', `${STACK}freeze: []\n`, '3:1', 'did you mean `freezes`?'],
    ['unknown product', 'stack:\n  - {product: mongose}\n', '2:15', 'did you mean `mongoose`?'],
    ['unknown zone', `team: {timezone: Europe/Pariss}\n${STACK}`, '1:18', 'did you mean `Europe/Paris`?'],
    ['unknown rule', `${STACK}policy: {neverRelax: [freze]}\n`, '3:23', 'did you mean `freeze`?'],
    [
      'a glob that cannot match',
      `${STACK}gate: {model: [./src/**]}\n`,
      '3:16',
      'write it from the root of the repository',
    ],
    ['an unknown kind of globs', `${STACK}gate: {modle: []}\n`, '3:8', 'did you mean `model`?'],
    ['no stack', 'team: {name: A}\n', '1:1', '`stack` is missing'],
    ['empty file', '', '1:1', 'must hold keys'],
    ['malformed YAML', `${STACK}team: [\n`, '4:1', 'Not valid YAML'],
    ['key twice', `${STACK}stack: []\n`, '3:1', 'Not valid YAML'],
    ['a number for a version', 'stack:\n  - {product: mongodb, fcv: 7.0}\n', '2:29', 'put it in quotes'],
    ['id twice', `${STACK}  - {product: mongodb}\n`, '3:5', '`mongodb` is there twice'],
    ['for nothing', `${STACK}  - {product: mongoose, for: mongdb}\n`, '3:30', 'did you mean `mongodb`?'],
    ['for on an engine', 'stack:\n  - {product: mongodb, for: mongodb}\n', '2:29', 'does not apply'],
    ['bad range', `${STACK}  - {product: mongoose, range: eight}\n`, '3:32', 'not a version range'],
    ['30 February', `${STACK}upgrades: [{store: mongodb, to: "8.0", by: 2026-02-30}]\n`, '3:44', 'calendar day'],
    ['sprint of no days', `${STACK}team: {sprint: {days: 0}}\n`, '3:23', '>= 1'],
    ['freeze backwards', `${STACK}freezes: [{name: A, from: 2026-02-02, until: 2026-02-02}]\n`, '3:46', 'after `from`'],
    ['freeze without end', `${STACK}freezes: [{name: A, from: 2026-02-02}]\n`, '3:11', '"A" has no end: add `until`'],
    [
      'freeze of two forms',
      `${STACK}freezes: [{name: A, from: 2026-02-02, every: {weekday: fri}}]\n`,
      '3:11',
      'only one of them',
    ],
    [
      'sprint exception off the beat',
      `${STACK}team: {sprint: {start: 2026-01-05, exceptions: [{start: 2026-01-20, days: 7}]}}\n`,
      '3:57',
      'no sprint begins on 2026-01-20; without exceptions one begins on 2026-01-19 and on 2026-02-02',
    ],
    [
      'unknown type of change',
      `${STACK}modelChanges: [{id: a, ${CHANGE}, type: split-feild}]\n`,
      '3:82',
      'did you mean `split-field`?',
    ],
    ['unknown store', `${STACK}upgrades: [{store: redis, to: "8.0"}]\n`, '3:20', 'no engine of the stack'],
    [
      'upgrade twice',
      `${STACK}upgrades: [{store: mongodb, to: "8.0"}, {store: mongodb, to: "8.0"}]\n`,
      '3:41',
      'twice',
    ],
    ['bare off', `${STACK}policy: {watch: {mongoose: off}}\n`, '3:28', '{off: why}'],
    ['watch of nothing', `${STACK}policy: {watch: {mongose: reach}}\n`, '3:18', 'did you mean `mongoose`?'],
    [
      'a key that is gone',
      `${STACK}policy:\n  riskStep: 0.01\n`,
      '4:3',
      '`riskStep` is gone; a plan now weighs risk against time: write `daysPerPoint` instead (default 7)',
    ],
    ['a word for what a freeze blocks', `${freeze('blocks: modle')}`, '3:29', 'did you mean `model`?'],
    [
      'a word in a list of what a freeze blocks',
      `${freeze('blocks: [model, disrupt]')}`,
      '3:37',
      '"disrupt" (one of all,',
    ],
    ['a freeze that blocks nothing', `${freeze('blocks: []')}`, '3:29', '`blocks` is an empty list; name at least one'],
    ['keys in what a freeze blocks', `${freeze('blocks: {model: true}')}`, '3:29', 'takes one word'],
    [
      'a fortnight that nobody can count',
      `${STACK}freezes: [{name: A, every: {weekday: fri, weeks: 2}}]\n`,
      '3:43',
      'of every 2 weeks nobody knows which; add `start`, the first day that "A" comes',
    ],
    ['a group of the policy as a number', `${STACK}policy: {lead: 10}\n`, '3:16', 'must hold keys'],
    ['half a working day of lead', `${STACK}policy: {lead: {engine: 0.5}}\n`, '3:25', 'must be integer'],
    ['less than no days a point', `${STACK}policy: {daysPerPoint: -1}\n`, '3:24', '>= 0'],
    ['no change a day', `${STACK}policy: {modelChanges: {perDay: 0}}\n`, '3:33', '>= 1'],
    [
      'a lead beyond the horizon',
      `${STACK}policy: {lead: {engine: 130}}\n`,
      '3:25',
      'a lead of 130 working days leaves none of the 130 in the 26 weeks',
    ],
    [
      'a lead beyond the horizon of a week of three days',
      `${STACK}policy: {lead: {model: 78}}\nteam: {workdays: [mon, tue, wed, wed]}\n`,
      '3:24',
      'none of the 78',
    ],
    [
      'a span without room for its contract',
      `${STACK}policy: {modelChanges: {contractAfter: 20, maxSpan: 22}}\n`,
      '3:53',
      'it takes at least 23 days',
    ],
    [
      'a contract too late for the usual span',
      `${STACK}policy: {modelChanges: {contractAfter: 54}}\n`,
      '3:40',
      'no change in phases fits `maxSpan: 56`',
    ],
    ['unknown country', `team: {holidays: [{country: fr}]}\n${STACK}`, '1:29', 'did you mean `FR`?'],
    ['migration', `${STACK}modelChanges: [{id: a, store: mongodb, rerunnable: true}]\n`, '3:16', 'must say `rollback`'],
    [
      'change for no store',
      `${STACK}modelChanges: [{id: a, store: mongo, strategy: state}]\n`,
      '3:31',
      '`mongo` is no engine',
    ],
    ['after nothing', `${STACK}modelChanges: [{id: a, ${CHANGE}, after: [b-b]}]\n`, '3:84', 'Unknown work `b-b`'],
    ['after itself', `${STACK}modelChanges: [{id: a, ${CHANGE}, after: [a]}]\n`, '3:83', 'comes after itself'],
    [
      'deadline first',
      `${STACK}modelChanges: [{id: a, ${CHANGE}, notBefore: 2026-03-02, deadline: 2026-03-01}]\n`,
      '3:109',
      'comes before `notBefore`',
    ],
  ])('%s', async (_, text, place, part) => {
    const found = await problem(text);
    expect(found.message).toContain(part);
    expect(found.place).toBe(place);
  });

  it('lists every error, the first in its place', async () => {
    const { place, message } = await problem(`${STACK}team: {timezone: Nowhere/X}\nupgrades: [{store: a, to: "1"}]\n`);
    expect(place).toBe('3:18');
    expect(message.split('\n')).toEqual([
      expect.stringContaining('Unknown time zone'),
      expect.stringContaining('neap.yaml:4:20: `a` is no engine of the stack'),
    ]);
  });

  it('says which file cannot be read', async () => {
    await expect(loadConfig('/nowhere/neap.yaml', { products, aroundYear: 2026 })).rejects.toMatchObject({
      name: 'Problem',
      where: '/nowhere/neap.yaml',
    });
  });
});

describe('defaults', () => {
  it('come with the smallest file', async () => {
    const config = await load('stack: []\n');
    expect(config).toEqual({
      team: {
        name: 'Team',
        timezone: 'UTC',
        workdays: [1, 2, 3, 4, 5],
        daysOff: [],
        sprint: { start: '2026-01-05', days: 14, first: 1, capacity: null, exceptions: [] },
      },
      stack: [],
      policy: DEFAULT_POLICY,
      freezes: [],
      modelChanges: [],
      upgrades: [],
      exceptions: [],
      gate: { model: null, migrations: null },
      products: [],
    });
  });

  it.each([
    ['its `for`', '[{product: mongodb}, {product: redis}, {product: ioredis, for: redis}]', 'redis'],
    ['the only engine', '[{id: main, product: mongodb}, {product: mongoose}]', 'main'],
    ['none of two', '[{product: mongodb}, {product: redis}, {product: ioredis}]', null],
    ['none for a runtime', '[{product: mongodb}, {product: nodejs}]', null],
    ['none for an engine', '[{product: mongodb}]', null],
  ])('the store of a package is %s', async (_, stack, store) => {
    expect((await load(`stack: ${stack}\n`)).stack.at(-1)?.store).toBe(store);
  });

  it('effort is days; a declared schema needs no script', async () => {
    const { modelChanges } = await load(`${STACK}modelChanges: [{id: a, store: mongodb, strategy: state, days: 3}]\n`);
    expect(modelChanges[0]).toMatchObject({ days: 3, effort: 3, priority: 3, rerunnable: null, rollback: null });
  });

  it.each(['lead', 'modelChanges', 'engineUpgrades', 'packages'] as const)(
    'of %s stay for what a team leaves out',
    async (group) => {
      const [[key = '', usual] = []] = Object.entries(DEFAULT_POLICY[group]);
      const { policy } = await load(`${STACK}policy: {${group}: {${key}: ${Number(usual) + 1}}}\n`);
      expect(policy).toEqual({ ...DEFAULT_POLICY, [group]: { ...DEFAULT_POLICY[group], [key]: Number(usual) + 1 } });
    },
  );

  it('a list is replaced, also by none', async () => {
    expect((await load(`${STACK}policy: {neverRelax: [deadline, lead]}\n`)).policy.neverRelax).toEqual([
      'deadline',
      'lead',
    ]);
    expect((await load(`${STACK}policy: {neverRelax: []}\n`)).policy.neverRelax).toEqual([]);
  });

  it.each([
    ['none', 0, 0],
    ['the longest that leaves a day', 129, 129],
  ])('a lead may be %s', async (_, engine, model) => {
    const { policy } = await load(`${STACK}policy: {lead: {engine: ${engine}, model: ${model}}}\n`);
    expect(policy.lead).toEqual({ engine, model });
  });

  it('the shortest span holds a day for each phase and the wait before the contract', async () => {
    const { policy } = await load(`${STACK}policy: {modelChanges: {contractAfter: 20, maxSpan: 23}}\n`);
    expect(policy.modelChanges).toMatchObject({ contractAfter: 20, maxSpan: 23 });
  });

  it('`off` with a reason is off', async () => {
    const config = await load(`${STACK}policy: {watch: {mongoose: {off: vendored}}}\n`);
    expect(config.policy.watch).toEqual({ engine: 'vendor', default: 'reach', mongoose: 'off' });
  });
});

describe('holidays', () => {
  it('are public ones, the days before them, and own days', async () => {
    const { daysOff } = (await load(`team: {holidays: [{country: FR, before: 1, days: [2026-08-17]}]}\n${STACK}`)).team;
    expect(daysOff).toEqual([...daysOff].sort());
    expect(daysOff).toEqual(expect.arrayContaining(['2025-07-14', '2026-07-13', '2026-07-14', '2026-08-17']));
    expect(daysOff).toContain('2028-12-25');
    // Mother's Day is an observance.
    expect(daysOff).not.toContain('2026-05-31');
  });
});

describe('files that must load', () => {
  it('the example of the design', async () => {
    const config = await load(readFileSync(new URL('section-4.yaml', import.meta.url), 'utf8'));
    expect(config.stack.map((item) => item.store)).toEqual([null, 'mongodb', 'mongodb', null, 'redis']);
    expect(config.stack[0]).toMatchObject({ running: '7.0.31', fcv: '7.0' });
    expect(config.products).toEqual([
      {
        id: 'postgresql',
        name: 'postgresql',
        kind: 'engine',
        versioning: 'two-part',
        feeds: [{ type: 'file', path: 'postgresql.json' }],
      },
    ]);
    expect(config.exceptions).toHaveLength(1);
    expect(config.policy).toEqual(DEFAULT_POLICY);
  });

  it('the example team', async () => {
    const path = join(dataDir(), 'example', 'neap.yaml');
    const { config } = await loadConfig(path, { products, aroundYear: 2026 });
    expect(config.team.name).toBe('Payments (example)');
  });
});

describe('what a freeze blocks', () => {
  it.each([
    ['all', ['model', 'engine', 'package']],
    ['engine', ['engine']],
    ['disruption', ['disruption']],
    ['[disruption, all]', ['model', 'engine', 'package', 'disruption']],
    ['[engine, model, engine]', ['model', 'engine']],
  ])('%s', async (written, blocks) => {
    expect((await load(freeze(`blocks: ${written}`))).freezes).toEqual([
      { name: 'A', from: '2026-02-02', until: '2026-02-03', blocks, allow: [], recurring: false },
    ]);
  });

  it('is all work where nothing is said', async () => {
    expect((await load(freeze('allow: [security]'))).freezes).toMatchObject([
      { blocks: ['model', 'engine', 'package'], allow: ['security'] },
    ]);
  });
});

describe('recurring freezes', () => {
  it.each(['every: {weekday: fri}', 'sprint: {last: 1}'])('are marked: %s', async (form) => {
    const { freezes } = await load(`${STACK}freezes: [{name: A, ${form}, blocks: [engine, disruption]}]\n`);
    expect(freezes.length).toBeGreaterThan(50);
    for (const one of freezes) expect(one).toMatchObject({ recurring: true, blocks: ['engine', 'disruption'] });
  });

  it('come every week without a day to count from', async () => {
    expect(await days('every: {weekday: fri}', '2026-01')).toEqual([
      '2026-01-02 2026-01-03',
      '2026-01-09 2026-01-10',
      '2026-01-16 2026-01-17',
      '2026-01-23 2026-01-24',
      '2026-01-30 2026-01-31',
    ]);
  });

  const days = async (text: string, year = '2026-0') =>
    (await load(`${STACK}team: {sprint: {start: 2026-01-05, days: 14}}\nfreezes: [{name: A, ${text}}]\n`)).freezes
      .filter(({ from }) => from.startsWith(year))
      .map(({ from, until }) => `${from} ${until}`);

  it('come every second Friday from a day on', async () => {
    const found = await days('every: {weekday: fri, weeks: 2, start: 2026-01-09}', '2026-01');
    expect(found).toEqual(['2026-01-09 2026-01-10', '2026-01-23 2026-01-24']);
  });

  it('come in the last days of each sprint, or the first', async () => {
    expect((await days('sprint: {last: 3}')).slice(0, 2)).toEqual(['2026-01-02 2026-01-05', '2026-01-16 2026-01-19']);
    expect((await days('sprint: {first: 1}')).slice(0, 1)).toEqual(['2026-01-05 2026-01-06']);
  });

  it('never outlast their sprint, and reach over the years a plan can see', async () => {
    expect((await days('sprint: {last: 30}')).slice(0, 1)).toEqual(['2026-01-05 2026-01-19']);
    expect(await days('every: {weekday: mon, weeks: 4, start: 2026-01-05}', '2028-12')).not.toEqual([]);
  });
});

describe('a file laid over the configuration', () => {
  const plain = `${STACK}modelChanges:\n  - {id: a, store: mongodb, days: 1, rerunnable: true, rollback: script}\n  - {id: b, store: mongodb, days: 1, rerunnable: true, rollback: script}\n`;
  const over = async (patch: string) => {
    const dir = mkdtempSync(join(tmpdir(), 'neap-patch-'));
    writeFileSync(join(dir, 'neap.yaml'), plain);
    writeFileSync(join(dir, 'p.yaml'), patch);
    return loadConfig(join(dir, 'neap.yaml'), {
      products: loadCatalogue(dataDir()).products,
      aroundYear: 2026,
      patch: join(dir, 'p.yaml'),
    }).then(
      () => 'taken',
      (error: Problem) => `${error.where?.split('/').at(-1)} ${error.message}`,
    );
  };

  it.each([
    ['policy: {tolerance: 0.1}', 'taken'],
    ['policy: {tolerance: 2}', 'p.yaml:1:21 `tolerance` must be <= 1'],
    [
      'policy: {riskStep: 0.1}',
      'p.yaml:1:10 `riskStep` is gone; a plan now weighs risk against time: write `daysPerPoint`',
    ],
    ['policy: {tolerence: 0.1}', 'p.yaml:1:10 Unknown key `tolerence`; did you mean `tolerance`?'],
    [
      '\nmodelChanges: [{id: b, store: mongdb}]',
      'p.yaml:2:31 `mongdb` is no engine of the stack; did you mean `mongodb`?',
    ],
    ['modelChanges: [{id: c, store: mongodb}]', 'p.yaml:1:16 `c` is a migration and must say `rerunnable`'],
    // What the patch takes away is missed in the file that needs it.
    ['modelChanges: [{id: a, rollback: null}]', '`a` is a migration and must say `rollback`'],
  ])('%s', async (patch, said) => {
    expect(await over(patch)).toContain(said);
  });
});
