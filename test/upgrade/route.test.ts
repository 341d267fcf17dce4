import { describe, expect, it } from 'vitest';
import { type Edition, routeFor } from '../../src/upgrade/route.ts';
import { TABLES } from '../../src/upgrade/tables.ts';

/**
 * Every upgrade between MongoDB lines that teams run themselves, with the lines it goes through. Checked by hand against the vendor's upgrade
 * pages: majors one at a time from 4.0 on; 8.2 and 8.3 from 8.0, 8.3 also from 8.2; 9.0 from 8.0 or 8.3 only.
 */
const UP = `
  4.0 → 4.2: 4.2
  4.0 → 4.4: 4.2 4.4
  4.0 → 5.0: 4.2 4.4 5.0
  4.0 → 6.0: 4.2 4.4 5.0 6.0
  4.0 → 7.0: 4.2 4.4 5.0 6.0 7.0
  4.0 → 8.0: 4.2 4.4 5.0 6.0 7.0 8.0
  4.0 → 8.2: 4.2 4.4 5.0 6.0 7.0 8.0 8.2
  4.0 → 8.3: 4.2 4.4 5.0 6.0 7.0 8.0 8.3
  4.0 → 9.0: 4.2 4.4 5.0 6.0 7.0 8.0 9.0
  4.2 → 4.4: 4.4
  4.2 → 5.0: 4.4 5.0
  4.2 → 6.0: 4.4 5.0 6.0
  4.2 → 7.0: 4.4 5.0 6.0 7.0
  4.2 → 8.0: 4.4 5.0 6.0 7.0 8.0
  4.2 → 8.2: 4.4 5.0 6.0 7.0 8.0 8.2
  4.2 → 8.3: 4.4 5.0 6.0 7.0 8.0 8.3
  4.2 → 9.0: 4.4 5.0 6.0 7.0 8.0 9.0
  4.4 → 5.0: 5.0
  4.4 → 6.0: 5.0 6.0
  4.4 → 7.0: 5.0 6.0 7.0
  4.4 → 8.0: 5.0 6.0 7.0 8.0
  4.4 → 8.2: 5.0 6.0 7.0 8.0 8.2
  4.4 → 8.3: 5.0 6.0 7.0 8.0 8.3
  4.4 → 9.0: 5.0 6.0 7.0 8.0 9.0
  5.0 → 6.0: 6.0
  5.0 → 7.0: 6.0 7.0
  5.0 → 8.0: 6.0 7.0 8.0
  5.0 → 8.2: 6.0 7.0 8.0 8.2
  5.0 → 8.3: 6.0 7.0 8.0 8.3
  5.0 → 9.0: 6.0 7.0 8.0 9.0
  6.0 → 7.0: 7.0
  6.0 → 8.0: 7.0 8.0
  6.0 → 8.2: 7.0 8.0 8.2
  6.0 → 8.3: 7.0 8.0 8.3
  6.0 → 9.0: 7.0 8.0 9.0
  7.0 → 8.0: 8.0
  7.0 → 8.2: 8.0 8.2
  7.0 → 8.3: 8.0 8.3
  7.0 → 9.0: 8.0 9.0
  8.0 → 8.2: 8.2
  8.0 → 8.3: 8.3
  8.0 → 9.0: 9.0
  8.2 → 8.3: 8.3
  8.2 → 9.0: 8.3 9.0
  8.3 → 9.0: 9.0
`;

/** The steps back the vendor describes: by edition, `support` with its help only. Whatever is not here is a restore. */
const DOWN = `
  5.0 → 4.4: yes yes
  6.0 → 5.0: yes yes
  7.0 → 6.0: no support
  8.0 → 7.0: no support
  8.2 → 8.0: no support
  8.3 → 8.2: yes yes
  8.3 → 8.0: yes yes
  9.0 → 8.3: yes yes
  9.0 → 8.0: yes yes
`;

const SELF_MANAGED = ['4.0', '4.2', '4.4', '5.0', '6.0', '7.0', '8.0', '8.2', '8.3', '9.0'];
const RAPID = ['5.1', '5.2', '5.3', '6.1', '6.2', '6.3', '7.1', '7.2', '7.3', '8.1'];
const rows = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => /^\s*(\S+) → (\S+): (.*)$/.exec(line)?.slice(1) ?? []);
const route = (from: string, to: string, edition: Edition = 'community') =>
  routeFor({ product: 'mongodb', from, to, edition }, TABLES);
const hops = (from: string, to: string, edition: Edition = 'community') => {
  const found = route(from, to, edition);
  return found.kind === 'route' ? found.hops.map((hop) => hop.to) : found.kind;
};

describe('routes between MongoDB lines', () => {
  it.each(rows(UP))('%s → %s goes through %s', (from, to, through) => {
    expect(hops(from ?? '', to ?? '')).toEqual(through?.split(' '));
    expect(hops(from ?? '', to ?? '', 'enterprise')).toEqual(through?.split(' '));
  });

  it('knows every ordered pair upwards', () => {
    expect(rows(UP)).toHaveLength((SELF_MANAGED.length * (SELF_MANAGED.length - 1)) / 2);
  });

  it('goes down one documented step, and no other', () => {
    const documented = new Map(rows(DOWN).map(([from, to, word]) => [`${from} ${to}`, word?.split(' ') ?? []]));
    for (const [i, to] of SELF_MANAGED.entries()) {
      for (const from of SELF_MANAGED.slice(i + 1)) {
        const [community = 'no', enterprise = 'no'] = documented.get(`${from} ${to}`) ?? [];
        expect(hops(from, to), `${from} → ${to} community`).toEqual(community === 'no' ? 'none' : [to]);
        expect(hops(from, to, 'enterprise'), `${from} → ${to} enterprise`).toEqual(enterprise === 'no' ? 'none' : [to]);
      }
    }
  });

  it('refuses rapid releases to whoever runs MongoDB himself, with the row', () => {
    for (const rapid of RAPID) {
      for (const other of SELF_MANAGED) {
        for (const [from, to] of [
          [rapid, other],
          [other, rapid],
        ] as const) {
          const found = route(from, to);
          expect(found.kind).toBe('none');
          if (found.kind !== 'none') continue;
          expect(found.because).toContain(`${rapid} is a rapid release: it runs on Atlas only`);
          expect(found.rows[0]).toContain(rapid);
        }
      }
    }
  });

  it('names the nearest line that can be reached', () => {
    expect(route('7.0', '8.1')).toMatchObject({ kind: 'none', nearest: '8.0' });
    expect(route('6.0', '7.2')).toMatchObject({ kind: 'none', nearest: '7.0' });
  });

  it('goes from 8.2 to 9.0 through 8.3, or back to 8.0 with the vendor’s support', () => {
    const community = route('8.2', '9.0');
    expect(community).toMatchObject({ kind: 'route', others: [] });
    const enterprise = route('8.2', '9.0', 'enterprise');
    expect(enterprise.kind === 'route' && enterprise.others.map((way) => way.map((hop) => hop.to))).toEqual([
      ['8.0', '9.0'],
    ]);
  });

  it('says that a line nobody knows is not known to be possible', () => {
    expect(route('9.0', '9.7')).toMatchObject({
      kind: 'none',
      because: '9.7 is no line of mongodb that the tables know',
    });
    expect(route('8.0', '8.0')).toEqual({ kind: 'there' });
  });
});

describe('routes between Redis lines', () => {
  it.each([
    ['6.2', '8.2'],
    ['5.0', '8.10'],
    ['7.4', '8.0'],
    ['8.8', '8.10'],
  ])('%s → %s is one hop', (from, to) => {
    const found = routeFor({ product: 'redis', from, to, edition: 'community' }, TABLES);
    expect(found.kind === 'route' && found.hops.map((hop) => hop.to)).toEqual([to]);
  });
});
