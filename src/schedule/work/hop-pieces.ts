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

/** One hop of a chain, with what the chain as a whole says of it. */
export interface Part {
  readonly runtime: string | null;
  readonly from: string;
  readonly to: string;
  readonly upgrade: Upgrade;
  readonly after: readonly string[];
  readonly leaveBy: Day | null;
}

/** The hop as pieces of work, from the steps of the chain that belong to it. */
export function hopOf(chain: Chain, { from, to, upgrade, after, leaveBy, runtime }: Part): Hop {
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
    ripe: step.ripe,
    urgent: false,
  });
  const find = (kind: StepKind) => own.find((step) => step.kind === kind);
  const [prepare, binaries, fcv] = [find('prepare'), find('binaries'), find('fcv')];
  if (prepare === undefined || binaries === undefined) throw new RangeError(`a hop to ${to} without its binaries`);
  const early = [
    ...first.map((step) => named('fcv-first', step)),
    ...own.flatMap((step) => {
      const { kind } = step;
      return kind === 'platform' || kind === 'runtime' || kind === 'packages' ? [named(kind, step)] : [];
    }),
  ];
  const steps: Readonly<Record<string, ChainStep | undefined>> = {
    ...Object.fromEntries(own.map((step) => [step.kind, step])),
    'fcv-first': first[0],
  };
  const covering = early.filter(({ kind }) => kind === 'package').map(({ id }) => id);
  const turn = own.find((step) => step.id === chain.noReturn) ?? own.find((step) => step.wayBack.noReturn);
  return {
    item,
    upgrade,
    title: prepare.hop,
    before: early,
    prepare: named('prepare', prepare),
    binaries: { ...named('binaries', binaries), needs: covering },
    fcv: fcv === undefined ? null : named('fcv', fcv),
    burnIn: find('burn-in')?.wait ?? 0,
    soak: find('soak')?.wait ?? 0,
    waysBack: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step?.wayBack.text ?? ''])),
    noReturn: turn === undefined ? null : turn.kind,
    begun: false,
    sets: Object.fromEntries(
      Object.entries(steps).map(([name, step]) => [name, setsOf(upgrade.store, name, step, runtime)]),
    ),
    details: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, detailsOf(step)])),
    leaveBy,
  };
}

function setsOf(
  store: string,
  name: string,
  step: ChainStep | undefined,
  runtime: string | null,
): readonly RunningChange[] {
  if (step === undefined) return [];
  const set = (id: string, key: RunningChange['key'], value: string | null | undefined) =>
    value == null ? [] : [{ id, key, value }];
  if (name === 'binaries') return set(store, 'running', step.version);
  if (name === 'fcv' || name === 'fcv-first') return set(store, 'fcv', step.to);
  if (name === 'platform') return set(store, 'platform', step.platform);
  if (name === 'runtime') return runtime === null ? [] : set(runtime, 'running', step.version);
  return step.changes.flatMap((change) => set(change.id, 'running', change.to));
}

function detailsOf(step: ChainStep | undefined): readonly string[] {
  if (step === undefined) return [];
  return [...step.details, ...step.unverified.map((what) => `not checked at its source: ${what}`)];
}

/** `MongoDB 7.0.31 → 8.0.29: raise the FCV to 8.0`, whatever the step. */
function titled({ hop, title }: ChainStep): string {
  return title.startsWith(hop) ? title : `${hop}: ${title}`;
}
