import { existsSync } from 'node:fs';
import schema from '../../data/schemas/plan-file.schema.json' with { type: 'json' };
import type { Baseline } from '../domain/baseline.ts';
import type { Decision } from '../domain/decision.ts';
import { compareText } from '../domain/order.ts';
import { Problem } from '../domain/problem.ts';
import { applyBaseline } from './apply-baseline.ts';
import { applyDecisions, withoutDecisions } from './apply-decisions.ts';
import { parseSource } from './source.ts';
import { readText, replaceIfUnchanged } from './text-file.ts';
import { validate } from './validate.ts';

export { applyDecisions } from './apply-decisions.ts';

/** What neap.plan.yaml holds: what people decided, and what the team published last. */
export interface PlanFile {
  readonly decisions: readonly Decision[];
  /** `null`: nothing was published. Proposals are in order of their ids. */
  readonly baseline: Baseline | null;
}

const NOTHING: PlanFile = { decisions: [], baseline: null };

/** The file's decisions and baseline; neither when there is no file. @throws Problem with its place when it is malformed or unreadable. */
export function readPlanFile(path: string): PlanFile {
  return existsSync(path) ? parse(path, readText(path)) : NOTHING;
}

/** The decisions in neap.plan.yaml; see `readPlanFile`. */
export function readDecisions(path: string): readonly Decision[] {
  return readPlanFile(path).decisions;
}

/**
 * Puts the proposals in place of those published before and replaces the file in one step. Where the same proposals are published
 * already, nothing is written and their day stays. Returns whether something was written.
 * @throws Problem, leaving the file as it was, when it is malformed, was changed by somebody else meanwhile, or cannot be written.
 */
export async function publishBaseline(path: string, baseline: Baseline): Promise<boolean> {
  const before = existsSync(path) ? readText(path) : null;
  const published = before === null ? null : parse(path, before).baseline;
  if (published !== null && proposalsOf(published) === proposalsOf(baseline)) return false;
  await replaceIfUnchanged(path, before, applyBaseline(before, baseline));
  return true;
}

/**
 * Puts one baseline in place of another, `null` being none; decisions and comments stay.
 * @throws Problem, leaving the file as it was, when something else than `expected` is published there.
 */
export async function replaceBaseline(path: string, expected: Baseline | null, wanted: Baseline | null): Promise<void> {
  const before = existsSync(path) ? readText(path) : null;
  const published = before === null ? null : parse(path, before).baseline;
  if (keyOf(published) !== keyOf(expected)) {
    throw new Problem('somebody published another plan since; nothing was written');
  }
  if (before === null && wanted === null) return;
  const next = applyBaseline(before, wanted);
  if (next !== before) await replaceIfUnchanged(path, before, next);
}

/** Two baselines with the same proposals have the same text, whatever their days. */
function proposalsOf({ proposals }: Baseline): string {
  const sorted = proposals.toSorted((a, b) => compareText(a.id, b.id));
  return JSON.stringify(sorted.map(({ id, from }) => [id, from]));
}

function keyOf(baseline: Baseline | null): string {
  return baseline === null ? '' : `${baseline.on} ${proposalsOf(baseline)}`;
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

type Written = Omit<Decision, 'step' | 'by' | 'reason'> & Partial<Decision>;

function parse(path: string, text: string): PlanFile {
  const source = parseSource(path, text);
  const written = present(source.value);
  if (written === null) return NOTHING;
  validate({ ...source, value: written }, schema);
  const { decisions = [], baseline = null } = written as {
    readonly decisions?: readonly Written[];
    readonly baseline?: Baseline;
  };
  for (const [index, entry] of decisions.entries()) {
    if (entry.until <= entry.from) {
      source.complain(['decisions', index, 'until'], `\`until\` must come after \`from\` (${entry.from})`);
    }
  }
  const seen = new Set<string>();
  for (const [index, entry] of decisions.entries()) {
    if (entry.state === 'rejected') continue;
    const name = entry.step == null ? entry.item : `${entry.item}/${entry.step}`;
    if (seen.has(name)) source.complain(['decisions', index, 'item'], `${name} is decided twice; keep one of the two`);
    seen.add(name);
  }
  const published = new Set<string>();
  for (const [index, { id }] of (baseline?.proposals ?? []).entries()) {
    if (published.has(id)) {
      source.complain(['baseline', 'proposals', index, 'id'], `${id} is published twice; keep one of the two`);
    }
    published.add(id);
  }
  source.throwIfAny();
  return {
    decisions: decisions.map((entry) => ({
      ...entry,
      step: entry.step ?? null,
      by: entry.by ?? null,
      reason: entry.reason ?? null,
    })),
    baseline: baseline && {
      on: baseline.on,
      proposals: baseline.proposals.toSorted((a, b) => compareText(a.id, b.id)),
    },
  };
}

/** What is written, without keys that hold nothing, such as a `decisions:` whose last entry somebody removed; `null`: only comments. */
function present(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key, held]) => !(held === null && ['decisions', 'baseline'].includes(key))),
  );
}
