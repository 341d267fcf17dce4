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

  it('says what is wrong with a file', async () => {
    const cwd = aFolder({ 'a.json': '{"product": 7}', 'b.json': '{' });
    expect((await neap(['backtest', '--file', 'a.json'], { cwd })).err).toContain(
      '`product` is not the id of a product',
    );
    expect((await neap(['backtest', '--file', 'b.json'], { cwd })).code).toBe(2);
    expect((await neap(['backtest', '--file', 'c.json'], { cwd })).err).toContain('cannot be read (ENOENT)');
  });
});
