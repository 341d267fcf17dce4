import { describe, expect, it } from 'vitest';
import type { Herald } from '../../src/domain/forecast.ts';
import { heraldsOver } from '../../src/forecast/heralds.ts';

const flat = new Float64Array(400).fill(1 / 400);
const sum = (mass: Float64Array, from = 0, until = mass.length) => mass.slice(from, until).reduce((a, b) => a + b, 0);
const days = [0, 200, 400, 600, 800];
/** Each release had a candidate twenty days before it. */
const heralds: readonly Herald[] = days.map((day, i) => ({
  kind: 'candidate',
  line: `${i}.0`,
  seen: day - 20,
  came: day,
  passed: days[i + 1] ?? null,
}));
const next: Herald = { kind: 'candidate', line: '5.0', seen: 960, came: 985, passed: null };

describe('the coming release in the light of candidates', () => {
  it('says nothing for a product that never had one', () => {
    expect(heraldsOver(days, [])(flat, 900)).toBeNull();
  });

  it('moves the release behind the candidate that is still missing', () => {
    const said = heraldsOver(days, heralds)(flat, 900);
    expect(said?.open).toBe(false);
    expect(sum(said?.mass ?? flat, 0, 10)).toBeLessThan(sum(flat, 0, 10) / 2);
    expect(sum(said?.mass ?? flat)).toBeCloseTo(1, 9);
  });

  it('gathers the chance around the usual lag once it is out', () => {
    const said = heraldsOver(days, [...heralds, next])(flat, 965);
    expect(said?.open).toBe(true);
    // Twenty days after the candidate is the fifteenth day from now.
    expect(sum(said?.mass ?? flat, 5, 35)).toBeGreaterThan(0.5);
    expect(sum(said?.mass ?? flat)).toBeCloseTo(1, 9);
    expect(said?.evidence[0]).toMatch(/release candidate of 5\.0 is out, since 5 days; .* 20 to 20 days/);
  });

  it('does not look ahead: what comes later changes nothing', () => {
    const other: Herald = { ...next, came: 2000, passed: 1500 };
    const later: Herald = { ...next, line: '6.0', seen: 1200, came: 1300 };
    const a = heraldsOver(days, [...heralds, next])(flat, 965);
    const b = heraldsOver([...days, 1300, 2000], [...heralds, other, later])(flat, 965);
    expect(b).toEqual(a);
  });

  it('forgets a candidate that nothing followed', () => {
    const lost: Herald = { kind: 'candidate', line: '9.9', seen: -5000, came: null, passed: null };
    expect(heraldsOver(days, [...heralds, lost])(flat, 900)?.open).toBe(false);
  });

  it('keeps probabilities probabilities when the lag is long past', () => {
    const said = heraldsOver(days, [...heralds, { ...next, came: null }])(flat, 960 + 900);
    expect((said?.mass ?? flat).every((chance) => chance >= 0 && chance <= 1)).toBe(true);
    expect(sum(said?.mass ?? flat)).toBeLessThanOrEqual(1 + 1e-9);
  });
});
