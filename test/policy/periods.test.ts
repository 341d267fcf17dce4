import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day, toNumber } from '../../src/domain/day.ts';
import { collisionProbability, type ExposedProduct, turbulence, withUpgrade } from '../../src/policy/collision.ts';
import { withHold } from '../../src/policy/hold.ts';
import { outlookOf } from '../../src/policy/periods.ts';
import { AS_OF, anyMargins, anyProducts, days, expected, massOn, RUNS } from './exposed.ts';

const margins = { guard: 7, settle: 14 };

function periods(products: readonly ExposedProduct[], shown = days(-60, 120), tolerance = 0.2) {
  return outlookOf({ store: 'mongodb', products, margins, tolerance, days: shown, asOf: AS_OF }).periods;
}

const kinds = (products: readonly ExposedProduct[], shown = days(-60, 120)) =>
  periods(products, shown).map(({ kind, from, until }) => [kind, from, until]);

describe('what comes next', () => {
  const at = (asOf: Day, ...products: readonly ExposedProduct[]) =>
    outlookOf({ store: 'mongodb', products, margins, tolerance: 0.2, days: days(-60, 120), asOf }).next;
  // The median of the first lies 10 days after the last reading, that of the second 40 days.
  const soon = expected({ product: 'Redis', mass: massOn(200, [2, 0.3], [9, 0.3], [60, 0.4]) });
  const later = expected({ product: 'MongoDB', mass: massOn(200, [39, 0.9]) });

  it('is the earliest median, with no chance beside it while it lies ahead', () => {
    expect(at(AS_OF, later, soon)).toEqual({
      name: 'Redis next feature release',
      day: addDays(AS_OF, 10),
      overdue: null,
    });
  });

  it('is that one still when the median has passed unseen, with the chance that it is out by today', () => {
    const next = at(addDays(AS_OF, 12), later, soon);
    expect(next).toMatchObject({ name: 'Redis next feature release', day: addDays(AS_OF, 10) });
    expect(next?.overdue).toBeCloseTo(0.6, 9);
    expect(at(addDays(AS_OF, 10), later, soon)?.overdue).toBeCloseTo(0.6, 9);
    expect(at(addDays(AS_OF, 9), later, soon)?.overdue).toBeNull();
  });

  it('is no product that most likely releases nothing more', () => {
    const rare = expected({ product: 'Redis', mass: massOn(200, [2, 0.49]) });
    expect(at(addDays(AS_OF, 12), rare)).toBeNull();
    expect(at(addDays(AS_OF, 12), rare, later)?.name).toBe('MongoDB next feature release');
  });
});

describe('kinds of periods', () => {
  const past = [addDays(AS_OF, -30), '8.0'] as const;
  const coming = [addDays(AS_OF, 60), '9.0'] as const;
  const none = massOn(200);

  it('observed, then announced, then forecast, with what starts and ends each', () => {
    const found = periods([expected({ mass: none, events: [past, coming] })]);
    expect(found).toEqual([
      {
        store: 'mongodb',
        from: '2027-10-21',
        until: '2027-11-13',
        kind: 'observed',
        confidence: 1,
        startsBecause: 'the days shown start here',
        endsBecause: 'mongoose 8.0 of 2027-11-20 comes near',
      },
      {
        store: 'mongodb',
        from: '2027-12-04',
        until: '2028-02-11',
        kind: 'announced',
        confidence: 1,
        startsBecause: 'mongoose 8.0 of 2027-11-20 has settled',
        endsBecause: 'mongoose 9.0 of 2028-02-18 comes near',
      },
      {
        store: 'mongodb',
        from: '2028-03-03',
        until: '2028-04-18',
        kind: 'forecast',
        confidence: 1,
        startsBecause: 'mongoose 9.0 of 2028-02-18 has settled',
        endsBecause: 'the days shown end here',
      },
    ]);
  });

  it('forecast where only chances end it, and after one although an announced release ends it', () => {
    const mass = massOn(200, [39, 0.5]);
    const [first, second] = periods([expected({ mass, events: [[addDays(AS_OF, 90), '9.0']] })], days(1, 100));
    expect(first).toMatchObject({ kind: 'forecast', until: addDays(AS_OF, 33), confidence: 1 });
    expect(first?.endsBecause).toBe('the next feature release of mongoose (50 % that day) comes near');
    expect(second).toMatchObject({ kind: 'forecast', from: addDays(AS_OF, 54), until: addDays(AS_OF, 83) });
  });

  it('a small risk inside is told by the confidence', () => {
    const [only] = periods([expected({ mass: massOn(200, [39, 0.15]) })], days(1, 100));
    expect(only?.confidence).toBeCloseTo(0.85, 9);
  });

  it('unknown for what is still to come, observed for what was read before', () => {
    const stale = expected({ events: [past], unknown: 'not enough history' });
    expect(kinds([stale])).toEqual([
      ['observed', addDays(AS_OF, -60), addDays(AS_OF, -37)],
      ['unknown', addDays(AS_OF, -16), addDays(AS_OF, 120)],
    ]);
    const calm = expected({ product: 'redis', mass: none });
    expect(kinds([calm, stale]).map(([kind]) => kind)).toEqual(['observed', 'unknown']);
  });

  it('never observed past the last complete reading, nor without one', () => {
    const events = [[addDays(AS_OF, -50), '8.0'] as const, [addDays(AS_OF, -20), '8.1'] as const];
    const read = (observedThrough: Day | null, unknown: string | null) =>
      kinds([expected({ mass: none, events, observedThrough, unknown })], days(-57, -21));
    const at = [addDays(AS_OF, -36), addDays(AS_OF, -27)];
    expect(read(addDays(AS_OF, -28), 'stale')).toEqual([['observed', ...at]]);
    expect(read(addDays(AS_OF, -29), 'stale')).toEqual([['unknown', ...at]]);
    expect(read(addDays(AS_OF, -29), null)).toEqual([['forecast', ...at]]);
    expect(read(null, 'no complete reading yet')).toEqual([['unknown', ...at]]);
  });

  it('a hold makes a calm period of its own, also where facts are unknown', () => {
    const mass = massOn(200, ...Array.from({ length: 150 }, (_, at) => [at, 1 / 150] as const));
    const often = expected({ mass, gaps: [0, ...mass] });
    const held = withHold(often, { range: '8.19.x', ...days(10, 60) });
    const found = periods([held], days(20, 52), 0.001);
    expect(found).toMatchObject([
      { kind: 'forecast', from: addDays(AS_OF, 23), until: addDays(AS_OF, 52), confidence: 1 },
    ]);
    expect(periods([often], days(20, 52), 0.001)).toEqual([]);
    const unsure = withHold(expected({ mass, unknown: 'stale' }), { range: '8.19.x', ...days(1, 60) });
    expect(kinds([unsure], days(20, 50))).toEqual([['forecast', addDays(AS_OF, 20), addDays(AS_OF, 50)]]);
  });
});

describe('tiling', () => {
  it('periods are maximal: apart, in order, and the day on either side is not calm or not shown', () => {
    const tolerances = fc.double({ min: 0.01, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(anyProducts, anyMargins, tolerances, (products, around, tolerance) => {
        const shown = days(-20, 100);
        const outlook = outlookOf({ store: 's', products, margins: around, tolerance, days: shown, asOf: AS_OF });
        const calm = (on: Day) => turbulence(products, toNumber(on), around) <= tolerance;
        let end: Day | null = null;
        let total = 0;
        for (const { from, until, confidence, startsBecause, endsBecause } of outlook.periods) {
          expect(end === null || end < from).toBe(true);
          expect(from === shown.from || !calm(addDays(from, -1))).toBe(true);
          expect(until === shown.until || !calm(until)).toBe(true);
          expect(startsBecause.length * endsBecause.length).toBeGreaterThan(0);
          let worst = 0;
          for (let on = from; on < until; on = addDays(on, 1), total++) {
            expect(calm(on)).toBe(true);
            worst = Math.max(worst, turbulence(products, toNumber(on), around));
          }
          expect(confidence).toBe(1 - worst);
          end = until;
        }
        expect(total).toBe(outlook.turbulence.filter((value) => value <= tolerance).length);
      }),
      RUNS,
    );
  });

  it('a store without turbulence is one period; one that is never calm has none', () => {
    expect(kinds([])).toEqual([['forecast', addDays(AS_OF, -60), addDays(AS_OF, 120)]]);
    const daily = expected({ mass: massOn(200, [0, 1]), gaps: massOn(200, [1, 1]) });
    expect(kinds([daily], days(1, 120))).toEqual([]);
  });
});

describe('days are calendar days', () => {
  const original = process.env.TZ;
  it.each(['UTC', 'Pacific/Kiritimati', 'America/New_York', 'Europe/Paris'])('the same in %s', (zone) => {
    process.env.TZ = zone;
    try {
      // Turns of the year, of February in a leap year, and the night a summer time begins.
      const events = ['2027-12-31', '2028-02-29', '2028-03-26'].map((on, index) => [day(on), `${index}`] as const);
      const found = periods([expected({ mass: massOn(200), events })], {
        from: day('2027-12-01'),
        until: day('2028-05-01'),
      });
      expect(found.map(({ from, until }) => `${from} ${until}`)).toEqual([
        '2027-12-01 2027-12-24',
        '2028-01-14 2028-02-22',
        '2028-03-14 2028-03-19',
        '2028-04-09 2028-05-01',
      ]);
    } finally {
      if (original === undefined) delete process.env.TZ;
      else process.env.TZ = original;
    }
  });

  it('a window over the turn of the year, or over 29 February, has the days of both sides', () => {
    const chance = (from: string, until: string, on: string) =>
      collisionProbability(
        [expected({ mass: massOn(200, [toNumber(day(on)) - toNumber(AS_OF) - 1, 0.25]) })],
        { from: day(from), until: day(until) },
        margins,
      );
    expect(chance('2027-12-30', '2028-01-03', '2028-01-09')).toBeCloseTo(0.25, 9);
    expect(chance('2027-12-30', '2028-01-03', '2028-01-10')).toBe(0);
    expect(chance('2028-03-13', '2028-03-14', '2028-02-29')).toBeCloseTo(0.25, 9);
    expect(chance('2028-03-14', '2028-03-15', '2028-02-29')).toBe(0);
  });
});

describe('several products and upgrades', () => {
  const mass = massOn(200, [39, 0.5]);
  const rhythmic = (one: ExposedProduct): ExposedProduct => ({
    ...one,
    exposure: { ...one.exposure, rhythm: [addDays(AS_OF, -90)] },
  });

  it('a product that stands twice and moves alike makes one release', () => {
    const twice = [rhythmic(expected({ mass })), rhythmic(expected({ mass }))];
    expect(collisionProbability(twice, days(40, 41), margins)).toBeCloseTo(0.5, 9);
    const apart = [rhythmic(expected({ mass })), rhythmic(expected({ product: 'other', mass }))];
    expect(collisionProbability(apart, days(40, 41), margins)).toBeCloseTo(0.75, 9);
  });

  it('an accepted upgrade changes what counts from its first day on', () => {
    const before = expected({ mass, events: [[addDays(AS_OF, 70), '8.1']] });
    const after = expected({ mass: massOn(200, [99, 0.3]), events: [[addDays(AS_OF, 30), '9.0']] });
    const both = withUpgrade(before, addDays(AS_OF, 60), after);
    const on = (at: number) => collisionProbability([both], days(at, at + 1), margins);
    // Not the new range's release of before, nor the old range's of after.
    expect(on(20)).toBe(0);
    expect(on(40)).toBeCloseTo(0.5, 9);
    expect(on(70)).toBe(0);
    expect(on(100)).toBeCloseTo(0.3, 9);
    expect(collisionProbability([both], days(40, 101), margins)).toBeCloseTo(1 - 0.5 * 0.7, 9);
  });

  it('a hold over an upgrade withholds on both sides of it', () => {
    const both = withUpgrade(expected({ mass }), addDays(AS_OF, 60), expected({ mass: massOn(200, [69, 0.3]) }));
    const held = withHold(both, { range: '8.19.x', ...days(20, 91) });
    expect(collisionProbability([held], days(38, 70), margins)).toBe(0);
    expect(collisionProbability([held], days(90, 91), margins)).toBeCloseTo(0.3, 9);
  });
});
