import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';

const folder = 'data/schemas';
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { $schema: string };

it.each(readdirSync(folder))('%s is a valid JSON Schema of the draft it names', (file) => {
  const schema = read(file);
  const ajv = schema.$schema.includes('2020-12') ? new Ajv2020() : new Ajv();
  expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
});

it('the bundled example team keeps the published schema', () => {
  const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
  const check = ajv.compile(read('neap.schema.json'));
  expect(check(parse(readFileSync('data/example/neap.yaml', 'utf8'))), ajv.errorsText(check.errors)).toBe(true);
});

/** Every list of allowed words in a schema that names a rule, with its place. */
function ruleLists(value: unknown, at: string): readonly (readonly [string, readonly string[]])[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { enum?: readonly string[] }).enum;
  const found = own?.includes('patch-only') === true ? [[at, own] as const] : [];
  return [...found, ...Object.entries(value).flatMap(([key, inner]) => ruleLists(inner, `${at}.${key}`))];
}

it('schemas name the rules that there are, all of them and no others', () => {
  const lists = readdirSync(folder).flatMap((file) => ruleLists(read(file), file));
  expect(lists.length).toBeGreaterThan(1);
  for (const [at, names] of lists) expect([...names].sort(), at).toEqual([...RULE_IDS].sort());
});

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

/** The keys of an object, those of its groups as `group.key`. */
function keysOf(value: object): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && !Array.isArray(inner) && key !== 'watch'
      ? [key, ...keysOf(inner as object).map((name) => `${key}.${name}`)]
      : [key],
  );
}

it('the schema of neap.yaml knows each key of the policy and says what it is', () => {
  const { properties } = read('neap.schema.json') as unknown as {
    properties: { policy: { properties: Readonly<Record<string, Described>> } };
  };
  const described = (keys: Readonly<Record<string, Described>>): readonly (readonly [string, string])[] =>
    Object.entries(keys).flatMap(([key, { description = '', properties: inner = {} }]) => [
      [key, description] as const,
      ...described(inner).map(([name, text]) => [`${key}.${name}`, text] as const),
    ]);
  const found = described(properties.policy.properties);
  expect(found.map(([key]) => key).sort()).toEqual([...keysOf(DEFAULT_POLICY)].sort());
  for (const [key, text] of found) expect(text, key).toMatch(/^[A-Z].*\.$/);
});
