import { existsSync } from 'node:fs';
import schema from '../../data/schemas/user.schema.json' with { type: 'json' };
import { parseSource } from './source.ts';
import { readText } from './text-file.ts';
import { validate } from './validate.ts';

/** What one person wants everywhere; all of it may be absent. */
export interface UserFile {
  readonly theme?: 'dark' | 'light' | 'auto';
  readonly ascii?: boolean;
  /** One line for each change on screen, for screen readers, instead of a picture. */
  readonly spoken?: boolean;
  /** Keys of the calendar by the name of what they do, as written. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

/** The user's file; empty when there is none. @throws Problem with its place for what is wrong in it. */
export function readUserFile(path: string): UserFile {
  if (!existsSync(path)) return {};
  const source = parseSource(path, readText(path));
  if (source.value === null) return {};
  validate(source, schema);
  const { keys, ...rest } = source.value as Omit<UserFile, 'keys'> & {
    keys?: Record<string, string | readonly string[]>;
  };
  if (keys === undefined) return rest;
  return {
    ...rest,
    keys: Object.fromEntries(Object.entries(keys).map(([id, own]) => [id, typeof own === 'string' ? [own] : own])),
  };
}
