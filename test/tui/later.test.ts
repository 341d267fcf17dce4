import { expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { content } from '../../src/tui/why/facts.ts';
import { anOverview } from '../support/overview.ts';
import { pressing, text } from './screen.ts';

const overview = anOverview();
const plan = {
  ...overview.plan,
  later: [{ item: 'redis-9.0', title: 'Redis 9.0', from: day('2027-06-14'), because: '9.0 is not out yet' }],
  noWay: [{ item: 'mongodb-3.0', title: 'MongoDB 8.0 → 3.0', store: 'mongodb', because: 'no row goes down' }],
};
const at = (selected: string) => {
  const state = pressing(['G'], { columns: 100, rows: 40 }, { ...overview, plan });
  return { ...state, selected };
};

it('what waits for a later plan is a row with its month, and says why it waits', () => {
  expect(text(at('later:redis-9.0'))).toMatch(/redis-9\.0 .*from about 2027-06/);
  expect(content(at('later:redis-9.0'))).toEqual({
    title: 'Redis 9.0  (redis-9.0, later)',
    facts: [{ label: 'later', text: 'from about 2027-06: 9.0 is not out yet' }],
  });
});

it('an upgrade without a way is a row, and no work that waits for a place', () => {
  expect(text(at('no-way:mongodb-3.0'))).toMatch(/No way[\s\S]*mongodb-3\.0 .*no way known/);
  expect(content(at('no-way:mongodb-3.0'))).toEqual({
    title: 'MongoDB 8.0 → 3.0  (mongodb-3.0, no way)',
    facts: [{ label: 'no way', text: 'no row goes down' }],
  });
});
