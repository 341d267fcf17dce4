import { parseDay, toNumber } from '../domain/day.ts';
import type { ForecastSummary } from '../domain/forecast.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { StoreOutlook } from '../domain/period.ts';
import type { Hold } from '../domain/plan.ts';
import type { Release } from '../domain/release.ts';
import type { Band, CalmRow, HeadingRow, LaneRow, Row, Tick } from './row.ts';
import { decisionRows } from './work-rows.ts';

const TICKED: ReadonlySet<Release['level']> = new Set(['major', 'minor', 'patch']);

/** The body of the timeline from top to bottom: stores with their lanes, other products, windows, what found no place. */
export function rowsOf(overview: Overview): readonly Row[] {
  const stores = overview.outlooks.map(({ store }) => store);
  const rows: Row[] = [];
  const placed = new Set<Lane>();
  for (const [hue, outlook] of overview.outlooks.entries()) {
    const lanes = overview.lanes.filter((lane) => storeOf(lane, stores) === outlook.store);
    for (const lane of lanes) placed.add(lane);
    const vendor = lanes.find((lane) => lane.product.kind === 'engine')?.product.name;
    rows.push(heading(`store:${outlook.store}`, vendor ?? outlook.store, 'store', hue), calmRow(outlook, hue));
    for (const lane of lanes) rows.push(laneRow(lane, outlook.store, hue, overview.plan.holds));
  }
  const others = overview.lanes.filter((lane) => !placed.has(lane));
  if (others.length > 0) rows.push(heading('store:', 'Other', 'store', 2));
  for (const lane of others) rows.push(laneRow(lane, '', 2, overview.plan.holds));
  return [...rows, ...decisionRows(overview.plan, stores)];
}

/** An engine named as no store's group stands in the group of its own id. */
function storeOf(lane: Lane, stores: readonly string[]): string | null {
  if (lane.store !== null) return lane.store;
  return lane.product.kind === 'engine' && stores.includes(lane.product.id) ? lane.product.id : null;
}

export function heading(id: string, label: string, of: HeadingRow['of'], hue: number): HeadingRow {
  return { kind: 'heading', id, label, of, hue };
}

function calmRow(outlook: StoreOutlook, hue: number): CalmRow {
  return {
    kind: 'calm',
    id: `calm:${outlook.store}`,
    label: 'calm',
    hue,
    outlook,
    from: toNumber(outlook.from),
    periods: outlook.periods.map((period) => ({
      from: toNumber(period.from),
      until: toNumber(period.until),
      period,
    })),
  };
}

function laneRow(lane: Lane, store: string, hue: number, holds: readonly Hold[]): LaneRow {
  const { product, history, forecast } = lane;
  const dated = history.releases.filter((release) => release.date !== null && TICKED.has(release.level));
  const newest = dated.findLast((release) => release.feature);
  const ticks = dated.flatMap((release): Tick[] => {
    if (release.date === null) return [];
    return [{ day: toNumber(release.date), release, label: release === newest ? release.line : null }];
  });
  const id = `lane:${store}:${product.id}`;
  return {
    kind: 'lane',
    id,
    label: product.name,
    hue,
    lane,
    ticks,
    band: bandOf(forecast),
    bare: forecast.kind === 'unknown' ? 'unknown' : 'none',
    eol: eolOf(lane),
    advisories: lane.advisories.flatMap((advisory) => {
      const day = advisory.published === null ? null : parseDay(advisory.published.padEnd(10, '-01'));
      return day === null ? [] : [{ day: toNumber(day), advisory }];
    }),
    holds: holds
      .filter((hold) => hold.product === product.id)
      .map(({ range, from, until }) => ({ range, from: toNumber(from), until: toNumber(until) })),
  };
}

function eolOf({ running, history }: Lane): LaneRow['eol'] {
  const line = history.lines.find(
    (one) => running !== null && (running === one.line || running.startsWith(`${one.line}.`)),
  );
  const day = line?.eol?.day ?? null;
  return line === undefined || day === null ? null : { day: toNumber(day), line: line.line };
}

/** Drawn as the end of a band that is open on the right: years beyond any screen. */
const FAR = 3650;

/** `null` when there is no forecast, or it is likelier than not that none comes at all. */
function bandOf({ kind, quantiles, nextLine, observedThrough }: ForecastSummary): Band | null {
  const [p10, p25, p50] = [quantiles['0.1'], quantiles['0.25'], quantiles['0.5']];
  if (kind === 'unknown' || !p10 || !p25 || !p50) return null;
  const far = toNumber(observedThrough) + FAR;
  const [p75, p90] = [quantiles['0.75'], quantiles['0.9']].map((day) => (day === undefined ? far : toNumber(day)));
  return {
    p10: toNumber(p10),
    p25: toNumber(p25),
    p50: toNumber(p50),
    p75: p75 ?? far,
    p90: p90 ?? far,
    label: nextLine === null ? '?' : `${nextLine}?`,
  };
}
