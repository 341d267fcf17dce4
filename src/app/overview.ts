import { addDays, type Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { SchemeId } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { HOP_STEPS, isMajorStep } from '../domain/step-name.ts';
import { upgradeId, windowId } from '../domain/work-id.ts';
import { forecastNextFeature } from '../forecast/next-feature.ts';
import { smallBumps } from '../policy/bumps.ts';
import { exposureOf } from '../policy/exposure.ts';
import { outlookOf } from '../policy/periods.ts';
import type { Piece } from '../policy/rule.ts';
import { snapshotOf } from '../schedule/ask/snapshot.ts';
import type { HopResult } from '../schedule/work/hop.ts';
import { modelPieces } from '../schedule/work/model-changes.ts';
import { runningLine } from './running-line.ts';
import { planIn, type Situation, type SituationInput, situationOf } from './situation.ts';
import { statusLine } from './status.ts';

/** Days before `asOf` that outlooks and the calendar still show. */
const DAYS_BACK = 84;

export interface OverviewInput extends SituationInput {
  readonly origin: Overview['origin'];
  readonly decisions: readonly Decision[];
  readonly notices: readonly string[];
}

/** Joins facts, forecasts, periods and plan into all that a screen or report shows. The store is the only door it touches. */
export function buildOverview(input: OverviewInput): Overview {
  const { config, asOf } = input;
  const situation = situationOf(input);
  const { lanes } = situation;
  const margins = config.policy.modelChanges;
  const days = { from: addDays(asOf, -DAYS_BACK), until: situation.horizon.until };
  const { plan, hops, urgent, exposed } = planIn(situation, config, input.decisions);
  const outlooks = [...exposed].map(([store, products]) =>
    outlookOf({ store, products, margins, tolerance: config.policy.tolerance, days, asOf }),
  );
  const stale = lanes.filter((lane) => lane.stale);
  const notices = [...input.notices, ...smallBumps(config), ...forgotten(input, hops, urgent)];
  notices.push(...ended(situation, config));
  if (stale.length > 0) notices.push(staleNotice(stale, config.policy.staleAfter));
  return {
    asOf,
    origin: input.origin,
    config,
    lanes,
    outlooks,
    plan,
    snapshot: snapshotOf({ plan, config, decisions: input.decisions, exposed }),
    decisions: input.decisions,
    status: statusLine({ asOf, config, lanes, outlooks, plan, decisions: input.decisions }),
    notices,
  };
}

/** What a vendor does, for a product outside the stack: every feature release counts. */
export function forecastOf(history: History, asOf: Day, versioning: SchemeId): Forecast {
  const item = { id: history.product, product: history.product, running: null, range: null, store: null };
  const { rhythm, nextLine, heralds } = exposureOf(
    { ...item, edition: null, topology: null, platform: null, fcv: null },
    history,
    'vendor',
    asOf,
    versioning,
  );
  return forecastNextFeature({
    product: history.product,
    events: rhythm,
    asOf,
    observedThrough: history.observedThrough,
    superseded: false,
    nextLine,
    heralds,
  });
}

/** Decisions on work that the configuration does not name: kept in the file, without effect, and said. */
function forgotten(
  { config, decisions }: OverviewInput,
  hops: readonly HopResult[],
  urgent: readonly Piece[],
): readonly string[] {
  const changes = new Map(config.modelChanges.map(({ id }) => [id, new Set<string | null>()]));
  for (const { item } of urgent) changes.set(item, new Set());
  for (const { item, step } of [...urgent, ...modelPieces(config)]) changes.get(item)?.add(step);
  const upgrades = new Set([
    ...config.upgrades.map(upgradeId),
    ...hops.map((result) => (result.kind === 'hop' ? result.hop.item : result.item)),
  ]);
  const isKnown = ({ item, step, state }: Decision) => {
    const phases = changes.get(item);
    if (phases !== undefined) return phases.has(step) || (step === null && state === 'rejected');
    // A rejection without a step speaks of the whole upgrade.
    return (
      upgrades.has(item) &&
      (step === null ? state === 'rejected' : HOP_STEPS.some((name) => name === step) || isMajorStep(step))
    );
  };
  // Work that is done leaves the plan when what runs says so.
  const isOver = ({ item, state }: Decision) => state === 'done' && !changes.has(item) && !upgrades.has(item);
  const gone = decisions.filter((decision) => !isKnown(decision) && !isOver(decision));
  const names = [...new Set(gone.map(windowId))].sort();
  if (names.length === 0) return [];
  return [
    `neap.plan.yaml decides on ${names.join(', ')}, which is no work of the configuration (an upgrade needs a step: ${HOP_STEPS.join(', ')})`,
  ];
}

/** Engines whose line has ended and that neap.yaml plans no way out of: a plan that says nothing of them is not fine. */
function ended({ seen, asOf }: Situation, { upgrades }: OverviewInput['config']): readonly string[] {
  return [...seen].flatMap(([item, { lane }]) => {
    const end = runningLine(lane);
    const day = end?.eol?.day ?? null;
    if (lane.product.kind !== 'engine' || end === null || day === null || day > asOf) return [];
    if (upgrades.some(({ store }) => store === item.id)) return [];
    return [
      `${lane.product.name} ${end.line} has had no support since ${day}, and neap.yaml plans no upgrade of ${item.id}. The ways out: neap path ${item.id}`,
    ];
  });
}

function staleNotice(stale: readonly Lane[], staleAfter: number): string {
  const names = stale.map((lane) => `${lane.product.name} (${lane.history.observedThrough ?? 'never read'})`);
  return `Stale: ${names.join(', ')}; older than ${staleAfter} days. Run: neap sync`;
}
