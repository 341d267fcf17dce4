import { cleanText } from '../domain/clean-text.ts';
import { type Day, parseDay } from '../domain/day.ts';
import type { SchemeId } from '../domain/product.ts';
import type { ParsedVersion } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** Something understood, or the reason why not. */
export type Decoded<T> = { readonly value: T } | { readonly because: string };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as upstream wrote it, for messages: cleaned and short. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return cleanText(text, 60) || '(empty)';
}

const MAX_VERSION = 128;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+_-]*$/;

/** A version as it is, never cleaned: a cleaned one could be another version's name. */
export function decodeVersion(value: unknown, scheme: SchemeId): Decoded<ParsedVersion> {
  if (typeof value !== 'string') return { because: 'the version is not text' };
  if (value === '') return { because: 'the version is empty' };
  if (value.length > MAX_VERSION) return { because: `the version is longer than ${MAX_VERSION} characters` };
  if (!VERSION.test(value)) return { because: 'the version has characters no version has' };
  const parsed = schemeOf(scheme).parse(value);
  return parsed === null ? { because: `not a version of the scheme ${scheme}` } : { value: parsed };
}

/** A calendar day written `YYYY-MM-DD`. */
export function decodeDay(value: unknown): Decoded<Day> {
  const parsed = typeof value === 'string' ? parseDay(value) : null;
  return parsed === null ? { because: `"${show(value)}" is not a calendar day (YYYY-MM-DD)` } : { value: parsed };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The day in UTC of a point in time as in RFC 3339. */
export function decodeInstant(value: unknown): Decoded<Day> {
  const ms = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  const text = Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);
  // Date.parse takes 30 February for 2 March where it takes it at all; the written day decides.
  const written = typeof value === 'string' ? parseDay(value.slice(0, 10)) : null;
  const parsed = written === null ? null : parseDay(text);
  return parsed === null ? { because: `"${show(value)}" is not a point in time` } : { value: parsed };
}
