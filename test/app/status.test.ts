import { describe, expect, it } from 'vitest';
import { statusLine } from '../../src/app/status.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { outlookOf } from '../../src/policy/periods.ts';
import { anExposedProduct } from '../support/exposed.ts';
import { ASOF, aConfig } from '../support/team.ts';

function status({
  events = [] as readonly string[],
  freezes = [] as Parameters<typeof aConfig>[0],
  unknown = null as string | null,
} = {}) {
  const config = aConfig(freezes);
  const products = [anExposedProduct({ events: events.map(day), asOf: ASOF, closed: true, unknown })];
  const outlook = outlookOf({
    store: 'mongodb',
    products,
    margins: config.policy.modelChanges,
    tolerance: 0.2,
    days: { from: addDays(ASOF, -30), until: addDays(ASOF, 60) },
    asOf: ASOF,
  });
  return statusLine({ config, asOf: ASOF, outlooks: [outlook] });
}

const freezes = [
  { name: 'Stop', from: day('2026-12-01'), until: day('2026-12-09'), blocks: 'all' as const, allow: [] },
];

describe('the status line', () => {
  it('is open until the next thing in the way', () => {
    expect(status()).toBe('Models: open until 2027-01-22 (confidence 1.00)');
    expect(status({ events: ['2026-12-20'] })).toBe('Models: open until 2026-12-13 (confidence 1.00)');
    expect(status({ freezes: { freezes } })).toBe('Models: open until 2026-12-01 (confidence 1.00)');
  });

  it('is closed by a release that has not settled, and by a freeze', () => {
    expect(status({ events: ['2026-11-20'] })).toBe('Models: closed until 2026-12-04 (turbulence 100 %)');
    const now = [{ name: 'Stop', from: ASOF, until: day('2026-12-09'), blocks: 'model' as const, allow: [] }];
    expect(status({ freezes: { freezes: now } })).toBe('Models: closed until 2026-12-09 (freeze "Stop")');
  });

  it('never takes unknown for calm', () => {
    expect(status({ unknown: 'not enough history' })).toBe('Models: unknown (engine: not enough history)');
  });
});
