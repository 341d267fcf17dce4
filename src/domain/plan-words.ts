import type { FreezeScope } from './config.ts';
import { percent } from './percent.ts';
import type { CarriedPatch, LaterWork, NoWay, PlannedWindow, Relaxation, WorkKind } from './plan.ts';

// What every output says of a plan, in the same words. Nothing here is escaped: each format does that for itself.

/** Every kind of work, in the order in which people name them. */
const KINDS: readonly WorkKind[] = ['model', 'engine', 'package'];

type Risky = Pick<PlannedWindow, 'kind' | 'risk'>;

/** A window's chance to collide, as a cell under `risk`: `5 %`, or `unknown`. `null`: it is no model change and has none. */
export function riskCell({ kind, risk }: Risky): string | null {
  if (kind !== 'model') return null;
  return risk === null ? 'unknown' : percent(risk);
}

/** The same in a sentence: `risk 5 %`, `risk unknown`. `null`: there is nothing to say. */
export function riskText(window: Risky): string | null {
  const cell = riskCell(window);
  return cell === null ? null : `risk ${cell}`;
}

/** When work may find its place: `from about 2027-03`. Forecast days are no more exact than their month. */
export function laterWhen({ from }: Pick<LaterWork, 'from'>): string {
  return from === null ? 'nobody can say when' : `from about ${from.slice(0, 7)}`;
}

/** Work that waits for a later plan: `MongoDB 9.0: from about 2027-03, 9.0 is not out yet`. */
export function laterText(work: LaterWork): string {
  return `${work.title}: ${laterWhen(work)}, ${work.because}`;
}

/** An upgrade that neap knows no way for: `MongoDB 3.2 → 8.0: no row leads from 3.2 to 8.0`. */
export function noWayText({ title, because }: NoWay): string {
  return `${title}: ${because}`;
}

/** Said of work without a place after relaxations were tried and none of them was enough. */
export const NOTHING_FREES = 'nothing that was tried frees it';

/** Said of work without a place while no relaxation was tried. */
export function notWorkedOut(item: string): string {
  return `what would free it was not worked out: neap why ${item}`;
}

/** What would free work without a place, one text for each way; where there is none, the reason in one sentence. */
export function freeingTexts(item: string, relaxations: readonly Relaxation[] | null): readonly string[] {
  if (relaxations === null) return [notWorkedOut(item)];
  if (relaxations.length === 0) return [NOTHING_FREES];
  return relaxations.map(({ text }) => `would free it: ${text}`);
}

/** What a freeze forbids: `all`, `model, engine`, `all, disruption`. */
export function blocksText(blocks: readonly FreezeScope[]): string {
  const kinds = KINDS.filter((kind) => blocks.includes(kind));
  const work = kinds.length === KINDS.length ? ['all'] : kinds;
  return [...work, ...(blocks.includes('disruption') ? ['disruption'] : [])].join(', ');
}

/** The same in sentences: `Nothing ships.`, `No model or engine change ships. No burn-in or soak runs.` */
export function blocksSentence(blocks: readonly FreezeScope[]): string {
  const kinds = KINDS.filter((kind) => blocks.includes(kind));
  const work = kinds.length === KINDS.length ? 'Nothing ships.' : `No ${kinds.join(' or ')} change ships.`;
  return [
    ...(kinds.length === 0 ? [] : [work]),
    ...(blocks.includes('disruption') ? ['No burn-in or soak runs.'] : []),
  ].join(' ');
}

/** A patch that newer binaries bring: `MongoDB 7.0.31 → 7.0.40: …: no patch of its own, mongodb-8.0/binaries brings it`. */
export function carriedText({ title, by }: CarriedPatch): string {
  return `${title}: no patch of its own, ${by} brings it`;
}

const THOUSANDTHS = ', thousandths of a day';

/** The name of a level as people read it: costs are compared in thousandths, and told in days. */
export function levelName(level: string): string {
  return level.endsWith(THOUSANDTHS) ? `${level.slice(0, -THOUSANDTHS.length)} in days` : level;
}

/** A value of a level as people read it. */
export function levelValue(level: string, value: number): string {
  return level.endsWith(THOUSANDTHS) ? String(Math.round(value / 100) / 10) : String(value);
}
