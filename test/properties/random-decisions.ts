import type { Decision } from '../../src/domain/decision.ts';
import type { StepName } from '../../src/domain/step-name.ts';
import { endAfter, sprintAt, works } from './checker/calendar.ts';
import { daysOf, stepsOf } from './checker/changes.ts';
import { conflictsIn } from './checker/conflicts.ts';
import { type Count, count, text } from './checker/days.ts';
import { sceneOfDecided } from './checker/placed.ts';
import type { Team } from './checker/team.ts';
import { type Draw, drawFor } from './draw.ts';
import { ASOF, aPlan, type Row } from './hand-made.ts';

const TODAY = count(ASOF);
/** Steps after which something else runs: once they are done neap.yaml says so, and the hop has begun. */
const RUNS: readonly (string | null)[] = ['binaries', 'fcv'];
/** Starts tried for work that is to break no rule. */
const TRIES = 20;

interface Item {
  readonly item: string;
  readonly steps: readonly { readonly step: StepName | null; readonly days: number }[];
}

/**
 * Decisions as people make them: on whole items, on some steps, on windows that are over; half of the teams decide what breaks no rule
 * when it is decided, the others whatever they like.
 */
export function someDecisions(seed: number, team: Team): readonly Decision[] {
  const lawful = drawFor(seed, 'decisions.lawful').chance(0.6);
  const decidesMuch = drawFor(seed, 'decisions.share').pick([0, 0, 0.3, 0.3, 0.7]);
  let decisions: readonly Decision[] = [];
  for (const item of itemsOf(team)) {
    const draw = drawFor(seed, `decisions.${item.item}`);
    if (!draw.chance(decidesMuch)) continue;
    const others = decisions;
    const kind = draw.pick(['whole', 'whole', 'first', 'one', 'rejected', 'done'] as const);
    decisions = [...others, ...(lawful ? lawfully(kind, item, draw, team, others) : anyhow(kind, item, draw, team))];
  }
  return decisions;
}

type Kind = 'whole' | 'first' | 'one' | 'rejected' | 'done';

function itemsOf({ config, hops, patches }: Team): readonly Item[] {
  return [
    ...hops.map(({ item, steps }) => ({ item, steps })),
    ...config.modelChanges.map((change) => ({
      item: change.id,
      steps: stepsOf(change).map((step) => ({ step, days: daysOf(change, step) })),
    })),
    ...patches.map(({ item, days }) => ({ item, steps: [{ step: null, days }] })),
  ];
}

function lawfully(kind: Kind, item: Item, draw: Draw, team: Team, others: readonly Decision[]): readonly Decision[] {
  for (let tried = 0; tried < TRIES; tried++) {
    const some = anyhow(kind, item, draw, team);
    if (!breaksRules(team, [...others, ...some])) return some;
  }
  return [];
}

function breaksRules(team: Team, decisions: readonly Decision[]): boolean {
  const standing = decisions.filter(({ state }) => state !== 'rejected');
  const rows = standing.map(
    ({ item, step, from, until }): Row => [step === null ? item : `${item}/${step}`, from, text(count(until) - 1)],
  );
  // A span that has no end yet is no fault of those who decide.
  const all = conflictsIn(sceneOfDecided({ ...team, decisions: [] }, aPlan(team, rows, 'accepted')));
  return all.some(({ sure, rule }) => sure && rule !== 'drivers-cover-both');
}

function anyhow(kind: Kind, item: Item, draw: Draw, team: Team): readonly Decision[] {
  const past = kind === 'done';
  const laid = layOut(item, TODAY + (past ? draw.int(-50, -8) : draw.int(-3, 100)), draw, team);
  const from = kind === 'one' ? draw.int(0, laid.length - 1) : 0;
  const length = kind === 'whole' ? laid.length : kind === 'one' ? 1 : draw.int(1, laid.length);
  const states = kind === 'rejected' || kind === 'done' ? [kind] : (['accepted', 'pinned'] as const);
  const same = draw.chance(0.7) ? draw.pick(states) : null;
  return laid
    .slice(from, from + length)
    .filter(({ step, until }) => !past || (until <= TODAY && !RUNS.includes(step)))
    .map((one): Decision => {
      return {
        item: item.item,
        step: one.step,
        state: same ?? draw.pick(states),
        from: text(one.from),
        until: text(one.until),
        by: null,
        on: ASOF,
        reason: null,
      };
    });
}

interface Laid {
  readonly step: StepName | null;
  readonly from: Count;
  readonly until: Count;
}

/** The steps one after another, each in a sprint where it fits in one, with the lags that policy asks for and sometimes less. */
function layOut({ steps }: Item, first: Count, draw: Draw, { config }: Team): readonly Laid[] {
  const laid: Laid[] = [];
  let next = first;
  const keepsLags = draw.chance(0.65);
  for (const { step, days } of steps) {
    const before = laid.at(-1);
    let from = next + (before === undefined || !keepsLags ? 0 : lagOf(step, before, config));
    if (step === 'contract' && before !== undefined && keepsLags) {
      from = Math.max(from, sprintAt(config, before.from).until);
    }
    const until = fitting(from, days, config);
    laid.push({ step, ...until });
    next = until.until + draw.pick([0, 0, 0, 1, 3]);
  }
  return laid;
}

function lagOf(step: StepName | null, before: Laid, { policy }: Team['config']): number {
  if (step === 'fcv') return policy.engineUpgrades.burnIn;
  if (step === 'contract') return policy.modelChanges.contractAfter;
  // Preparation comes right before the binaries, so the settling comes before it.
  return step === 'prepare' && before.step !== null ? policy.packages.settle : 0;
}

function fitting(first: Count, days: number, config: Team['config']): { readonly from: Count; readonly until: Count } {
  let from = first;
  for (let tried = 0; ; tried++, from++) {
    while (!works(config, from)) from++;
    const until = endAfter(config, from, days) ?? from + 1;
    if (until <= sprintAt(config, from).until || tried > 30) return { from, until };
  }
}
