import { describe, expect, it } from 'vitest';
import { statusLine } from '../../src/app/status.ts';
import type { Config, Freeze } from '../../src/domain/config.ts';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import type { StoreOutlook } from '../../src/domain/period.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { GateFacts } from '../../src/gate/judge.ts';
import { outlookOf } from '../../src/policy/periods.ts';
import { anExposedProduct } from '../support/exposed.ts';
import { ASOF, aConfig, aFreeze } from '../support/team.ts';

function status({
  events = [] as readonly string[],
  freezes = [] as readonly Freeze[],
  unknown = null as string | null,
  disruptions = [] as Plan['disruptions'],
} = {}) {
  const config = aConfig({ freezes });
  const products = [anExposedProduct({ events: events.map(day), asOf: ASOF, closed: true, unknown })];
  const outlook = outlookOf({
    store: 'mongodb',
    products,
    margins: config.policy.modelChanges,
    tolerance: 0.2,
    days: { from: addDays(ASOF, -30), until: addDays(ASOF, 60) },
    asOf: ASOF,
  });
  return statusLine(factsWith(config, outlook, disruptions));
}

function factsWith(config: Config, outlook: StoreOutlook, disruptions: Plan['disruptions']): GateFacts {
  const horizon = { from: ASOF, until: addDays(ASOF, 60) };
  const none = { windows: [], waits: [], holds: [], unplaced: [], later: [], noWay: [], carried: [], objective: [] };
  const plan = { asOf: ASOF, horizon, observedThrough: {}, ...none, disruptions };
  return { asOf: ASOF, config, lanes: [], outlooks: [outlook], plan, decisions: [] };
}

/** An upgrade that was decided, or is proposed. */
function aDisruption(
  from: Day,
  until: Day | null,
  state: 'decided' | 'proposed' = 'decided',
): Plan['disruptions'][number] {
  return { item: 'mongodb-8.0', store: 'mongodb', from, until, state };
}

const coming = aFreeze({ from: day('2026-12-01'), until: day('2026-12-09') });
const now = aFreeze({ from: ASOF, until: day('2026-12-09'), blocks: ['model'] });
const CALM = 'Models: open until 2027-01-22 (confidence 1.00)';

describe('the status line', () => {
  it('is open until the next thing in the way', () => {
    expect(status()).toBe(CALM);
    expect(status({ events: ['2026-12-20'] })).toBe('Models: open until 2026-12-13 (confidence 1.00)');
    expect(status({ freezes: [coming] })).toBe('Models: open until 2026-12-01 (confidence 1.00)');
  });

  it('is closed by a release that has not settled, and by a freeze', () => {
    expect(status({ events: ['2026-11-20'] })).toBe('Models: closed until 2026-12-04 (turbulence 100 %)');
    expect(status({ freezes: [now] })).toBe('Models: closed until 2026-12-09 (freeze "Stop")');
  });

  it.each([
    ['of other work', aFreeze({ ...coming, blocks: ['engine', 'package'] })],
    ['of the disruption of upgrades only', aFreeze({ ...coming, blocks: ['disruption'] })],
    ['that allows model changes', aFreeze({ ...coming, allow: ['model'] })],
    ['of other work today', aFreeze({ ...now, blocks: ['disruption'] })],
    ['that allows model changes today', aFreeze({ ...now, allow: ['model'] })],
  ])('takes a freeze %s for none', (_, freeze) => {
    expect(status({ freezes: [freeze] })).toBe(CALM);
  });

  it('closes where one of two freezes forbids what the other allows', () => {
    const allows = aFreeze({ ...now, name: 'Allows', allow: ['model'] });
    expect(status({ freezes: [allows, now] })).toBe('Models: closed until 2026-12-09 (freeze "Stop")');
  });

  it('takes the next freeze by its day, wherever it stands in the file', () => {
    const later = aFreeze({ name: 'Later', from: day('2026-12-20'), until: day('2026-12-24') });
    expect(status({ freezes: [later, coming] })).toBe('Models: open until 2026-12-01 (confidence 1.00)');
  });

  it('stays closed from one freeze into the next', () => {
    const adjoining = aFreeze({ name: 'More', from: now.until, until: day('2026-12-11') });
    const overlapping = aFreeze({ name: 'Most', from: day('2026-12-10'), until: day('2026-12-15') });
    expect(status({ freezes: [now, overlapping, adjoining] })).toBe('Models: closed until 2026-12-15 (freeze "Stop")');
  });

  it('is closed, as the gate is, while an upgrade is under way, and as long as changes keep apart from it', () => {
    const until = addDays(ASOF, 10);
    expect(status({ disruptions: [aDisruption(ASOF, until)] })).toContain(
      `Models: closed until ${addDays(until, 14)} (`,
    );
    expect(status({ disruptions: [aDisruption(ASOF, null)] })).toMatch(/^Models: closed \(.*its end not known/);
    expect(status({ disruptions: [aDisruption(ASOF, until, 'proposed')] })).toBe(CALM);
  });

  it('is open until it comes too close to an upgrade that is decided', () => {
    const from = addDays(ASOF, 30);
    const line = status({ disruptions: [aDisruption(from, addDays(from, 20))] });
    expect(line).toBe(`Models: open until ${addDays(from, -14)} (confidence 1.00)`);
  });

  it('never takes unknown for calm', () => {
    expect(status({ unknown: 'not enough history' })).toBe('Models: unknown (engine: not enough history)');
  });
});
