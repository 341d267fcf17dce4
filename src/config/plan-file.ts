import { existsSync } from 'node:fs';
import schema from '../../data/schemas/plan-file.schema.json' with { type: 'json' };
import type { Decision } from '../domain/decision.ts';
import { applyDecisions, withoutDecisions } from './apply-decisions.ts';
import { parseSource } from './source.ts';
import { readText, replaceIfUnchanged } from './text-file.ts';
import { validate } from './validate.ts';

export { applyDecisions } from './apply-decisions.ts';

/** The decisions in neap.plan.yaml; empty when there is no file. @throws Problem with its place when it is malformed or unreadable. */
export function readDecisions(path: string): readonly Decision[] {
  return existsSync(path) ? parse(path, readText(path)) : [];
}

/**
 * Applies decisions to the file and replaces it in one step; nothing is written when nothing changes.
 * @throws Problem, leaving the file as it was, when it is malformed, was changed by somebody else meanwhile, or cannot be written.
 */
export async function writeDecisions(path: string, decisions: readonly Decision[]): Promise<void> {
  const before = existsSync(path) ? readText(path) : null;
  // The whole file is judged first: a decision must not be added to one that neap could not read back.
  if (before !== null) parse(path, before);
  if (decisions.length === 0) return;
  const next = applyDecisions(before, decisions);
  if (next !== before) await replaceIfUnchanged(path, before, next);
}

/**
 * Takes the decisions on an item, or on one step of it, back: as if nobody had decided. Returns how many there were.
 * @throws Problem, leaving the file as it was.
 */
export async function removeDecisions(path: string, item: string, step: string | null): Promise<number> {
  if (!existsSync(path)) return 0;
  const before = readText(path);
  parse(path, before);
  const { text, removed } = withoutDecisions(before, item, step);
  if (text !== before) await replaceIfUnchanged(path, before, text);
  return removed;
}

/**
 * Puts the decisions on an item in place of those there are, in one step; comments of others stay.
 * @throws Problem, leaving the file as it was.
 */
export async function replaceDecisions(path: string, item: string, decisions: readonly Decision[]): Promise<void> {
  const before = existsSync(path) ? readText(path) : null;
  if (before !== null) parse(path, before);
  const without = before === null ? null : withoutDecisions(before, item, null).text;
  const next = decisions.length === 0 ? without : applyDecisions(without, decisions);
  if (next !== null && next !== before) await replaceIfUnchanged(path, before, next);
}

function parse(path: string, text: string): readonly Decision[] {
  const source = parseSource(path, text);
  if (isEmpty(source.value)) return [];
  validate(source, schema);
  const { decisions } = source.value as { decisions?: readonly (Omit<Decision, 'step'> & Partial<Decision>)[] };
  for (const [index, entry] of (decisions ?? []).entries()) {
    if (entry.until <= entry.from) {
      source.complain(['decisions', index, 'until'], `\`until\` must come after \`from\` (${entry.from})`);
    }
  }
  const seen = new Set<string>();
  for (const [index, entry] of (decisions ?? []).entries()) {
    if (entry.state === 'rejected') continue;
    const name = entry.step == null ? entry.item : `${entry.item}/${entry.step}`;
    if (seen.has(name)) source.complain(['decisions', index, 'item'], `${name} is decided twice; keep one of the two`);
    seen.add(name);
  }
  source.throwIfAny();
  return (decisions ?? []).map((entry) => ({
    ...entry,
    step: entry.step ?? null,
    by: entry.by ?? null,
    reason: entry.reason ?? null,
  }));
}

/** Nothing but comments, or a `decisions:` whose last entry somebody removed. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  return Object.keys(value).length === 1 && 'decisions' in value && value.decisions === null;
}
