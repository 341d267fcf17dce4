import type { Hold, Plan, WindowState, WorkKind } from '../../../src/domain/plan.ts';
import type { StepName } from '../../../src/domain/step-name.ts';
import { count, type Run } from './days.ts';
import type { Team } from './team.ts';

/** A window with its days counted. */
export interface Placed extends Run {
  readonly id: string;
  readonly item: string;
  readonly step: StepName | null;
  readonly kind: WorkKind;
  readonly store: string;
  readonly state: WindowState;
  readonly proposed: boolean;
  /** A person may still change it: accepted or pinned, and its last day has not gone by. */
  readonly open: boolean;
  readonly findings: ReadonlySet<string>;
  /** The window says that there is no way back from some day of it on. */
  readonly noReturn: boolean;
}

/** Windows that are judged beside each other. */
export interface Scene {
  readonly team: Team;
  readonly placed: readonly Placed[];
  readonly holds: readonly Hold[];
}

/** What proposals are judged among: a decided window with a replacement beside it does not count. */
export function sceneOfProposals(team: Team, plan: Plan): Scene {
  const all = allOf(team, plan);
  const replaced = new Set(all.filter(({ proposed }) => proposed).map(({ id }) => id));
  return { team, holds: plan.holds, placed: all.filter(({ id, proposed }) => proposed || !replaced.has(id)) };
}

/** What decided windows are judged among: each other, and the proposals that replace none. */
export function sceneOfDecided(team: Team, plan: Plan): Scene {
  const all = allOf(team, plan);
  const decided = new Set(all.filter(({ proposed }) => !proposed).map(({ id }) => id));
  return { team, holds: plan.holds, placed: all.filter(({ id, proposed }) => !proposed || !decided.has(id)) };
}

function allOf(team: Team, plan: Plan): readonly Placed[] {
  const windows = plan.windows.map(
    (one): Placed => ({
      ...one,
      from: count(one.from),
      until: count(one.until),
      proposed: one.state === 'proposed',
      open: (one.state === 'accepted' || one.state === 'pinned') && count(one.until) > count(plan.asOf),
      findings: new Set(one.findings.map(({ rule }) => rule)),
      noReturn: one.noReturnFrom !== null,
    }),
  );
  return [...windows, ...doneElsewhere(team, plan)];
}

/** Work that was done and is not drawn any more still lies where it was. */
function doneElsewhere(team: Team, plan: Plan): readonly Placed[] {
  return team.decisions.flatMap((decision): readonly Placed[] => {
    const { item, step, state } = decision;
    const drawn = plan.windows.some((one) => one.item === item && one.step === step && one.state !== 'proposed');
    const of = kindOf(team, item, step);
    if (state !== 'done' || drawn || of === null) return [];
    const id = step === null ? item : `${item}/${step}`;
    const [from, until] = [count(decision.from), count(decision.until)];
    const plain = { proposed: false, open: false, findings: new Set<string>(), noReturn: false };
    return [{ ...plain, ...of, id, item, step, state, from, until }];
  });
}

function kindOf(team: Team, item: string, step: StepName | null): Pick<Placed, 'kind' | 'store'> | null {
  const change = team.config.modelChanges.find(({ id }) => id === item);
  if (change !== undefined) return { kind: 'model', store: change.store };
  const hop = team.hops.find((one) => one.item === item);
  if (hop !== undefined) {
    return { kind: hop.steps.find((one) => one.step === step)?.kind ?? 'engine', store: hop.store };
  }
  return team.patches.find((one) => one.item === item) ?? null;
}
