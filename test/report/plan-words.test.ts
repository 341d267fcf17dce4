import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import type { Overview } from '../../src/domain/overview.ts';
import type { Unplaced } from '../../src/domain/plan.ts';
import { calendarEvents } from '../../src/export/calendar-events.ts';
import { onlyStore } from '../../src/export/choose-store.ts';
import { planCsv } from '../../src/export/csv.ts';
import { planJson } from '../../src/export/json.ts';
import { agendaText } from '../../src/report/agenda.ts';
import { planText } from '../../src/report/plan.ts';
import { weeklyCsv } from '../../src/report/weekly/csv.ts';
import { weeklyHtml } from '../../src/report/weekly/html.ts';
import { weeklyJson } from '../../src/report/weekly/json.ts';
import { weeklyMarkdown } from '../../src/report/weekly/markdown.ts';
import { whatIfText } from '../../src/report/what-if.ts';
import { whyHereText, whyNowhereText } from '../../src/report/why.ts';
import { initialState } from '../../src/tui/state.ts';
import { content } from '../../src/tui/why/facts.ts';
import { anOverview } from '../support/overview.ts';
import { aWeeklyReport } from '../support/weekly.ts';

/** A plan in which each thing occurs that an output could keep to itself or make up. */
function anOverviewWith(relaxations: Unplaced['relaxations']): Overview {
  const overview = anOverview();
  const { plan } = overview;
  return {
    ...overview,
    plan: {
      ...plan,
      // A model change whose facts are stale; the engine's steps have no risk.
      windows: plan.windows.map((one) => (one.item === 'session-ttl' ? { ...one, risk: null } : one)),
      unplaced: plan.unplaced.map((one) => ({ ...one, relaxations })),
      later: [{ item: 'redis-9.0', title: 'Redis 9.0', from: day('2027-06-14'), because: '9.0 is not out yet' }],
      carried: [
        { item: 'mongodb-patch', title: 'MongoDB 8.0.16 → 8.0.20', store: 'mongodb', by: 'mongodb-8.2/binaries' },
      ],
      noWay: [{ item: 'mongodb-3.0', title: 'MongoDB 8.0 → 3.0', store: 'mongodb', because: 'no row goes down' }],
    },
  };
}

const overview = anOverviewWith(null);
const report = aWeeklyReport(overview);
const unescaped = (markdown: string) => markdown.replaceAll('\\', '');

const texts: readonly (readonly [string, string])[] = [
  ['plan', planText(overview.plan)],
  ['agenda', agendaText(overview)],
  ['report as Markdown', unescaped(weeklyMarkdown(report))],
  ['report as HTML', weeklyHtml(report).replaceAll('&gt;', '>')],
];

describe('the risk of a window', () => {
  it.each(texts.slice(0, 2))(
    'in the %s is unknown where it is unknown, and of the engine nothing is said',
    (_, text) => {
      expect(text.match(/, risk [^,\n]*/g)).toEqual([', risk 5 %', ', risk unknown']);
    },
  );

  it('in the weekly report stands in its own column, empty for the engine', () => {
    const rows = unescaped(weeklyMarkdown(report))
      .split('\n')
      .filter((line) => /^\| 202\d-/.test(line))
      .map((line) => line.split(' | '));
    const risk = (title: string) => rows.find((cells) => cells[2] === title)?.[4];
    expect(['orders: split shipments', 'sessions: expire by TTL index', 'MongoDB 8.0 -> 8.2: fcv'].map(risk)).toEqual([
      '5 %',
      'unknown',
      '',
    ]);
  });

  it('in a what-if reads the same', () => {
    const moved = overview.plan.windows.map((one) => ({ ...one, from: day('2026-11-24') }));
    const text = whatIfText(overview.plan, { ...overview.plan, windows: moved });
    expect(
      text
        .split('\n')
        .find((line) => line.startsWith('session-ttl'))
        ?.match(/risk unknown/g),
    ).toHaveLength(2);
    expect(text.split('\n').find((line) => line.startsWith('upgrade:mongodb-8.2/fcv'))).not.toContain('risk');
  });

  it('in exported events is a line of model changes alone', () => {
    const lines = new Map(calendarEvents(overview).map(({ id, lines: own }) => [id, own]));
    expect(lines.get('window/orders-split')).toContain('risk 5 %');
    expect(lines.get('window/session-ttl')).toContain('risk unknown');
    expect(lines.get('window/upgrade:mongodb-8.2/fcv')?.join(' ')).not.toContain('risk');
  });

  it('in tables is an empty cell, in data null', () => {
    const cells = (csv: string, column: string) => {
      const rows = csv.split('\r\n').map((line) => line.replace(/"[^"]*"/g, 'quoted').split(','));
      const at = rows[0]?.indexOf(column) ?? -1;
      return rows.filter((row) => row.includes('window')).map((row) => row[at]);
    };
    expect(cells(planCsv(overview), 'risk')).toEqual(['0.05', '', '', '', '']);
    expect(cells(weeklyCsv(report), 'risk').sort()).toEqual(['', '', '', '', '0.05']);
    const { windows } = planJson(overview) as { readonly windows: readonly { readonly risk: number | null }[] };
    expect(windows.map(({ risk }) => risk)).toEqual([0.05, null, null, null, null]);
  });

  it('in `why` is compared with that of another place where both are known and do not read the same', () => {
    const instead = (own: number | null, other: number | null) => {
      const [window] = overview.plan.windows;
      if (window === undefined) throw new Error('no window');
      const here = { window: { ...window, risk: own }, shares: [], holds: [] };
      const text = whyHereText({ ...here, instead: { from: '2027-01-04', risk: other } });
      return text
        .split('\n')
        .find((line) => line.includes('next best'))
        ?.split('2027-01-04, ')[1];
    };
    expect(instead(0.1, 0.3)).toBe('risk 30 % (20 % more risk)');
    expect(instead(0.0008, 0.0003)).toBe('risk <0.1 % (as calm)');
    expect(instead(null, 0.3)).toBe('risk 30 %');
    expect(instead(0.1, null)).toBe('risk unknown');
  });
});

describe('work for a later plan, and upgrades without a way', () => {
  it.each(texts)('are said in the %s, with the month and the reason', (_, text) => {
    expect(text).toContain('Redis 9.0');
    expect(text).toContain('from about 2027-06');
    expect(text).toContain('9.0 is not out yet');
    expect(text).toContain('MongoDB 8.0 → 3.0: no row goes down');
  });

  it.each(texts)('are said beside the patches that newer binaries bring, in the %s', (_, text) => {
    expect(text).toContain('MongoDB 8.0.16 → 8.0.20: no patch of its own, mongodb-8.2/binaries brings it');
  });

  it('have rows of their own in the tables, and of no other store', () => {
    const later = 'later,redis-9.0,redis-9.0,,Redis 9.0,,redis,,2027-06-14,,,,,,9.0 is not out yet';
    const noWay = 'no-way,mongodb-3.0,mongodb-3.0,,MongoDB 8.0 → 3.0,,mongodb,,,,,,,,no row goes down';
    expect(planCsv(overview).split('\r\n')).toEqual(expect.arrayContaining([later, noWay]));
    expect(planCsv(onlyStore(overview, 'mongodb'))).not.toContain('redis-9.0');
    expect(planCsv(onlyStore(overview, 'redis'))).toContain(later);
    expect(planCsv(onlyStore(overview, 'redis'))).not.toContain('mongodb-3.0');
    expect(weeklyCsv(report)).toContain(',later,,,redis-9.0,Redis 9.0,,,2027-06-14,');
    expect(weeklyCsv(report)).toContain(',no-way,mongodb,,mongodb-3.0,');
    expect(planCsv(overview)).toContain('carried,mongodb-patch,mongodb-patch,,MongoDB 8.0.16 → 8.0.20,,mongodb,');
    expect(planCsv(onlyStore(overview, 'redis'))).not.toContain('mongodb-patch');
    expect(weeklyCsv(report)).toContain(',carried,mongodb,,mongodb-patch,');
  });

  it('and the disruptions are data, as the schemas say', () => {
    const read = (name: string) => JSON.parse(readFileSync(`data/schemas/${name}.schema.json`, 'utf8'));
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
    ajv.addSchema(read('plan'), 'https://neap.invalid/schemas/plan.schema.json');
    const check = (name: string, data: object) => {
      const validate = ajv.compile(read(name));
      validate(JSON.parse(JSON.stringify({ schemaVersion: 1, ...data })));
      return validate.errors;
    };
    expect(check('plan', overview.plan)).toBeNull();
    expect(check('export', planJson(overview))).toBeNull();
    expect(check('report', weeklyJson(report))).toBeNull();
    expect(planJson(overview)).toMatchObject({
      later: [{ item: 'redis-9.0', from: '2027-06-14' }],
      noWay: [{ item: 'mongodb-3.0' }],
      carried: [{ item: 'mongodb-patch', by: 'mongodb-8.2/binaries' }],
      disruptions: [{ item: 'upgrade:mongodb-8.2', from: '2027-01-04', until: '2027-02-02' }],
    });
  });
});

describe('what would free work without a place', () => {
  const NOT_ASKED = 'what would free it was not worked out: neap why catalog-price';
  const NOTHING = 'nothing that was tried frees it';

  it.each(texts)('is said not to be worked out in the %s', (_, text) => {
    expect(text).toContain(NOT_ASKED);
    expect(text).not.toContain(NOTHING);
  });

  it('is said to be nothing only after trying', () => {
    const tried = anOverviewWith([]);
    const all = [
      planText(tried.plan),
      agendaText(tried),
      weeklyMarkdown(aWeeklyReport(tried)),
      weeklyHtml(aWeeklyReport(tried)),
    ];
    for (const text of all) {
      expect(text).toContain(NOTHING);
      expect(text).not.toContain('not worked out');
    }
  });

  it('is null in data while nobody tried, and an empty list after', () => {
    const freed = (of: Overview) => (weeklyJson(aWeeklyReport(of)) as ReturnType<typeof aWeeklyReport>).unplaced[0];
    expect([freed(overview)?.wouldFree, freed(anOverviewWith([]))?.wouldFree]).toEqual([null, []]);
  });

  it('reads the same in `why`', () => {
    const [entry] = overview.plan.unplaced;
    if (entry === undefined) throw new Error('everything has a place');
    expect(whyNowhereText(entry)).toContain('What would free it was not worked out.');
    expect(whyNowhereText({ ...entry, relaxations: [] })).toContain('Nothing that was tried frees it.');
  });

  it('is worked out by a key in the calendar, unless it was', () => {
    const facts = (relaxations: Unplaced['relaxations']) => {
      const state = initialState(anOverviewWith(relaxations), { columns: 100, rows: 30 });
      const { facts: own } = content({ ...state, selected: 'unplaced:catalog-price' });
      return own.flatMap(({ label, text }) => (label === 'would do' ? [text] : []));
    };
    expect([facts(null), facts([])]).toEqual([['w works it out'], [NOTHING]]);
  });
});
