import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

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
