import type { Claim } from '../../src/domain/claim.ts';
import type { Config, Freeze, StackItem } from '../../src/domain/config.ts';
import { addDays, type Day, day, daysBetween, toNumber } from '../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import type { Forecast } from '../../src/domain/forecast.ts';
import { QUANTILES } from '../../src/domain/forecast.ts';
import type { Lane, LaneAdvisory, Overview } from '../../src/domain/overview.ts';
import type { PatchOnlyPeriod, StoreOutlook } from '../../src/domain/period.ts';
import type { Plan, PlannedWindow } from '../../src/domain/plan.ts';
import type { Product, ProductKind } from '../../src/domain/product.ts';
import type { Level, Release } from '../../src/domain/release.ts';
import type { StepName } from '../../src/domain/step-name.ts';

const AS_OF = day('2026-11-22');
const FROM = addDays(AS_OF, -84);
const UNTIL = addDays(AS_OF, 182);

/** A small team with MongoDB and Redis on 22 November 2026. The same bytes each time; every kind of row occurs. */
export function anOverview(): Overview {
  return {
    asOf: AS_OF,
    origin: { kind: 'team', path: '/team/neap.yaml' },
    config: config(),
    lanes: lanes(),
    outlooks: [mongodbOutlook(), redisOutlook()],
    snapshot: { asOf: day('2026-11-23'), windows: [], unplaced: [], holds: [], inputs: [] },
    plan: plan(),
    decisions: [
      {
        item: 'orders-split',
        step: null,
        state: 'accepted',
        from: day('2026-11-30'),
        until: day('2026-12-03'),
        by: 'Ada',
        on: day('2026-11-20'),
        reason: 'before the peak',
      },
    ],
    status: 'mongodb: models may change until 10 Jan 2027, then MongoDB 9.0 is near. redis: wait until 14 Dec 2026.',
    notices: ['Stale: ioredis (2026-10-02); older than 14 days. Run: neap sync'],
  };
}

function lanes(): readonly Lane[] {
  return [
    lane('mongodb', 'MongoDB', 'engine', null, {
      running: '8.0.16',
      releases: [
        '7.0.0 2025-08-15 major',
        '8.0.0 2026-02-03 major',
        '8.2.0 2026-09-16 minor',
        '8.2.1 2026-10-14 patch',
      ],
      median: '2027-02-03',
      spread: 24,
      next: '9.0',
    }),
    lane('mongodb-driver', 'Node driver', 'driver', 'mongodb', {
      running: '6.20.0',
      releases: ['6.20.0 2026-09-17 minor', '7.0.0 2026-11-06 major', '7.0.1 2026-11-13 patch'],
      median: '2026-12-14',
      spread: 14,
      next: '7.1',
    }),
    lane('mongoose', 'Mongoose', 'odm', 'mongodb', {
      running: '8.19.1',
      releases: ['8.19.0 2026-09-30 minor', '8.19.1 2026-10-20 patch', '8.20.0 2026-11-18 minor'],
      median: '2026-12-21',
      spread: 16,
      next: '8.21',
    }),
    lane('redis', 'Redis', 'engine', null, {
      running: '8.2.1',
      releases: ['8.0.0 2026-05-02 major', '8.2.0 2026-08-04 minor', '8.4.0 2026-11-16 minor'],
      median: '2027-02-20',
      spread: 20,
      next: '8.6',
    }),
    lane('ioredis', 'ioredis', 'client', 'redis', {
      running: '5.8.0',
      releases: ['5.7.0 2026-07-18 minor', '5.8.0 2026-09-22 minor'],
      median: null,
      spread: 0,
      next: null,
    }),
    lane('bullmq', 'BullMQ', 'queue', 'redis', {
      running: '5.61.0',
      releases: ['5.60.0 2026-10-03 minor', '5.61.0 2026-11-02 minor', '5.61.1 2026-11-20 patch'],
      median: '2026-12-02',
      spread: 6,
      next: '5.62',
    }),
  ];
}

interface LaneFacts {
  readonly running: string;
  /** `version date level` */
  readonly releases: readonly string[];
  /** `null`: no forecast, and the facts are stale. */
  readonly median: string | null;
  readonly spread: number;
  readonly next: string | null;
}

function lane(id: string, name: string, kind: ProductKind, store: string | null, facts: LaneFacts): Lane {
  const { running, releases, median, spread, next } = facts;
  const vendor = id.startsWith('mongo') ? 'MongoDB' : 'Redis';
  const product: Product = {
    id,
    name,
    kind,
    vendor,
    versioning: 'semver',
    effective: ['notes', 'tag'],
    feeds: [],
    npm: null,
  };
  const observedThrough = median === null ? day('2026-10-02') : AS_OF;
  const history = { product: id, releases: releases.map((text) => release(id, text)), lines: [], observedThrough };
  const forecast = aForecast(id, median === null ? null : day(median), spread, next);
  return {
    product,
    store,
    running,
    range: null,
    watch: 'vendor',
    history,
    forecast,
    stale: median === null,
    advisories: id === 'mongodb' ? [ADVISORY] : [],
  };
}

const ADVISORY: LaneAdvisory = {
  id: 'CVE-2026-0001',
  title: 'Memory can be read without logging in',
  kind: 'security',
  severity: 'high',
  exploited: true,
  published: '2026-11-18',
  source: 'vendor notice',
};

function release(product: string, text: string): Release {
  const [version = '', date = '', level = ''] = text.split(' ');
  const notes = claim(product, version, 'notes', date);
  const tag = claim(product, version, 'tag', addDays(day(date), -2));
  return {
    product,
    version,
    line: version.split('.').slice(0, 2).join('.'),
    level: level as Level,
    feature: level !== 'patch',
    selfManaged: true,
    date: day(date),
    precision: 'day',
    dateFrom: { of: 'notes', source: `${product}-notes` },
    claims: [notes, tag],
    urgency: version === '8.2.1' ? 'SECURITY' : null,
  };
}

function claim(product: string, subject: string, of: 'notes' | 'tag', date: string): Claim {
  const at = day(date);
  const source = `${product}-${of}`;
  const known = { knownFrom: at, confirmed: AS_OF, suspect: null };
  return { product, subject, of, state: 'dated', day: at, precision: 'day', source, ...known };
}

/** Quantiles evenly spread: `spread` days lie between p25 and p50. */
function aForecast(product: string, median: Day | null, spread: number, nextLine: string | null): Forecast {
  const base = { product, observedThrough: AS_OF, nextLine };
  if (median === null) {
    const because = 'two releases are too few to tell';
    return { ...base, kind: 'unknown', because, quantiles: {}, mostLikely: null, evidence: [], distribution: null };
  }
  const quantiles = Object.fromEntries(
    QUANTILES.map((p) => [String(p), addDays(median, Math.round((p - 0.5) * 4 * spread))]),
  );
  const start = toNumber(addDays(median, -2 * spread));
  const mass = new Float64Array(4 * spread).fill(1 / (4 * spread));
  const hit = (from: number, until: number) =>
    Math.max(0, Math.min(until, start + mass.length) - Math.max(from, start)) / mass.length;
  return {
    ...base,
    kind: 'known',
    because: 'enough gaps',
    quantiles,
    mostLikely: median,
    evidence: [`the last gaps were around ${spread * 4} days`, 'no release has come since'],
    distribution: { start, mass, hit },
  };
}

function mongodbOutlook(): StoreOutlook {
  return outlook('mongodb', [
    period('mongodb', '2026-10-01', '2026-11-06', 'observed', 1, 'MongoDB 8.2 had settled', 'Node driver 7.0 came'),
    period(
      'mongodb',
      '2026-11-20',
      '2027-01-11',
      'forecast',
      0.93,
      'Node driver 7.0 had settled',
      'MongoDB 9.0 is near',
    ),
    period('mongodb', '2027-03-22', '2027-05-02', 'unknown', 0.9, 'MongoDB 9.0 has settled', 'the forecast ends'),
  ]);
}

function redisOutlook(): StoreOutlook {
  return outlook('redis', [
    period('redis', '2026-08-30', '2026-11-16', 'observed', 1, 'Redis 8.2 had settled', 'Redis 8.4 came'),
    period('redis', '2026-12-14', '2027-01-25', 'announced', 0.96, 'Redis 8.4 has settled', 'Redis 8.6 is announced'),
  ]);
}

function period(
  store: string,
  from: string,
  until: string,
  kind: PatchOnlyPeriod['kind'],
  confidence: number,
  startsBecause: string,
  endsBecause: string,
): PatchOnlyPeriod {
  return { store, from: day(from), until: day(until), kind, confidence, startsBecause, endsBecause };
}

function outlook(store: string, periods: readonly PatchOnlyPeriod[]): StoreOutlook {
  const turbulence = Array.from({ length: daysBetween(FROM, UNTIL) }, (_, i) => {
    const at = addDays(FROM, i);
    const calm = periods.some(({ from, until }) => from <= at && at < until);
    return calm ? 0.04 : Math.round((0.5 + 0.4 * Math.sin(i / 9)) * 100) / 100;
  });
  const unknown =
    store === 'redis' ? [{ product: 'ioredis', because: 'last complete reading 2026-10-02, 51 days ago' }] : [];
  return { store, from: FROM, turbulence, periods, releases: [], next: null, unknown };
}

function plan(): Plan {
  return {
    asOf: AS_OF,
    horizon: { from: AS_OF, until: UNTIL },
    observedThrough: { mongodb: AS_OF, redis: AS_OF, ioredis: day('2026-10-02') },
    windows: [
      window('orders-split', null, 'orders: split shipments', 'model', 'mongodb', '2026-11-30', '2026-12-03', {
        state: 'accepted',
        risk: 0.05,
        reasons: ['patch-only until 10 Jan 2027', 'the deadline is 18 Dec 2026'],
        wayBack: 'run the migration down',
      }),
      ...upgradeSteps(),
      window('session-ttl', null, 'sessions: expire by TTL index', 'model', 'redis', '2026-12-14', '2026-12-16', {
        risk: 0.031,
        reasons: ['first days after Redis 8.4 has settled'],
        findings: [
          {
            rule: 'freeze',
            item: 'session-ttl',
            because: 'Peak freeze blocks models from 14 Dec 2026 to 3 Jan 2027',
            facts: { freeze: 'Peak freeze' },
            freeFrom: day('2027-01-04'),
          },
        ],
      }),
    ],
    waits: [
      { after: 'upgrade:mongodb-8.2/binaries', kind: 'burn-in', from: day('2027-01-06'), until: day('2027-01-18') },
      { after: 'upgrade:mongodb-8.2/fcv', kind: 'soak', from: day('2027-01-19'), until: day('2027-02-02') },
    ],
    holds: [{ product: 'mongodb-driver', range: '>=6.20 <7', from: day('2026-11-22'), until: day('2027-02-02') }],
    unplaced: [
      {
        item: 'catalog-price',
        title: 'catalog: price v2',
        kind: 'model',
        store: 'mongodb',
        blockers: [
          {
            rule: 'separation',
            item: 'catalog-price',
            because: 'less than 14 days from the upgrade of mongodb',
            facts: { days: 14 },
            freeFrom: day('2027-02-16'),
          },
          {
            rule: 'patch-only',
            item: 'catalog-price',
            because: 'collision risk 38 % is above the tolerance of 10 %',
            facts: { risk: 0.38, tolerance: 0.1 },
            freeFrom: null,
          },
        ],
        relaxations: [
          {
            kind: 'deadline',
            rule: 'deadline',
            text: 'a deadline of 26 Mar 2027 instead of 26 Feb 2027',
            key: 'modelChanges[drop-legacy-email].deadline',
            from: '2027-02-26',
            to: '2027-03-26',
          },
        ],
      },
    ],
    later: [],
    noWay: [],
    carried: [],
    disruptions: [
      {
        item: 'upgrade:mongodb-8.2',
        store: 'mongodb',
        from: day('2027-01-04'),
        until: day('2027-02-02'),
        state: 'proposed',
      },
    ],
    objective: [{ level: 'unplaced', value: 1, bound: 1 }],
  };
}

function upgradeSteps(): readonly PlannedWindow[] {
  const item = 'upgrade:mongodb-8.2';
  const title = 'MongoDB 8.0 -> 8.2';
  return [
    window(item, 'prepare', `${title}: prepare`, 'engine', 'mongodb', '2026-12-07', '2026-12-09', {
      reasons: ['drivers that cover both lines come first'],
      wayBack: 'nothing has changed yet',
    }),
    window(item, 'binaries', `${title}: binaries`, 'engine', 'mongodb', '2027-01-04', '2027-01-06', {
      reasons: ['first days after Peak freeze', '8.2 has had 3 patches'],
      wayBack: 'put the 8.0 binaries back',
      needs: [`${item}/prepare`],
    }),
    window(item, 'fcv', `${title}: fcv`, 'engine', 'mongodb', '2027-01-18', '2027-01-19', {
      reasons: ['12 days of burn-in are over'],
      wayBack: 'restore from backup',
      noReturnFrom: day('2027-01-18'),
      needs: [`${item}/binaries`],
    }),
  ];
}

function window(
  item: string,
  step: StepName | null,
  title: string,
  kind: PlannedWindow['kind'],
  store: string,
  from: string,
  until: string,
  rest: Partial<PlannedWindow>,
): PlannedWindow {
  return {
    id: step === null ? item : `${item}/${step}`,
    item,
    step,
    title,
    kind,
    store,
    from: day(from),
    until: day(until),
    sprint: 24 + Math.floor(daysBetween(day('2026-11-23'), day(from)) / 14),
    state: 'proposed',
    risk: null,
    daysLate: 0,
    reasons: [],
    wayBack: null,
    noReturnFrom: null,
    needs: [],
    sets: [],
    findings: [],
    ...rest,
  };
}

function freeze(name: string, from: string, until: string, blocks: Freeze['blocks']): Freeze {
  return { name, from: day(from), until: day(until), blocks, allow: [], recurring: false };
}

function config(): Config {
  const item = (id: string, store: string | null, running: string): StackItem => {
    const unsaid = { range: null, edition: null, topology: null, platform: null, fcv: null };
    return { id, product: id, running, store, ...unsaid };
  };
  return {
    team: {
      name: 'Shop',
      timezone: 'Europe/Berlin',
      workdays: [1, 2, 3, 4, 5],
      daysOff: [day('2026-12-25'), day('2027-01-01')],
      sprint: { start: day('2026-11-23'), days: 14, first: 24, capacity: 30, exceptions: [] },
    },
    stack: [
      item('mongodb', null, '8.0.16'),
      item('mongodb-driver', 'mongodb', '6.20.0'),
      item('mongoose', 'mongodb', '8.19.1'),
      item('redis', null, '8.2.1'),
      item('ioredis', 'redis', '5.8.0'),
      item('bullmq', 'redis', '5.61.0'),
    ],
    policy: {
      ...DEFAULT_POLICY,
      tolerance: 0.1,
      engineUpgrades: { ...DEFAULT_POLICY.engineUpgrades, minPatch: 2, burnIn: 12, soak: 14 },
      watch: { default: 'vendor' },
      staleAfter: 14,
    },
    freezes: [
      freeze('Peak freeze', '2026-12-14', '2027-01-04', ['model', 'engine', 'package']),
      freeze('Audit', '2027-02-15', '2027-02-22', ['model']),
    ],
    modelChanges: [],
    upgrades: [{ store: 'mongodb', to: '8.2', by: day('2027-03-31'), priority: 2 }],
    exceptions: [],
    gate: { model: null, migrations: null },
    products: [],
  };
}
