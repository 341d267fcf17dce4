import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/app/replay/replay.ts';
import type { ReplayInput } from '../../../src/app/replay/types.ts';
import type { Claim } from '../../../src/domain/claim.ts';
import { addDays, type Day, day, daysBetween } from '../../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy.ts';
import { gap } from '../../../src/domain/interval.ts';
import { replaySummary, replayText } from '../../../src/report/replay.ts';
import { MONGODB } from '../../support/mongodb.ts';
import { aConfig, aModelChange } from '../../support/team.ts';

/** First day of each line; a patch follows every month. MongoDB 6.0 ends in the middle of the year that is replayed. */
const LINES = [
  ['4.0', '2018-06-26'],
  ['4.2', '2019-08-13'],
  ['4.4', '2020-07-30'],
  ['5.0', '2021-07-13'],
  ['6.0', '2022-07-19'],
  ['7.0', '2023-08-15'],
  ['8.0', '2024-09-02'],
] as const;
const FROM = day('2023-07-03');
const UNTIL = day('2024-07-29');

const store: ReplayInput['store'] = {
  ledger: (product, asOf) => {
    const today = asOf ?? UNTIL;
    const releases = LINES.flatMap(([line, ga]) =>
      Array.from({ length: 8 }, (_, patch) => ({ version: `${line}.${patch}`, day: addDays(day(ga), 30 * patch) })),
    ).filter((one) => one.day <= today);
    return {
      product,
      versions: releases.map(({ version }) => ({ version, prerelease: false, urgency: null })),
      claims: [
        ...releases.map((one) => claim(one.version, 'notes', one.day)),
        claim('6.0', 'eol', day('2024-07-31')),
        claim('7.0', 'eol', day('2027-08-31')),
      ],
      observedThrough: today,
    };
  },
};

function claim(subject: string, of: Claim['of'], on: Day): Claim {
  const where = { precision: 'day', source: 'made-up', suspect: null } as const;
  return {
    product: 'mongodb',
    subject,
    of,
    state: 'dated',
    day: on,
    ...where,
    knownFrom: day('2018-01-01'),
    confirmed: UNTIL,
  };
}

const config = aConfig({
  policy: DEFAULT_POLICY,
  modelChanges: [aModelChange({ phases: 'together', type: 'add-index', days: 3, effort: 3, priority: 3 })],
});

describe('a replay of a tiny ledger', () => {
  const data = replay({ store, products: new Map([['mongodb', MONGODB]]), config, from: FROM, until: UNTIL });
  const { policy, atOnce, anySprint } = replaySummary(data);

  it('counts the wait to the end of the last day', () => {
    const shipped = data.changes.filter(({ from }) => from !== null);
    expect(shipped.length).toBeGreaterThan(10);
    for (const { arrived, until, doneDays } of shipped) expect(doneDays).toBe(daysBetween(arrived, until ?? arrived));
    // Each takes three working days, however soon it begins.
    expect(Math.min(...shipped.map(({ doneDays }) => doneDays ?? 0))).toBeGreaterThanOrEqual(3);
    expect(atOnce.meanDoneDays).toBeGreaterThanOrEqual(3);
    expect(anySprint.meanDoneDays).toBeGreaterThan(atOnce.meanDoneDays ?? 0);
  });

  it('makes one upgrade, whose disruption lasts to the end of the soak', () => {
    expect(data.upgrades.map(({ item, store: of }) => [item, of])).toEqual([['mongodb-7.0', 'mongodb']]);
    const [upgrade] = data.upgrades;
    const [disruption] = data.disruptions;
    expect(data.disruptions).toHaveLength(1);
    expect(disruption).toMatchObject({
      item: 'mongodb-7.0',
      store: 'mongodb',
      until: addDays(upgrade?.until ?? FROM, 7),
    });
    expect((disruption?.from ?? FROM) > (upgrade?.from ?? UNTIL)).toBe(true);
  });

  it('counts what comes close to it for every team, and this policy keeps away', () => {
    const [disruption] = data.disruptions;
    if (disruption === undefined) throw new Error('no upgrade was made');
    const near = data.changes.filter(({ atOnce: one }) => one !== null && gap(one, disruption) < data.separation);
    expect(near.length).toBeGreaterThan(1);
    expect(data.changes.filter(({ atOnce: one }) => one?.closeTo === 'mongodb-7.0')).toEqual(near);
    expect(atOnce.close).toBe(near.length);
    expect(anySprint.close).toBeGreaterThan(near.length);
    expect(policy.close).toBe(0);
  });

  it('prints the count behind each share', () => {
    const text = replayText(data);
    const row = (team: string) => text.split('\n').find((line) => line.startsWith(team)) ?? '';
    const share = (count: number, of: number, what = '') =>
      `${((100 * count) / of).toFixed(1)} % (${count} of ${of}${what})`;
    expect(row('this policy')).toContain(`${share(policy.collided, policy.of)}  `);
    expect(row('this policy')).toContain(`0.0 % (0 of ${policy.of})`);
    expect(row('ships at once')).toContain(share(atOnce.close, atOnce.of));
    expect(row('ships in any sprint')).toContain(share(anySprint.close, anySprint.of, ' sprints'));
    expect(row('this policy')).toMatch(new RegExp(`${policy.meanDoneDays?.toFixed(0)} days$`));
  });
});
