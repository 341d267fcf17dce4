import { dirname, resolve } from 'node:path';
import schema from '../../data/schemas/neap.schema.json' with { type: 'json' };
import type { Config } from '../domain/config.ts';
import type { Product } from '../domain/product.ts';
import { checkMeaning } from './check.ts';
import { withDefaults } from './defaults.ts';
import { resolveDaysOff } from './holidays.ts';
import { layered } from './patch.ts';
import type { RawConfig } from './raw.ts';
import { parseSource, type Source } from './source.ts';
import { readText } from './text-file.ts';
import { validate } from './validate.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** Absolute. */
  readonly path: string;
  /** Folder that relative paths in the file start from. */
  readonly baseDir: string;
}

/**
 * Reads neap.yaml, checks it against the published schema and for sense, and fills in defaults.
 * Public holidays are resolved from the year before `aroundYear` to two years after it.
 * @param known.patch a file laid over the configuration before it is checked; see patch.ts.
 * @throws Problem with `file:line:column`; the message lists every further error on its own line.
 */
export async function loadConfig(
  path: string,
  known: { readonly products: readonly Product[]; readonly aroundYear: number; readonly patch?: string },
): Promise<LoadedConfig> {
  const plain = parseSource(path, readText(path, 'Write one with: neap init'));
  const source = known.patch === undefined ? plain : withPatch(plain, known.patch);
  validate(source, schema);
  const raw = source.value as RawConfig;
  checkMeaning(source, raw, known.products);
  const year = known.aroundYear;
  const years = [year - 1, year, year + 1, year + 2];
  const daysOff = await resolveDaysOff(source, raw.team?.holidays ?? [], years);
  source.throwIfAny();
  const absolute = resolve(path);
  return { config: withDefaults(raw, daysOff, known.products, years), path: absolute, baseDir: dirname(absolute) };
}

function withPatch(plain: Source, patchPath: string): Source {
  return layered(plain, parseSource(patchPath, readText(patchPath, 'Name a file with the changed keys of neap.yaml.')));
}
