import { describe, expect, it } from 'vitest';
import type { Overview } from '../../src/domain/overview.ts';
import { onlyStore } from '../../src/export/choose-store.ts';
import { planCsv } from '../../src/export/csv.ts';
import { aHostileOverview } from '../support/hostile.ts';
import { anOverview } from '../support/overview.ts';

const lines = (text: string) => text.split('\r\n').slice(0, -1);

function titled(title: string): Overview {
  const overview = anOverview();
  const windows = overview.plan.windows.slice(0, 1).map((window) => ({ ...window, title }));
  return { ...overview, plan: { ...overview.plan, windows } };
}

describe('the plan as CSV', () => {
  it('has a row for each window, wait, hold and piece of work without a place, ending on the last day in it', () => {
    const rows = lines(planCsv(anOverview()));
    expect(rows[0]).toBe(
      '\ufeffrow,id,item,step,title,kind,store,state,first_day,last_day,sprint,risk,days_late,no_return_from,because',
    );
    expect(rows[1]).toBe(
      'window,orders-split,orders-split,,orders: split shipments,model,mongodb,accepted,2026-11-30,2026-12-02,24,0.05,0,,' +
        'patch-only until 10 Jan 2027; the deadline is 18 Dec 2026',
    );
    const kinds = rows.slice(1).map((row) => row.split(',')[0]);
    expect(kinds).toEqual([...Array(5).fill('window'), 'wait', 'wait', 'hold', 'unplaced']);
    expect(rows).toContain('wait,upgrade:mongodb-8.2/fcv,,,,soak,mongodb,,2027-01-19,2027-02-01,,,,,');
    expect(rows.at(-2)).toMatch(/^hold,mongodb-driver,,,Node driver stays in >=6\.20 <7,,mongodb,,2026-11-22,/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1+1', '\u200b=1+1'])('makes %j inert', (title) => {
    const row = lines(planCsv(titled(title)))[1] ?? '';
    expect(row).toContain(`,'${title.replace(/[^\x20-\x7e]/g, '').trim()},model,`);
  });

  it('quotes commas, quotes and only those, and lets no text out of its row', () => {
    expect(lines(planCsv(titled('a "b", c')))[1]).toContain(',"a ""b"", c",model,');
    const { plan } = aHostileOverview();
    const more = plan.later.length + plan.noWay.length + plan.carried.length;
    expect(lines(planCsv(aHostileOverview()))).toHaveLength(lines(planCsv(anOverview())).length + more);
    expect(planCsv(aHostileOverview()).replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('speaks of one store where one is named', () => {
    const rows = lines(planCsv(onlyStore(anOverview(), 'redis')));
    expect(rows.slice(1).map((row) => row.split(',')[1])).toEqual(['session-ttl']);
  });
});
