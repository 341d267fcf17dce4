import { compareText } from '../domain/order.ts';
import type { Refusal } from '../domain/plan.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { isExcepted } from './exception.ts';
import { withoutExcepted } from './lifted.ts';
import type { Breach, Candidate, Rule, RuleFacts } from './rule.ts';
import { apartFromPackages } from './rules/apart-from-packages.ts';
import { capacity } from './rules/capacity.ts';
import { deadline } from './rules/deadline.ts';
import { decided } from './rules/decided.ts';
import { driversCoverBoth } from './rules/drivers-cover-both.ts';
import { freeze } from './rules/freeze.ts';
import { freshBackup } from './rules/fresh-backup.ts';
import { inOneSprint } from './rules/in-one-sprint.ts';
import { lead } from './rules/lead.ts';
import { oneAtATime } from './rules/one-at-a-time.ts';
import { oneEngineAtATime } from './rules/one-engine-at-a-time.ts';
import { order } from './rules/order.ts';
import { packagesSettled } from './rules/packages-settled.ts';
import { patchOnly } from './rules/patch-only.ts';
import { patchSeparation } from './rules/patch-separation.ts';
import { quietEdges } from './rules/quiet-edges.ts';
import { releaseAge } from './rules/release-age.ts';
import { rerunnable } from './rules/rerunnable.ts';
import { separation } from './rules/separation.ts';
import { wayBack } from './rules/way-back.ts';

/** One rule for each name: a name without a rule is no program. */
const BY_ID: Readonly<Record<RuleId, Rule>> = {
  'patch-only': patchOnly,
  separation,
  'patch-separation': patchSeparation,
  'apart-from-packages': apartFromPackages,
  'packages-settled': packagesSettled,
  'one-engine-at-a-time': oneEngineAtATime,
  'one-at-a-time': oneAtATime,
  order,
  'drivers-cover-both': driversCoverBoth,
  'release-age': releaseAge,
  'fresh-backup': freshBackup,
  'quiet-edges': quietEdges,
  lead,
  deadline,
  freeze,
  'in-one-sprint': inOneSprint,
  capacity,
  decided,
  rerunnable,
  'way-back': wayBack,
};

/**
 * Every hard rule neap checks, by name. Adding one is a file in rules/, a name in src/domain/rule-ids.ts and a line
 * here: schema, gate, relaxations and `neap rules` follow from this list.
 */
export const RULES: readonly Rule[] = Object.values(BY_ID).toSorted((a, b) => compareText(a.id, b.id));

const OF_SCOPE: Readonly<Record<Rule['scope'] | 'all', readonly Rule[]>> = {
  alone: RULES.filter((rule) => rule.scope === 'alone' || rule.alone !== undefined),
  others: RULES.filter(({ scope }) => scope === 'others'),
  all: RULES,
};

/** What one rule says, exceptions of other work taken into account, and those of the work itself not. */
export function breachOf(
  rule: Rule,
  candidate: Candidate,
  facts: RuleFacts,
  scope: Rule['scope'] | 'all' = 'all',
): Breach | null {
  if (scope === 'alone' && rule.alone !== undefined) return rule.alone(candidate);
  const { exceptions } = facts.config;
  return rule.check(candidate, exceptions.length > 0 && rule.either ? withoutExcepted(facts, rule.id) : facts);
}

/** Every rule of the given scope that says no, in the order of the list. `freeFrom` is left to the caller, who knows the other days. */
export function refusals(
  candidate: Candidate,
  facts: RuleFacts,
  scope: Rule['scope'] | 'all' = 'all',
): readonly Refusal[] {
  const found: Refusal[] = [];
  for (const rule of OF_SCOPE[scope]) {
    const breach = breachOf(rule, candidate, facts, scope);
    if (breach === null || isExcepted(facts.config.exceptions, rule.id, candidate.piece.item, candidate.window))
      continue;
    found.push({ rule: rule.id, item: candidate.piece.item, ...breach, freeFrom: null });
  }
  return found;
}

/** Whether any rule of the given scope says no: for searches, which need no reasons. */
export function isRefused(candidate: Candidate, facts: RuleFacts, scope: Rule['scope'] | 'all' = 'all'): boolean {
  const { exceptions } = facts.config;
  for (const rule of OF_SCOPE[scope]) {
    const breach = breachOf(rule, candidate, facts, scope);
    if (breach === null) continue;
    if (exceptions.length > 0 && isExcepted(exceptions, rule.id, candidate.piece.item, candidate.window)) continue;
    return true;
  }
  return false;
}
