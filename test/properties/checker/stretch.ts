import type { ModelChange } from '../../../src/domain/config.ts';
import { stepsOf } from './changes.ts';
import type { Run } from './days.ts';
import type { Placed, Scene } from './placed.ts';
import type { Hop } from './team.ts';

/** Days that several windows of one item take together: the disruption of a hop, the span of a model change. */
export interface Stretch extends Run {
  readonly item: string;
  readonly store: string;
  readonly windows: readonly Placed[];
  /** The days by what is decided alone, without an end where the last step is not; `null` when nothing is. */
  readonly fixed: Run | null;
  /** The new binaries run: that the engine is in between is nobody's plan, and its last step only says how long. */
  readonly isUnderWay: boolean;
  /** The days by one of its windows alone. */
  readonly own: (place: Placed) => Run;
}

/**
 * The windows of a stretch that break what `breaks` looks for. Where the decided ones break it whatever is proposed, a proposal is only to
 * blame for its own days; so is the last step of a hop whose binaries run, decided or not.
 */
export function toBlame(stretch: Stretch, breaks: (run: Run) => boolean): readonly Placed[] {
  const settled = stretch.fixed !== null && breaks(stretch.fixed);
  return stretch.windows.filter(
    (place) => !(settled && (place.proposed || stretch.isUnderWay)) || breaks(stretch.own(place)),
  );
}

/** From the first day of new binaries to the end of the soak, for each hop that has begun or has its binaries placed. */
export function disruptionsOf(scene: Scene): readonly Stretch[] {
  return scene.team.hops.flatMap((hop) => disruptionOf(hop, scene) ?? []);
}

function disruptionOf(hop: Hop, { team, placed }: Scene): Stretch | null {
  const { burnIn, soak } = team.config.policy.engineUpgrades;
  const step = (name: string) => placed.find((one) => one.item === hop.item && one.step === name);
  const [binaries, fcv] = [step('binaries'), step('fcv')];
  if (binaries === undefined && !hop.begun) return null;
  const last = hop.hasFcv ? fcv : binaries;
  const burntIn = (binaries?.until ?? -Infinity) + burnIn;
  const until = last === undefined ? Infinity : Math.max(last.until, burntIn) + soak;
  const from = binaries?.from ?? -Infinity;
  const runs = hop.begun || binaries?.proposed === false;
  const ends = last?.proposed === false;
  const fixed = runs
    ? { from, until: ends ? until : Infinity }
    : ends && last !== undefined
      ? { from: last.from, until }
      : null;
  return {
    item: hop.item,
    store: hop.store,
    from,
    until,
    windows: [binaries, fcv].flatMap((one) => one ?? []),
    fixed,
    isUnderWay: hop.begun && (binaries === undefined || !binaries.open),
    own: (place) => (place === last ? { from: place.from, until } : place),
  };
}

/** From the first day of the first phase to the last of the contract, for each model change that has a window. */
export function spansOf({ team, placed }: Scene): readonly Stretch[] {
  return team.config.modelChanges.flatMap((change) => {
    const windows = placed.filter((one) => one.item === change.id);
    return windows.length === 0 ? [] : [spanOf(change, windows)];
  });
}

function spanOf(change: ModelChange, windows: readonly Placed[]): Stretch {
  const steps = stepsOf(change);
  const isWhole = steps.every((step) => windows.some((one) => one.step === step));
  const decided = windows.filter((one) => !one.proposed);
  const end = (of: readonly Placed[]) => Math.max(...of.map(({ until }) => until));
  const start = (of: readonly Placed[]) => Math.min(...of.map(({ from }) => from));
  const until = isWhole ? end(windows) : Infinity;
  const lastDecided = decided.some((one) => one.step === steps.at(-1));
  return {
    item: change.id,
    store: change.store,
    from: start(windows),
    until,
    windows,
    fixed:
      decided.length === 0 ? null : { from: start(decided), until: lastDecided && isWhole ? end(decided) : Infinity },
    isUnderWay: false,
    own: (place) => place,
  };
}
