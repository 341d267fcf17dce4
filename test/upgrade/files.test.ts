import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

const schema = JSON.parse(readFileSync('data/schemas/facts.schema.json', 'utf8')) as { $defs: Record<string, object> };

/** Which definition of the schema each file is held to. */
const KINDS: readonly (readonly [file: string, kind: string])[] = [
  ['changes/timing.json', 'timing'],
  ['changes/touched.json', 'touched'],
  ['changes/types.json', 'changes'],
  ['compat/majors.json', 'majors'],
  ...readdirSync('data/compat')
    .filter((name) => name !== 'majors.json')
    .map((name) => [`compat/${name}`, 'compat'] as const),
  ['engines/advisories.json', 'advisories'],
  ['engines/breakers.json', 'breakers'],
  ['engines/hops.json', 'hops'],
  ['engines/lifecycle-rules.json', 'lifecycleRules'],
  ['engines/lines.json', 'lines'],
  ['engines/procedures.json', 'procedures'],
  ['platforms/commands.json', 'commands'],
  ['platforms/images.json', 'images'],
  ['platforms/mongodb-keys.json', 'keys'],
  ['platforms/mongodb.json', 'platforms'],
  ['tools/database-tools.json', 'tools'],
  ['versioning.json', 'versioning'],
];

describe('every file of facts has the form its schema gives', () => {
  const ajv = new Ajv2020({ allErrors: true });
  it.each(KINDS)('%s is %s', (file, kind) => {
    const validate = ajv.compile({ $defs: schema.$defs, $ref: `#/$defs/${kind}` });
    validate(JSON.parse(readFileSync(join('data', file), 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('no file is left out', () => {
    const there = ['changes', 'compat', 'engines', 'platforms', 'tools'].flatMap((folder) =>
      existsSync(join('data', folder)) ? readdirSync(join('data', folder)).map((name) => `${folder}/${name}`) : [],
    );
    const known = KINDS.map(([file]) => file);
    // Held to a schema of its own elsewhere: read by src/versioning.
    expect(there.filter((file) => !known.includes(file))).toEqual(['engines/mongodb-eras.json']);
  });

  it('the README of data names each', () => {
    const readme = readFileSync('data/README.md', 'utf8');
    for (const [file] of KINDS) {
      const named = file.startsWith('compat/') && !file.endsWith('majors.json') ? 'compat/<package>.json' : file;
      expect(readme, named).toContain(`\`${named}\``);
    }
  });
});
