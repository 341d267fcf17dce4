import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';

const schema = JSON.parse(readFileSync('data/schemas/neap.schema.json', 'utf8')) as {
  properties: { products: object };
};
const check = new Ajv2020({ strictRequired: false }).compile(schema.properties.products);

describe('the published schema of products', () => {
  it.each(loadCatalogue(dataDir()).products.map((product) => [product.id, product] as const))(
    'takes %s, written as a team would write it',
    (_id, { id, name, kind, versioning, feeds }) => {
      expect([check([{ id, name, kind, versioning, feeds }]), check.errors ?? []]).toEqual([true, []]);
    },
  );

  it.each([
    [
      'every key a feed may have',
      { complete: true, suite: 'a', component: 'b', arch: 'c', path: 'd', from: 'osv' },
      true,
    ],
    ['a mistyped key', { paht: 'postgresql.json' }, false],
    ['another database of advisories', { from: 'nvd' }, false],
    ['no form at all', { tags: [] }, false],
  ])('%s', (_case, keys, valid) => {
    const product = { id: 'pg', kind: 'engine', versioning: 'two-part', feeds: [{ type: 'file', ...keys }] };
    expect(check([product])).toBe(valid);
  });
});
