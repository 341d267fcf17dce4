import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

const releases = Array.from({ length: 12 }, (_, i) => ({
  version: `${i + 1}.0`,
  date: new Date(Date.UTC(2018, 0, 1) + i * 200 * 86_400_000).toISOString().slice(0, 10),
}));
const file = (product: string, list: readonly object[]) =>
  JSON.stringify({ product, complete: true, readOn: '2026-01-01', releases: list });

describe('neap backtest', () => {
  it('walks files without a configuration', async () => {
    const cwd = aFolder({ 'a.json': file('acmedb', releases), 'b.json': file('newdb', releases.slice(0, 3)) });
    const { code, out } = await neap(['backtest', '--file', 'a.json', '--file', 'b.json'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^acmedb +\d+ +200 d/m);
    expect(out).toContain('newdb: not enough history: 3 feature releases');
  });

  it('prints one object with --json, and a line for each forecast with --detail', async () => {
    const cwd = aFolder({ 'a.json': file('acmedb', releases) });
    const json = JSON.parse((await neap(['backtest', '--file', 'a.json', '--json'], { cwd })).out) as {
      products: { product: string; forecasts: number; ratios: { meanGap: number } }[];
      pooled: { all: { products: number } };
    };
    expect(json.products).toMatchObject([{ product: 'acmedb', forecasts: 229 }]);
    expect(json.pooled.all.products).toBe(1);
    const lines = (await neap(['backtest', '--file', 'a.json', '--detail'], { cwd })).out.trim().split('\n');
    expect(lines).toHaveLength(229);
    const first = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(Object.keys(first)).toEqual(['product', 'asOf', 'quantiles', 'actual', 'window', 'stated', 'collided']);
    expect(Object.keys(first.quantiles as object)).toHaveLength(19);
  });

  it('walks bundled products by name and refuses unknown ones', async () => {
    const cwd = aFolder();
    const { code, out } = await neap(['backtest', 'redis', 'postgresql'], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^Redis +719 /m);
    expect(out).toMatch(/^all \(2\)/m);
    expect(await neap(['backtest', 'nobody'], { cwd })).toMatchObject({ code: 2 });
  });

  it('draws how often the bands held, and stated beside observed risks', async () => {
    const cwd = aFolder({ 'a.json': file('acmedb', releases) });
    const { out } = await neap(['backtest', '--file', 'a.json'], { cwd });
    expect(out).toMatch(/^80 % band +\d+ % +[#.]+\|[#.]*$/m);
    expect(out).toMatch(/^chosen windows, stated +windows +mean +collided$/m);
    expect(out).toMatch(/^any windows, stated +windows +mean +collided$/m);
  });

  it('answers as of a past day, though the file was written later', async () => {
    const cwd = aFolder({ 'a.json': file('acmedb', releases) });
    const detail = ['backtest', '--file', 'a.json', '--detail'];
    const whole = (await neap(detail, { cwd })).out;
    const { code, out } = await neap([...detail, '--as-of', '2023-01-01'], { cwd });
    expect(code).toBe(0);
    // No look-ahead: what could be forecast and judged then is the beginning of what is known now, byte for byte, but for the last
    // windows, whose days had not been observed yet.
    const [then, now] = [out, whole].map((text) => text.trim().split('\n'));
    // Ten releases until then: from the fourth on day 600 to the last on 1800.
    expect(then?.length).toBe(Math.ceil(1200 / 7));
    const known = (then ?? []).filter((line) => !line.endsWith('"collided":null}'));
    expect(known.length).toBeGreaterThan(120);
    expect(now?.slice(0, known.length)).toEqual(known);
    const byEnvironment = await neap(detail, { cwd, env: { NEAP_AS_OF: '2023-01-01' } });
    expect(byEnvironment.out).toBe(out);
  });

  it.each([
    ['no release', [], '0 feature releases'],
    ['one', releases.slice(0, 1), '1 feature release'],
    ['four', releases.slice(0, 4), '4 feature releases'],
    ['all on one day', releases.map(({ version }) => ({ version, date: '2020-02-29' })), '1 feature release'],
    ['none dated', releases.map(({ version }) => ({ version, date: null })), '0 feature releases'],
    ['all announced', releases.map(({ version }, i) => ({ version, date: `${2040 + i}-01-01` })), '0 feature releases'],
  ])('has nothing to say of %s', async (_, list, counted) => {
    const cwd = aFolder({ 'a.json': file('acmedb', list) });
    const { code, out } = await neap(['backtest', '--file', 'a.json'], { cwd });
    expect([code, out]).toEqual([0, expect.stringContaining(`acmedb: not enough history: ${counted}\n`)]);
    const json = await neap(['backtest', '--file', 'a.json', '--json'], { cwd });
    expect(JSON.parse(json.out)).toMatchObject({ schemaVersion: 1, products: [], skipped: [{ product: 'acmedb' }] });
  });

  it('guesses what was meant, and will not mix products and files', async () => {
    const cwd = aFolder({ 'a.json': file('acmedb', releases) });
    expect((await neap(['backtest', 'redsi'], { cwd })).err).toContain('did you mean `redis`?');
    expect(await neap(['backtest', 'redis', '--file', 'a.json'], { cwd })).toMatchObject({ code: 2, out: '' });
    expect(await neap(['backtest', '--file', 'a.json', '--as-of', 'soon'], { cwd })).toMatchObject({ code: 2 });
  });

  it('says what is wrong with a file', async () => {
    const cwd = aFolder({ 'a.json': '{"product": 7}', 'b.json': '{' });
    expect((await neap(['backtest', '--file', 'a.json'], { cwd })).err).toContain(
      '`product` is not the id of a product',
    );
    expect((await neap(['backtest', '--file', 'b.json'], { cwd })).code).toBe(2);
    expect((await neap(['backtest', '--file', 'c.json'], { cwd })).err).toContain('cannot be read (ENOENT)');
  });
});
