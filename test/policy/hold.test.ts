import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/domain/day.ts';
import { collisionDays, collisionProbability, knownReleases, restsOnUnknown } from '../../src/policy/collision.ts';
import { holdFor, holdGain, shortestHold, withHold } from '../../src/policy/hold.ts';
import { AS_OF, anyMargins, anyProduct, anyProducts, days, expected, massOn, NEAR, RUNS } from './exposed.ts';

const margins = { guard: 7, settle: 14 };
const EXACT = '8.19.x';

describe('the days of a hold', () => {
  it('cover the settling before the window and the guard after it, over a year’s end and a leap day', () => {
    const window = { from: day('2028-01-05'), until: day('2028-02-24') };
    expect(holdFor(window, margins)).toEqual({ from: '2027-12-22', until: '2028-03-02' });
    expect(shortestHold(window, margins, AS_OF)).toEqual({ from: '2027-12-22', until: '2028-03-03' });
  });

  it('begin tomorrow where the window is near, and are none when it is over', () => {
    expect(shortestHold(days(3, 5), margins, AS_OF)).toEqual(days(1, 13));
    expect(shortestHold(days(-10, -8), margins, AS_OF)).toBeNull();
  });
});

describe('a held product', () => {
  const line = (on: string, name: string) => [day(on), name] as const;
  const events = [line('2028-01-10', '8.19'), line('2028-01-12', '8.20'), line('2028-03-01', '9.0')];
  const hold = { range: EXACT, from: day('2028-01-01'), until: day('2028-02-01') };

  it('adopts what it withheld on the last day; what its range lets through, and what is outside, stay', () => {
    const held = withHold(expected({ events }), hold);
    expect(knownReleases(held).map(({ day: on, name }) => [on, name])).toEqual([
      ['2028-01-10', 'mongoose 8.19'],
      ['2028-01-31', 'held-back mongoose 8.20'],
      ['2028-03-01', 'mongoose 9.0'],
    ]);
  });

  it('held twice, in any order, adopts once', () => {
    const next = { range: EXACT, from: day('2028-01-25'), until: day('2028-03-02') };
    const [one, other] = [
      withHold(withHold(expected({ events }), hold), next),
      withHold(withHold(expected({ events }), next), hold),
    ];
    const adopted = ['2028-01-10', '2028-03-01', '2028-03-01'];
    expect(knownReleases(one).map(({ day: on }) => on)).toEqual(adopted);
    expect(knownReleases(other).map(({ day: on }) => on)).toEqual(adopted);
    expect(one.held?.closed).toEqual(other.held?.closed);
    expect(one.held?.closed.length).toBe(1);
  });

  it('is not held by a range that lets the coming lines in, nor where the vendor is watched', () => {
    const mass = massOn(60, [20, 0.5]);
    const open = withHold(expected({ mass }), { range: '^8.19.1', ...days(5, 40) });
    expect(collisionProbability([open], days(18, 20), margins)).toBeCloseTo(0.5, 9);
    const watched = expected({ mass, watch: 'vendor' });
    expect(withHold(watched, { range: EXACT, ...days(5, 40) })).toBe(watched);
    expect(() => withHold(open, { range: 'that one', ...days(5, 40) })).toThrow('"that one" is not a range');
  });

  it('cannot surprise a window it covers, though its facts are unknown', () => {
    const stale = expected({ mass: massOn(60, [20, 0.5]), unknown: 'last complete reading long ago' });
    const held = withHold(stale, { range: EXACT, ...days(5, 60) });
    expect([stale, held].map((one) => restsOnUnknown([one], days(20, 22), margins))).toEqual([true, false]);
    expect(restsOnUnknown([held], days(50, 58), margins)).toBe(true);
  });

  it('with every way the releases can fall counted out, has just that chance', () => {
    const share = fc.array(fc.nat(9), { minLength: 9, maxLength: 9 });
    const run = fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 9 }));
    const normal = (weights: readonly number[]) => {
      const total = weights.reduce((a, b) => a + b, 1);
      return [...weights.map((weight) => weight / total), ...new Array<number>(11).fill(0)];
    };
    fc.assert(
      fc.property(share, share, run, run, run, (first, gap, [a, aDays], [b, bDays], [from, length]) => {
        const [mass, gaps] = [normal(first), [0, ...normal(gap)]];
        const holds = [days(1 + a, 1 + a + aDays), days(1 + b, 1 + b + bDays)];
        // Element i is day i + 1 after AS_OF; the day on which a release of it reaches the team:
        const reaches = (at: number): number => {
          const until = Math.max(
            ...[
              [a, aDays],
              [b, bDays],
            ].map(([f = 0, n = 0]) => (f <= at && at < f + n ? f + n - 1 : at)),
          );
          return until === at ? at : reaches(until);
        };
        const calm = (at: number, chance: number): number => {
          const day = reaches(at);
          if (chance === 0 || (from <= day && day < from + length)) return 0;
          let end = 1;
          let rest = 0;
          for (let next = at + 1; next < mass.length; next++) {
            rest += calm(next, gaps[next - at] ?? 0);
            end -= gaps[next - at] ?? 0;
          }
          return chance * (end + rest);
        };
        const never = 1 - mass.reduce((x, y) => x + y, 0);
        const expectedChance = 1 - never - mass.reduce((total, chance, at) => total + calm(at, chance), 0);
        const held = holds.reduce((one, hold) => withHold(one, { range: EXACT, ...hold }), expected({ mass, gaps }));
        // Without margins but the day itself, a window collides with its own days.
        const window = days(1 + from, 1 + from + length);
        const inside = { guard: 0, settle: 1 };
        expect(collisionProbability([held], window, inside)).toBeCloseTo(expectedChance, 9);
      }),
      RUNS,
    );
  });
});

describe('risk under a hold', () => {
  const spans = fc.record({ from: fc.integer({ min: 1, max: 60 }), length: fc.integer({ min: 1, max: 60 }) });

  it('never rises for a window that ends more than the guard before its last day', () => {
    fc.assert(
      fc.property(anyProducts, anyMargins, spans, spans, (all, around, held, inner) => {
        const hold = { range: EXACT, ...days(held.from, held.from + held.length + around.guard) };
        const until = Math.min(inner.from + inner.length, held.from + held.length - 1);
        const window = days(Math.max(held.from, Math.min(inner.from, until - 1)), until);
        fc.pre(window.from < window.until);
        const kept = all.map((one) => withHold(one, hold));
        const plain = collisionProbability(all, window, around);
        expect(collisionProbability(kept, window, around)).toBeLessThanOrEqual(plain + NEAR);
        // One held product among others.
        expect(collisionProbability(all.with(0, kept[0] ?? anyOf(all)), window, around)).toBeLessThanOrEqual(
          plain + NEAR,
        );
      }),
      RUNS,
    );
  });

  it('is none for the window the hold was made for', () => {
    fc.assert(
      fc.property(anyProduct, anyMargins, spans, (one, around, { from, length }) => {
        const window = days(from + around.settle, from + around.settle + length);
        const hold = shortestHold(window, around, AS_OF) ?? window;
        expect(collisionProbability([withHold(one, { range: EXACT, ...hold })], window, around)).toBe(0);
      }),
      RUNS,
    );
  });

  it('stays a probability, and a longer window is never safer', () => {
    fc.assert(
      fc.property(anyProduct, anyMargins, spans, spans, fc.nat(9), fc.nat(9), (one, around, h, w, before, after) => {
        const held = withHold(one, { range: EXACT, ...days(h.from, h.from + h.length) });
        const short = collisionProbability([held], days(w.from, w.from + w.length), around);
        const long = collisionProbability([held], days(w.from - before, w.from + w.length + after), around);
        expect(short).toBeGreaterThanOrEqual(0);
        expect(long).toBeLessThanOrEqual(1);
        expect(long).toBeGreaterThanOrEqual(short - NEAR);
      }),
      RUNS,
    );
  });

  it('returns at its end: the day of adoption has the chance that anything was withheld', () => {
    const one = expected({ mass: massOn(60, [9, 0.2], [19, 0.3]) });
    const held = withHold(one, { range: EXACT, ...days(5, 41) });
    const last = days(40, 41);
    expect(collisionProbability([one], last, margins)).toBe(0);
    expect(collisionProbability([held], last, margins)).toBeCloseTo(0.5, 9);
  });
});

describe('what a hold buys', () => {
  const window = days(30, 33);
  const often = expected({ product: 'mongoose', mass: massOn(90, [28, 0.6]) });
  const seldom = expected({ product: 'mongodb-driver', mass: massOn(90, [32, 0.1]) });
  const engine = expected({ product: 'mongodb', mass: massOn(90, [30, 0.2]), watch: 'vendor' });
  const calm = expected({ product: 'bson', mass: massOn(90, [80, 0.9]) });

  it('is the risk it takes away, greatest first; who cannot be held or does not matter is left out', () => {
    const gains = holdGain([calm, engine, seldom, often], window, margins, AS_OF);
    expect(gains.map(({ product }) => product)).toEqual(['mongoose', 'mongodb-driver']);
    const [first, second] = gains;
    expect(first?.without).toBeCloseTo(1 - 0.4 * 0.9 * 0.8, 9);
    expect(first?.with).toBeCloseTo(1 - 0.9 * 0.8, 9);
    expect(first?.gain).toBeCloseTo(0.6 * 0.9 * 0.8, 9);
    expect(second?.gain).toBeCloseTo(0.1 * 0.4 * 0.8, 9);
    expect(first?.hold).toEqual(days(16, 41));
  });

  it('can also be an announced release, but not one that is out', () => {
    const event = (on: number) => expected({ mass: massOn(90), events: [[addDays(AS_OF, on), '9.0'] as const] });
    expect(holdGain([event(25)], window, margins, AS_OF)[0]).toMatchObject({ without: 1, with: 0, gain: 1 });
    expect(holdGain([event(0)], days(3, 5), margins, AS_OF)).toEqual([]);
  });

  it('serves exactly the days that collide', () => {
    const { from, until } = collisionDays(window, margins);
    const hold = shortestHold(window, margins, AS_OF);
    expect([hold?.from, hold?.until]).toEqual([addDays(from, -1), addDays(until, 1)]);
  });
});

function anyOf<T>(values: readonly T[]): T {
  const [first] = values;
  if (first === undefined) throw new Error('empty');
  return first;
}
