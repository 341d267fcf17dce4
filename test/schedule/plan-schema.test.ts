import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';
import { anInstance, planOf } from './instances.ts';

const schema = JSON.parse(readFileSync('data/schemas/plan.schema.json', 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(schema);

describe('what `neap plan --json` prints is what its schema says', () => {
  it('of the example team', async () => {
    const { out } = await neap(['plan', '--json'], { cwd: aFolder() });
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of a random team (%i)', (seed) => {
    validate({ schemaVersion: 1, ...planOf(anInstance(seed)) });
    expect(validate.errors).toBeNull();
  });

  it('and nothing else passes', () => {
    const plan = { schemaVersion: 1, ...planOf(anInstance(1)) };
    expect(validate({ ...plan, windows: [{ id: 'x' }] })).toBe(false);
    expect(validate({ ...plan, more: 1 })).toBe(false);
  });
});
