import nodeIcal, { type VEvent } from 'node-ical';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import type { Overview } from '../../src/domain/overview.ts';
import type { PlannedWindow } from '../../src/domain/plan.ts';
import { calendarEvents } from '../../src/export/calendar-events.ts';
import { onlyStore } from '../../src/export/choose-store.ts';
import { calendarText, readCalendar } from '../../src/export/ics.ts';
import { aHostileOverview } from '../support/hostile.ts';
import { anOverview } from '../support/overview.ts';

function exported(overview: Overview, before: string | null = null): string {
  const { config, asOf } = overview;
  const previous = before === null ? null : readCalendar(before);
  return calendarText(calendarEvents(overview), { team: config.team.name, asOf, previous });
}

/** What another program reads, by the thing each event speaks of. */
function read(text: string): Readonly<Record<string, ReturnType<typeof fieldsOf>>> {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');
  return Object.fromEntries(
    events.map((event) => [decodeURIComponent(event.uid.split('@')[0] ?? ''), fieldsOf(event)]),
  );
}

function fieldsOf(event: VEvent) {
  return {
    from: localDay(event.start),
    until: localDay(event.end as Date),
    whole: event.datetype === 'date',
    status: event.status,
    sequence: Number(event.sequence),
    stamp: event.dtstamp.toISOString().slice(0, 10),
    title: String(event.summary),
    alarms: (event.alarms ?? []).length,
    categories: event.categories ?? [],
  };
}

function localDay(date: Date): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

function changed(overview: Overview, change: (window: PlannedWindow) => readonly PlannedWindow[], asOf: Day): Overview {
  return { ...overview, asOf, plan: { ...overview.plan, windows: overview.plan.windows.flatMap(change) } };
}

const MOVED = 'window/orders-split';
const moved = (overview: Overview) =>
  changed(
    overview,
    (window) =>
      window.id === 'orders-split'
        ? [{ ...window, from: addDays(window.from, 1), until: addDays(window.until, 1) }]
        : [window],
    day('2026-11-24'),
  );
const without = (overview: Overview) =>
  changed(overview, (window) => (window.id === 'orders-split' ? [] : [window]), day('2026-11-24'));

describe('a calendar of the plan', () => {
  it('is read by another program as the same events, days and states', () => {
    const events = calendarEvents(anOverview());
    const seen = read(exported(anOverview()));
    expect(Object.keys(seen).toSorted()).toEqual(events.map(({ id }) => id).toSorted());
    for (const { id, from, until, settled, title, categories, remindBefore } of events) {
      expect(seen[id]).toMatchObject({ from, until, whole: true, sequence: 0, title, categories });
      expect(seen[id]?.status).toBe(settled ? 'CONFIRMED' : 'TENTATIVE');
      expect(seen[id]?.alarms).toBe(remindBefore === null ? 0 : 1);
    }
  });

  it('holds windows, points of no return, freezes and forecasts', () => {
    const seen = read(exported(anOverview()));
    expect(seen[MOVED]).toMatchObject({ from: '2026-11-30', until: '2026-12-03', status: 'CONFIRMED' });
    expect(seen['window/session-ttl']).toMatchObject({ status: 'TENTATIVE' });
    expect(seen['no-return/upgrade:mongodb-8.2/fcv']).toMatchObject({ from: '2027-01-18', until: '2027-01-19' });
    expect(seen['freeze/Peak freeze']).toMatchObject({ from: '2026-12-14', until: '2027-01-04', status: 'CONFIRMED' });
    expect(seen['forecast/mongodb/9.0']).toMatchObject({ from: '2027-01-10', until: '2027-02-28' });
  });

  it('holds the end of life of the line that runs, where it lies ahead', () => {
    const overview = anOverview();
    const ends = (eol: string): Overview => ({
      ...overview,
      lanes: overview.lanes.map((lane) => {
        if (lane.product.id !== 'mongodb') return lane;
        const line = {
          product: 'mongodb',
          line: '8.0',
          selfManaged: true,
          ga: null,
          latest: null,
          releases: 1,
          supportEnd: null,
          eol: { state: 'dated' as const, day: day(eol), source: 'vendor', knownFrom: day('2026-01-01') },
        };
        return { ...lane, history: { ...lane.history, lines: [line] } };
      }),
    });
    expect(read(exported(ends('2027-03-01')))['eol/mongodb/8.0']).toMatchObject({
      from: '2027-03-01',
      until: '2027-03-02',
      alarms: 1,
    });
    expect(read(exported(ends('2029-08-31')))['eol/mongodb/8.0']).toMatchObject({ from: '2029-08-31' });
    expect(read(exported(ends('2026-11-21')))['eol/mongodb/8.0']).toBeUndefined();
  });

  it('gives the same bytes for the same plan, also over itself', () => {
    const first = exported(anOverview());
    expect(exported(anOverview())).toBe(first);
    expect(exported({ ...anOverview(), asOf: day('2026-11-24') }, first)).toBe(first);
  });

  it('raises SEQUENCE of the one window that moved, and of nothing else', () => {
    const first = exported(anOverview());
    const second = exported(moved(anOverview()), first);
    expect(read(second)).toEqual({
      ...read(first),
      [MOVED]: { ...read(first)[MOVED], from: '2026-12-01', until: '2026-12-04', sequence: 1, stamp: '2026-11-24' },
    });
    expect(read(exported({ ...anOverview(), asOf: day('2026-11-25') }, second))[MOVED]?.sequence).toBe(2);
  });

  it('gives other words a newer stamp without a higher SEQUENCE', () => {
    const first = exported(anOverview());
    const change = (window: PlannedWindow) => [
      window.id === 'orders-split' ? { ...window, reasons: ['said otherwise'] } : window,
    ];
    const second = read(exported(changed(anOverview(), change, day('2026-11-24')), first));
    expect(second[MOVED]).toEqual({ ...read(first)[MOVED], stamp: '2026-11-24' });
  });

  it('calls a window that is gone off once, and brings it back with a higher SEQUENCE', () => {
    const off = exported(without(anOverview()), exported(anOverview()));
    expect(read(off)[MOVED]).toMatchObject({ status: 'CANCELLED', sequence: 1, alarms: 0, from: '2026-11-30' });
    expect(exported({ ...without(anOverview()), asOf: day('2026-11-25') }, off)).toBe(off);
    expect(read(exported(anOverview(), off))[MOVED]).toMatchObject({ status: 'CONFIRMED', sequence: 2 });
  });

  it('leaves what is over as it was, and forgets it after a season', () => {
    const first = exported(anOverview());
    const later = (asOf: Day): Overview => ({ ...without(anOverview()), asOf });
    expect(read(exported(later(day('2026-12-03')), first))[MOVED]).toEqual(read(first)[MOVED]);
    expect(read(exported(later(day('2027-03-02')), first))[MOVED]).toBeDefined();
    expect(read(exported(later(day('2027-03-03')), first))[MOVED]).toBeUndefined();
  });

  it('tells each time of a freeze that recurs apart', () => {
    const overview = anOverview();
    const friday = (from: string) => ({
      name: 'Friday',
      from: day(from),
      until: addDays(day(from), 1),
      blocks: ['model', 'engine', 'package'] as const,
      allow: [],
      recurring: true,
    });
    const config = { ...overview.config, freezes: [friday('2026-11-27'), friday('2026-12-04')] };
    const seen = Object.keys(read(exported({ ...overview, config })));
    expect(seen.filter((id) => id.startsWith('freeze/'))).toEqual([
      'freeze/Friday/2026-11-27',
      'freeze/Friday/2026-12-04',
    ]);
  });

  it('keeps hostile text inside its property, and lines within 75 octets', () => {
    const text = exported(aHostileOverview());
    const lines = text.split('\r\n');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(calendarEvents(aHostileOverview()).length);
    expect(lines.every((line) => /^(?:[A-Z-]+[:;]| |$)/.test(line))).toBe(true);
    expect(read(text)[MOVED]?.title).toContain('evil # heading');
  });

  it('speaks of one store, and of the freezes, where one is named', () => {
    const ids = calendarEvents(onlyStore(anOverview(), 'redis')).map(({ id }) => id);
    expect(ids).toContain('window/session-ttl');
    expect(ids).toContain('forecast/bullmq/5.62');
    expect(ids).toContain('freeze/Audit');
    expect(ids.some((id) => id.includes('mongo') || id.includes('orders'))).toBe(false);
  });
});

describe('reading a calendar back', () => {
  it('takes only those that neap wrote', () => {
    const text = exported(anOverview());
    expect(readCalendar(text)?.events).toHaveLength(calendarEvents(anOverview()).length);
    expect(readCalendar(text.replace(/PRODID:.*/, 'PRODID:-//else//EN'))).toBeNull();
    expect(readCalendar('')).toBeNull();
    expect(readCalendar('nothing of the kind')).toBeNull();
    expect(readCalendar(text.slice(0, text.length / 2))).toBeNull();
  });
});
