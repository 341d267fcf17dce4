import type { Upgrade } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { RunningChange } from '../../domain/plan.ts';
import type { StepName } from '../../domain/step-name.ts';
import { upgradeId, windowId } from '../../domain/work-id.ts';
import type { Piece } from '../../policy/rule.ts';
import type { Chain } from '../../upgrade/chain.ts';
import type { ChainStep, StepKind } from '../../upgrade/step.ts';
import type { Hop } from './hop.ts';

/** Kinds of steps that are work of the application's team rather than of the engine. */
const PACKAGE_WORK: readonly StepKind[] = ['runtime', 'packages'];

/** Kinds of steps that must be over before a hop is prepared. */
const EARLY: readonly StepKind[] = ['patch', 'platform', 'runtime', 'packages'];

/** One hop of a chain, with what the chain as a whole says of it. */
export interface Part {
  readonly runtime: string | null;
  readonly from: string;
  readonly to: string;
  readonly upgrade: Upgrade;
  readonly after: readonly string[];
  readonly leaveBy: Day | null;
  /** The policy's first day for the new binaries; `null`: any. */
  readonly ripe: Piece['ripe'];
  /** Last day of the new binaries where an exception lets them come too early; `null`: none does. */
  readonly binariesBy: Day | null;
  /** The new binaries run already. */
  readonly begun: boolean;
}

/** The hop as pieces of work, from the steps of the chain that belong to it. */
export function hopOf(chain: Chain, part: Part): Hop {
  const { from, to, upgrade, after, leaveBy, runtime, begun } = part;
  const item = upgradeId({ store: upgrade.store, to });
  const own = chain.steps.filter((step) => step.to === to && step.from === from);
  const first = chain.lines[0] === from ? chain.steps.filter((step) => step.to === from && step.from === from) : [];
  const named = (name: StepName, step: ChainStep): Piece => ({
    id: windowId({ item, step: name }),
    item,
    step: name,
    title: titled(step),
    kind: PACKAGE_WORK.includes(step.kind) ? 'package' : 'engine',
    store: upgrade.store,
    days: step.days,
    effort: step.effort,
    priority: upgrade.priority,
    notBefore: null,
    deadline: upgrade.by,
    after,
    needs: [],
    follows: [],
    ripe: null,
    urgent: false,
    ...(step.major ? { major: true } : {}),
    ...(step.kind === 'patch' ? { patch: true } : {}),
  });
  const find = (kind: StepKind) => own.find((step) => step.kind === kind);
  const [prepare, binaries, fcv] = [find('prepare'), find('binaries'), find('fcv')];
  if (prepare === undefined || binaries === undefined) throw new RangeError(`a hop to ${to} without its binaries`);
  const early = [...first, ...own].flatMap((step) =>
    step.name !== null && (step === first[0] || EARLY.includes(step.kind)) ? [named(step.name, step)] : [],
  );
  const steps = new Map([...first, ...own].map((step) => [nameOf(step), step]));
  const byName = <T>(of: (step: ChainStep, name: string) => T): Readonly<Record<string, T>> =>
    Object.fromEntries([...steps].map(([name, step]) => [name, of(step, name)]));
  const covering = early.filter(({ kind }) => kind === 'package').map(({ id }) => id);
  const turn = own.find((step) => step.id === chain.noReturn) ?? own.find((step) => step.wayBack.noReturn);
  return {
    item,
    upgrade,
    title: prepare.hop,
    before: early,
    prepare: named('prepare', prepare),
    binaries: {
      ...named('binaries', binaries),
      needs: covering,
      ripe: part.ripe,
      deadline: earlier(upgrade.by, part.binariesBy),
    },
    fcv: fcv === undefined ? null : named('fcv', fcv),
    burnIn: find('burn-in')?.wait ?? 0,
    soak: find('soak')?.wait ?? 0,
    waysBack: byName((step) => step.wayBack.text),
    noReturn: turn === undefined ? null : nameOf(turn),
    begun,
    sets: byName((step) => setsOf(upgrade.store, step, runtime)),
    details: byName(detailsOf),
    leaveBy,
  };
}

/** The earlier of two days; `null` stands for none. */
function earlier(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** A wait has no window: it goes by its kind. */
function nameOf({ name, kind }: ChainStep): string {
  return name ?? kind;
}

function setsOf(store: string, step: ChainStep, runtime: string | null): readonly RunningChange[] {
  const set = (id: string, key: RunningChange['key'], value: string | null) =>
    value === null ? [] : [{ id, key, value }];
  switch (step.kind) {
    case 'binaries':
    case 'patch':
      return set(store, 'running', step.version);
    case 'fcv':
      return set(store, 'fcv', step.to);
    case 'platform':
      return set(store, 'platform', step.platform);
    case 'runtime':
      return runtime === null ? [] : set(runtime, 'running', step.version);
    default:
      return step.changes.flatMap((change) => set(change.id, 'running', change.to));
  }
}

function detailsOf(step: ChainStep): readonly string[] {
  return [...step.details, ...step.unverified.map((what) => `not checked at its source: ${what}`)];
}

/** `MongoDB 7.0.31 → 8.0.29: raise the FCV to 8.0`, whatever the step. */
function titled({ hop, title }: ChainStep): string {
  return title.startsWith(hop) ? title : `${hop}: ${title}`;
}
