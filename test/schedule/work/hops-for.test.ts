import { describe, expect, it } from 'vitest';
import type { Config, StackItem } from '../../../src/domain/config.ts';
import { addDays, type Day, day } from '../../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy.ts';
import type { History } from '../../../src/domain/release.ts';
import { isStepName } from '../../../src/domain/step-name.ts';
import type { Hop, HopResult } from '../../../src/schedule/work/hop.ts';
import { type HopInput, hopsFor } from '../../../src/schedule/work/hops-for.ts';
import type { Package } from '../../../src/upgrade/packages.ts';
import { TABLES } from '../../../src/upgrade/tables.ts';
import { aPackage, bundledHistory, bundledProduct } from '../../support/bundled.ts';
import { aHistory, MONGODB } from '../../support/mongodb.ts';
import { aConfig } from '../../support/team.ts';

const asOf = day('2026-11-22');
const POLICY = { ...DEFAULT_POLICY, engineUpgrades: { ...DEFAULT_POLICY.engineUpgrades, minPatch: 0 } };

/** What of a team decides on its hops. */
interface Team {
  readonly running: string | null;
  readonly to: string;
  readonly fcv?: string;
  readonly engine?: string;
  readonly topology?: string;
  readonly packages?: readonly (readonly [id: string, running: string])[];
  readonly runtime?: string;
  readonly by?: Day;
  readonly history?: History;
  readonly config?: Partial<Config>;
  readonly more?: Partial<HopInput>;
}

function hops(team: Team): readonly HopResult[] {
  const { running, to, engine: id = 'mongodb', packages = [], runtime, config = {}, more = {} } = team;
  const engine: StackItem = {
    id,
    product: id,
    running,
    range: null,
    store: null,
    edition: 'community',
    topology: team.topology ?? null,
    platform: null,
    fcv: team.fcv ?? null,
  };
  const item = (one: readonly [string, string]): Package => aPackage(...one);
  return hopsFor({
    config: aConfig({ policy: POLICY, stack: [engine], ...config }),
    upgrade: { store: id, to, by: team.by ?? null, priority: 3 },
    engine,
    product: bundledProduct(id),
    history: team.history ?? bundledHistory(id),
    packages: packages.map(item),
    runtime: runtime === undefined ? null : aPackage('nodejs', runtime),
    asOf,
    tables: { ...TABLES, advisories: [] },
    ...more,
  });
}

/** The hops alone; anything else among them is a mistake of the test. */
function allHops(team: Team): readonly Hop[] {
  return hops(team).map((result) => {
    if (result.kind !== 'hop') throw new Error(JSON.stringify(result));
    return result.hop;
  });
}

const pieces = ({ before, prepare, binaries, fcv }: Hop) => [
  ...before,
  prepare,
  binaries,
  ...(fcv === null ? [] : [fcv]),
];
const ids = (all: readonly Hop[]) => all.flatMap(pieces).map(({ id }) => id);

const OLD: Team = {
  running: '4.4.29',
  to: '9.0',
  fcv: '4.4',
  topology: 'replica-set',
  packages: [
    ['mongoose', '5.13.20'],
    ['mongodb-driver', '3.7.4'],
  ],
  runtime: '14.21.3',
  by: day('2027-12-31'),
};

describe('the hops of a team from MongoDB 4.4 with mongoose 5, driver 3 and Node.js 14', () => {
  const all = allHops(OLD);

  it('have every window that comes before them, in order', () => {
    expect(all.map(({ item, before }) => [item, ...before.map(({ step }) => step)])).toEqual([
      ['mongodb-5.0', 'patch', 'mongoose-6'],
      ['mongodb-6.0'],
      ['mongodb-7.0', 'mongoose-7'],
      ['mongodb-8.0', 'runtime', 'mongoose-8'],
      ['mongodb-9.0', 'mongoose-9'],
    ]);
    expect(all.map(({ upgrade }) => upgrade.by)).toEqual([null, null, null, null, '2027-12-31']);
    for (const { step, major, patch } of all.flatMap(pieces)) {
      expect(step !== null && isStepName(step)).toBe(true);
      expect([step, major]).toEqual([step, step === 'runtime' || step?.startsWith('mongoose-') ? true : undefined]);
      expect([step, patch]).toEqual([step, step === 'patch' ? true : undefined]);
    }
  });

  it('say of each window its kind, what then runs, and how to go back', () => {
    const [first, , , fourth] = all;
    expect(first?.before[0]).toMatchObject({ kind: 'engine', days: 2, effort: 0.5, urgent: false });
    expect(first?.before[1]).toMatchObject({ kind: 'package', days: 3, effort: 5 });
    expect(first?.sets.patch).toEqual([{ id: 'mongodb', key: 'running', value: '4.4.31' }]);
    expect(first?.sets['mongoose-6']?.map(({ id }) => id)).toEqual(['mongoose', 'mongodb-driver']);
    expect(first?.waysBack.patch).toBe('Put the patch before back: 4.4.29.');
    expect(first?.waysBack['mongoose-6']).toBe(
      'Deploy the application with mongoose 5.13.20, Node driver 3.7.4 again.',
    );
    expect(fourth?.sets.runtime).toEqual([
      { id: 'nodejs', key: 'running', value: expect.stringMatching(/^2[46]\.\d+\.\d+$/) },
    ]);
    expect(first?.binaries.needs).toEqual(['mongodb-5.0/mongoose-6']);
    expect(first?.noReturn).toBeNull();
    expect(all.map(({ noReturn }) => noReturn)).toEqual([null, null, 'binaries', 'binaries', null]);
  });

  it('each have a day by which the policy wants the line they leave gone', () => {
    const eol = (line: string) => bundledHistory('mongodb').lines.find((one) => one.line === line)?.eol?.day ?? null;
    const days = ['4.4', '5.0', '6.0', '7.0', '8.0'].map((line) => {
      const end = eol(line);
      return end === null ? null : addDays(end, -90);
    });
    expect(days.filter((one) => one !== null).length).toBeGreaterThanOrEqual(4);
    expect(all.map(({ leaveBy }) => leaveBy)).toEqual(days);
  });

  it('have no such day where the end of the line is not known', () => {
    const history = aHistory(MONGODB, [
      ['7.0.0', '2023-08-15'],
      ['7.0.31', '2026-03-17'],
      ['8.0.0', '2024-10-02'],
    ]);
    expect(allHops({ running: '7.0.31', to: '8.0', history })[0]?.leaveBy).toBeNull();
  });

  it('keep the names of what is left when neap.yaml says what is done', () => {
    const expected = ids(all);
    let team = OLD;
    for (let done = 0; done < expected.length; done++) {
      const now = allHops(team);
      // A hop that has begun still lists what came before: it counts as done.
      const open = now.flatMap((hop) => (hop.begun ? pieces(hop).filter(({ step }) => step === 'fcv') : pieces(hop)));
      // Preparing changes nothing that neap.yaml says, so that it alone may stand there again.
      const lasting = (all: readonly string[]) => all.filter((id) => !id.endsWith('/prepare'));
      expect(lasting(open.map(({ id }) => id))).toEqual(lasting(expected.slice(done)));
      const next = expected[done] ?? '';
      const hop = now.find(({ item }) => next.startsWith(`${item}/`));
      for (const { id, key, value } of hop?.sets[next.split('/')[1] ?? ''] ?? []) {
        if (id === 'mongodb') team = { ...team, [key === 'fcv' ? 'fcv' : 'running']: value };
        else if (id === 'nodejs') team = { ...team, runtime: value };
        else
          team = {
            ...team,
            packages: team.packages?.map((one) => (one[0] === id ? ([id, value] as const) : one)) ?? [],
          };
      }
      expect(open.map(({ id }) => id)).toContain(next);
    }
    expect(hops(team)).toEqual([]);
  });
});

describe('other chains', () => {
  it('from MongoDB 7.0 with mongoose 6, two majors before one hop', () => {
    const [hop, ...rest] = allHops({
      running: '7.0.40',
      to: '8.0',
      fcv: '7.0',
      packages: [
        ['mongoose', '6.13.0'],
        ['mongodb-driver', '4.17.2'],
      ],
    });
    expect(rest).toEqual([]);
    expect(hop?.before.map(({ id }) => id)).toEqual(['mongodb-8.0/mongoose-7', 'mongodb-8.0/mongoose-8']);
    expect(hop?.binaries.needs).toEqual(['mongodb-8.0/mongoose-7', 'mongodb-8.0/mongoose-8']);
  });

  it('of Redis alone: no FCV, no patch that its vendor does not ask for', () => {
    const [hop, ...rest] = allHops({ running: '7.2.0', to: '8.2', engine: 'redis', topology: 'standalone' });
    expect(rest).toEqual([]);
    expect([hop?.item, hop?.before, hop?.fcv, hop?.burnIn]).toEqual(['redis-8.2', [], null, 0]);
    expect(hop?.soak).toBe(POLICY.engineUpgrades.burnIn + POLICY.engineUpgrades.soak);
  });

  it('with nothing to change before', () => {
    const [hop] = allHops({
      running: '7.0.40',
      to: '8.0',
      fcv: '7.0',
      packages: [
        ['mongoose', '8.19.1'],
        ['mongodb-driver', '6.20.0'],
      ],
      runtime: '22.10.0',
    });
    expect([hop?.before, hop?.binaries.needs]).toEqual([[], []]);
  });

  it('begin with the FCV, then the patch', () => {
    // No row leads from 6.1 to 7.0, so that nothing is known of a hop that could have begun.
    const [hop] = allHops({ running: '7.0.31', to: '8.0', fcv: '6.1' });
    expect(hop?.before.map(({ step }) => step)).toEqual(['fcv-first', 'patch']);
    expect(hop?.sets['fcv-first']).toEqual([{ id: 'mongodb', key: 'fcv', value: '7.0' }]);
  });
});

describe('a patch that a grave defect brings anyway', () => {
  const steps = (patched: string | null) =>
    allHops({ running: '7.0.31', to: '8.0', fcv: '7.0', more: { patched } })[0]?.before.map(({ step }) => step);

  it('is taken instead of a second one', () => {
    expect([steps(null), steps('7.0.40')]).toEqual([['patch'], []]);
  });

  it('is not enough when a newer one is out', () => {
    expect(steps('7.0.33')).toEqual(['patch']);
  });
});

describe('a hop that has begun', () => {
  it('is what is left of it, whatever the age of what runs', () => {
    const strict = { policy: { ...POLICY, engineUpgrades: { ...POLICY.engineUpgrades, minPatch: 50 } } };
    const [hop, ...rest] = allHops({ running: '9.0.1', to: '9.0', fcv: '8.0', config: strict });
    expect(rest).toEqual([]);
    expect(hop).toMatchObject({ item: 'mongodb-9.0', begun: true, title: 'MongoDB 8.0 → 9.0.1' });
    expect([hop?.binaries.ripe, hop?.before]).toEqual([null, []]);
  });

  it('comes before the rest of a longer chain, which does not raise the FCV again', () => {
    const all = allHops({ running: '5.0.34', to: '7.0', fcv: '4.4' });
    expect(all.map(({ item, begun }) => [item, begun])).toEqual([
      ['mongodb-5.0', true],
      ['mongodb-6.0', false],
      ['mongodb-7.0', false],
    ]);
    expect(all.map(({ prepare }) => prepare.after)).toEqual([[], ['mongodb-5.0'], ['mongodb-6.0']]);
    expect(ids(all)).not.toContain('mongodb-6.0/fcv-first');
  });
});

describe('no way', () => {
  it.each([
    [{ running: null, to: '8.0' }, /does not say which version of MongoDB runs/],
    [{ running: '7.0.31', to: '7.5' }, /7\.5 is no line of mongodb that the tables know/],
    [{ running: '7.0.31', to: '8.1' }, /rapid release.*; the nearest that can be reached is 8\.0/],
  ])('%j', (team, because) => {
    expect(hops(team)).toEqual([
      {
        kind: 'no-way',
        item: `mongodb-${team.to}`,
        upgrade: expect.objectContaining({ to: team.to }),
        title: `MongoDB ${team.running ?? '?'} → ${team.to}`,
        because: expect.stringMatching(because),
      },
    ]);
  });
});

describe('a line that cannot be entered yet', () => {
  const strict = (minPatch: number, minAge = 60) => ({
    policy: { ...POLICY, engineUpgrades: { ...POLICY.engineUpgrades, minPatch, minAge } },
  });
  const released = (...young: readonly (readonly [string, string])[]) =>
    aHistory(MONGODB, [['8.0.0', '2024-10-02'], ['8.0.29', '2026-09-01'], ...young]);
  const later = (team: Omit<Team, 'running' | 'to'> & { readonly to?: string }) =>
    hops({ running: '8.0.29', to: '9.0', ...team }).map((result) =>
      result.kind === 'later' ? { item: result.item, from: result.from, because: result.because } : result.kind,
    );

  it('for want of patches, with the day they are forecast by, and never before it is old enough', () => {
    const history = released(['9.0.0', '2026-09-28'], ['9.0.1', '2026-10-20']);
    const because = '9.0 has 1 patch, the policy wants 3';
    expect(later({ history, config: strict(3) })).toEqual([{ item: 'mongodb-9.0', from: null, because }]);
    const asked: unknown[] = [];
    const patchesBy = (line: string, count: number) => {
      asked.push([line, count]);
      return day('2027-01-15');
    };
    expect(later({ history, config: strict(3), more: { patchesBy } })).toEqual([
      { item: 'mongodb-9.0', from: '2027-01-15', because },
    ]);
    expect(asked).toEqual([['9.0', 2]]);
    expect(later({ history, config: strict(3, 200), more: { patchesBy } })).toEqual([
      { item: 'mongodb-9.0', from: '2027-04-16', because },
    ]);
  });

  it('for it is not out, with the day on which it is forecast to be out and ripe', () => {
    const patchesBy = (_: string, count: number) => day(count === 1 ? '2027-02-01' : '2027-05-01');
    const because = 'no release of MongoDB 9.0 is out';
    expect(later({ history: released(), config: strict(3), more: { patchesBy } })).toEqual([
      { item: 'mongodb-9.0', from: '2027-05-01', because },
    ]);
    expect(later({ history: released(), config: strict(3, 365), more: { patchesBy } })).toEqual([
      { item: 'mongodb-9.0', from: '2028-02-01', because },
    ]);
    expect(later({ history: released(), config: strict(3) })).toEqual([{ item: 'mongodb-9.0', from: null, because }]);
  });

  it('for nobody has heard of it yet', () => {
    expect(later({ to: '10.0' })).toEqual([
      { item: 'mongodb-10.0', from: null, because: 'no release of MongoDB 10.0 is out' },
    ]);
  });

  it('for its first release is not seven days old', () => {
    const history = released(['9.0.0', '2026-11-20']);
    expect(later({ history, config: strict(0, 0) })).toEqual([
      {
        item: 'mongodb-9.0',
        from: '2026-11-27',
        because: '9.0 came out on 2026-11-20; a release is left alone for its first 7 days',
      },
    ]);
  });

  it('is a hop once only its age is missing', () => {
    const history = released(['9.0.0', '2026-10-28']);
    const [hop] = allHops({ running: '8.0.29', to: '9.0', history, config: strict(0) });
    expect(hop?.binaries.ripe).toEqual({
      from: '2026-12-27',
      because: '9.0 came out on 2026-10-28; the policy waits 60 days, until 2026-12-27',
    });
  });

  it('keeps back what comes after it, and nothing before it', () => {
    const history = aHistory(MONGODB, [
      ['6.0.29', '2026-08-01'],
      ['7.0.0', '2023-08-15'],
      ['7.0.1', '2023-09-15'],
      ['8.0.0', '2024-10-02'],
      ['9.0.0', '2026-09-01'],
      ['9.0.1', '2026-09-15'],
    ]);
    const team = { running: '6.0.29', to: '9.0', history, config: strict(1), by: day('2027-06-30') };
    const patchesBy = () => day('2027-02-01');
    const results = hops({ ...team, more: { patchesBy } });
    expect(
      results.map((one) => (one.kind === 'hop' ? [one.hop.item] : [one.item, one.kind === 'later' && one.from])),
    ).toEqual([['mongodb-7.0'], ['mongodb-8.0', '2027-02-01'], ['mongodb-9.0', '2027-02-01']]);
    expect(results[1]).toMatchObject({ because: '8.0 has 0 patches, the policy wants 1', upgrade: { by: null } });
    expect(results[2]).toMatchObject({
      because: 'it comes after mongodb-8.0, which has to wait',
      upgrade: { by: '2027-06-30' },
    });
    expect(hops(team).slice(1)).toMatchObject([{ from: null }, { from: null }]);
  });

  it('may be entered by an exception, as long as that holds', () => {
    const history = released(['9.0.0', '2026-09-28']);
    const exceptions = [
      { rule: 'release-age', item: 'mongodb-9.0', expires: day('2027-01-31'), reason: 'asked for' } as const,
    ];
    const [hop] = allHops({
      running: '8.0.29',
      to: '9.0',
      history,
      config: { ...strict(3), exceptions },
      by: day('2027-06-30'),
    });
    expect(hop?.binaries).toMatchObject({ ripe: { from: '2027-02-01' }, deadline: '2027-01-31' });
    expect(hop?.fcv?.deadline).toBe('2027-06-30');
  });
});
