import type { Policy } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { compareLines } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { type Edition, routeFor } from './route.ts';
import type { Tables } from './tables.ts';
import { openAdvisories, targetOf } from './target.ts';

/** A reason to move an engine. */
export interface Reason {
  readonly kind: 'wish' | 'eol' | 'advisory' | 'policy';
  readonly text: string;
  /** Day by which it should be done; `null`: none. */
  readonly by: Day | null;
}

/** Where an engine should go, and why. */
export interface Goal {
  /** Line; `null` when nothing has to be done. */
  readonly to: string | null;
  readonly reasons: readonly Reason[];
}

export interface GoalInput {
  readonly product: Product;
  readonly history: History;
  readonly running: string;
  readonly edition: Edition;
  /** Lines the team wished for. */
  readonly wishes: readonly { readonly to: string; readonly by: Day | null }[];
  readonly policy: Policy['engineUpgrades'];
  readonly asOf: Day;
  readonly tables: Tables;
}

/**
 * The target of an engine: the team's wish; else, when its line ends or has a defect nobody mends there, the newest major that is old
 * enough, is supported longer and can be reached; majors only, for minors end soon. Pure.
 */
export function goalFor(input: GoalInput): Goal {
  const { product, history, running, wishes, policy, asOf, tables } = input;
  const scheme = schemeOf(product.versioning);
  const line = scheme.parse(running)?.line ?? running;
  const wish = wishes.find(({ to }) => compareLines(to, line) > 0);
  const reasons: Reason[] = [];
  const eol = history.lines.find((one) => one.line === line)?.eol?.day ?? null;
  if (eol !== null) {
    const leave = addDays(eol, -policy.leaveBeforeEol);
    if (eol < asOf) reasons.push({ kind: 'eol', text: `${line} ended on ${eol}`, by: asOf });
    else if (leave <= addDays(asOf, 365)) {
      reasons.push({
        kind: 'eol',
        text: `${line} ends on ${eol}; the policy leaves ${policy.leaveBeforeEol} days before`,
        by: leave,
      });
    }
  }
  const patch = targetOf(history, line, asOf, scheme, tables.advisories);
  const unmended = patch === null ? openAdvisories(product.id, running, scheme, tables.advisories) : patch.open;
  for (const { id, title, kind } of unmended) {
    if (kind === 'security') reasons.push({ kind: 'advisory', text: `no ${line} mends ${id} (${title})`, by: asOf });
  }
  if (wish !== undefined) {
    const text = `neap.yaml wishes for ${wish.to}${wish.by === null ? '' : ` by ${wish.by}`}`;
    return { to: wish.to, reasons: [{ kind: 'wish', text, by: wish.by }, ...reasons] };
  }
  if (reasons.length === 0) return { to: null, reasons };
  const best = newestMajor(input, line, eol);
  if (best === null) return { to: null, reasons };
  const text = `the newest major that is ${policy.minAge} days old with ${policy.minPatch} patches: ${best}`;
  return { to: best, reasons: [...reasons, { kind: 'policy', text, by: null }] };
}

/** The line to go to where nobody wished for one; `null` when no higher major is ripe. */
export function newestMajor(
  { product, history, edition, policy, asOf, tables }: GoalInput,
  line: string,
  eol: Day | null,
): string | null {
  const majors = history.lines.filter((one) => {
    const row = tables.lines.find((known) => known.product === product.id && known.line === one.line);
    const longer = one.eol?.day == null || eol === null || one.eol.day > eol;
    const alive = one.eol?.day == null || one.eol.day > asOf;
    return (
      compareLines(one.line, line) > 0 &&
      (row === undefined ? one.line.endsWith('.0') : row.kind === 'major' || row.support === 'extended') &&
      one.ga !== null &&
      one.ga <= addDays(asOf, -policy.minAge) &&
      one.releases - 1 >= policy.minPatch &&
      longer &&
      alive &&
      routeFor({ product: product.id, from: line, to: one.line, edition }, tables).kind === 'route'
    );
  });
  return (
    majors
      .map((one) => one.line)
      .sort(compareLines)
      .at(-1) ?? null
  );
}
