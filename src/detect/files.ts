import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';

/** A file's text and path; `null` when it is not there. @throws Problem when it cannot be read. */
export function readText(dir: string, name: string): { readonly text: string; readonly path: string } | null {
  const path = join(dir, name);
  if (!existsSync(path)) return null;
  try {
    return { text: readFileSync(path, 'utf8'), path };
  } catch (error) {
    throw new Problem(`cannot read the file: ${error instanceof Error ? error.message : error}`, { where: path });
  }
}

/** An own field of a value that may be anything. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** All own fields of a value that may be anything; none of what is no object. */
export function fields(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
