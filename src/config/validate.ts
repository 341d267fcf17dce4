import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parseDay } from '../domain/day.ts';
import { goneKey } from './gone.ts';
import type { Path, Source } from './source.ts';
import { didYouMean } from './suggest.ts';

/** Checks a source against a published schema. @throws Problem listing every error. */
export function validate(source: Source, schema: object): void {
  // The schemas themselves are checked by a test, not at every start.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    meta: false,
    validateSchema: false,
  });
  ajv.addFormat('date', (text: string) => parseDay(text) !== null);
  const check = ajv.compile(schema);
  if (check(source.value)) return;
  for (const error of check.errors ?? []) {
    if (error.keyword === 'if') continue;
    const path = pathOf(error.instancePath, source.value);
    const extra = unknownKey(error);
    const gone = extra === undefined ? null : goneKey(path, extra);
    source.complain(path, gone ?? sentence(error, nameOf(path)), extra);
  }
  source.throwIfAny();
}

/** The key a value stands under; of an entry of a list, that of the list. */
function nameOf(path: Path): string {
  const key = path.findLast((part) => typeof part === 'string');
  return key === undefined ? 'the file' : String(key);
}

function unknownKey(error: ErrorObject): string | undefined {
  return error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : undefined;
}

function sentence(error: ErrorObject, name: string): string {
  const extra = unknownKey(error);
  if (extra !== undefined) {
    return `Unknown key \`${extra}\`${didYouMean(extra, Object.keys(error.parentSchema?.properties ?? {}))}`;
  }
  if (error.keyword === 'required') return `\`${error.params.missingProperty}\` is missing`;
  if (error.keyword === 'format') return `\`${name}\` is "${error.data}", which is not a calendar day (YYYY-MM-DD)`;
  if (error.keyword === 'enum') {
    const allowed = (error.params.allowedValues as unknown[]).map(String);
    if (typeof error.data === 'object' && error.data !== null) {
      const what = Array.isArray(error.data) ? 'a list' : 'keys of its own';
      return `\`${name}\` takes one word (one of ${allowed.join(', ')}), not ${what}`;
    }
    return `\`${name}\` cannot be "${error.data}" (one of ${allowed.join(', ')})${didYouMean(String(error.data), allowed)}`;
  }
  if (error.keyword === 'minItems') return `\`${name}\` is an empty list; name at least one`;
  if (error.keyword === 'type' && error.params.type === 'string' && typeof error.data === 'number') {
    return `\`${name}\` must be text: put it in quotes`;
  }
  if (error.keyword === 'type' && error.params['type'] === 'object')
    return `\`${name}\` must hold keys, such as {key: value}`;
  return `\`${name}\` ${error.message ?? 'is not valid'}`;
}

function pathOf(pointer: string, root: unknown): Path {
  let here = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(here) ? Number(name) : name;
      here = (here as Record<string | number, unknown>)[key];
      return key;
    });
}
