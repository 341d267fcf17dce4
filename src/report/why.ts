import { addDays } from '../domain/day.ts';
import { type Interval, lastDay } from '../domain/interval.ts';
import { percent, readsAlike } from '../domain/percent.ts';
import type { PatchOnlyPeriod } from '../domain/period.ts';
import type { PlannedWindow, Refusal, Unplaced } from '../domain/plan.ts';
import { plain } from './text.ts';

/** In the shape of src/app/why.ts. */
interface Here {
  readonly window: PlannedWindow;
  readonly shares: readonly { readonly product: string; readonly chance: number }[];
  readonly holds: readonly { readonly name: string; readonly hold: Interval; readonly with: number }[];
  readonly instead: { readonly from: string; readonly risk: number | null } | null;
}

/** In the shape of src/schedule/ask/why-not.ts, with the day itself beside the window that would start on it. */
export interface DayLines {
  readonly day: string;
  readonly window: { readonly from: string; readonly until: string } | null;
  readonly risk: number | null;
  readonly refusals: readonly Refusal[];
  readonly free: string | null;
  /** Collision probability of the day alone; `null` beyond the days looked at. */
  readonly turbulence: number | null;
  /** The patch-only period it lies in; `null`: none. */
  readonly period: PatchOnlyPeriod | null;
}

/** Why a window is where it is. */
export function whyHereText({ window, shares, holds, instead }: Here): string {
  const lines = [
    `${window.id}: ${window.from} … ${addDays(window.until, -1)}, ${window.state}, sprint ${window.sprint}`,
    `  ${plain(window.title)}`,
    ...window.reasons.map((reason) => `  ${plain(reason)}`),
  ];
  if (shares.length > 0) {
    lines.push(
      `  its risk comes from ${shares.map(({ product, chance }) => `${plain(product)} ${percent(chance)}`).join(', ')}`,
    );
  }
  for (const { name, hold, with: left } of holds) {
    lines.push(
      `  keeping ${plain(name)} on its line from ${hold.from} to ${lastDay(hold)} would make that ${percent(left)}`,
    );
  }
  if (instead !== null)
    lines.push(
      `  the next best place, all else where it is: ${instead.from}, ${comparedTo(window.risk, instead.risk)}`,
    );
  if (window.wayBack !== null) lines.push(`  way back: ${plain(window.wayBack)}`);
  if (window.noReturnFrom !== null) lines.push(`  ! point of no return: ${window.noReturnFrom}`);
  lines.push(
    ...window.needs.map((need) => `  needs: ${plain(need)}`),
    ...window.findings.map(({ rule, because }) => `  ! breaks ${rule}: ${plain(because)}`),
  );
  return `${lines.join('\n')}\n`;
}

/** The risk of another place beside this one's. The two are only compared where both are known and do not read the same. */
function comparedTo(own: number | null, other: number | null): string {
  if (other === null) return 'risk unknown';
  const risk = `risk ${percent(other)}`;
  if (own === null) return risk;
  if (readsAlike(own, other)) return `${risk} (as calm)`;
  return `${risk} (${percent(Math.abs(other - own))} ${other > own ? 'more' : 'less'} risk)`;
}

/** Why a piece does not start on a day, or that it could. */
export function whyNotText(id: string, answer: DayLines): string {
  const lines: string[] = [];
  if (answer.window === null) lines.push(`${id} on ${answer.day}: nobody works that day`);
  else if (answer.refusals.length === 0) lines.push(`${id} on ${answer.day}: every rule allows it`);
  else
    lines.push(
      `${id} on ${answer.day}: ${answer.refusals.length === 1 ? 'one rule says' : `${answer.refusals.length} rules say`} no`,
    );
  for (const { rule, because, freeFrom } of answer.refusals) {
    lines.push(
      `  ${rule}: ${plain(because)} (alone allows it ${freeFrom === null ? 'on no day planned for' : `from ${freeFrom}`})`,
    );
  }
  const { turbulence, risk, period } = answer;
  if (risk !== null && turbulence !== null) {
    const calm =
      period === null
        ? 'in no patch-only period'
        : `in the patch-only period ${period.from} … ${addDays(period.until, -1)}`;
    lines.push(
      `  the day alone collides with a chance of ${percent(turbulence)}, ${calm}; the window with ${percent(risk)}`,
    );
  }
  if (answer.refusals.length > 0 || answer.window === null)
    lines.push(`  first day that every rule allows: ${answer.free ?? 'none within the days planned for'}`);
  return `${lines.join('\n')}\n`;
}

/** Why work has no place, and what would free it. */
export function whyNowhereText({ item, title, blockers, relaxations }: Unplaced): string {
  const free = relaxations?.map(({ text }) => `  ${plain(text)}`) ?? null;
  return [
    `${item}: no place. ${plain(title)}`,
    'Together these block every day:',
    ...blockers.map(
      ({ rule, because, freeFrom }) =>
        `  ${rule}: ${plain(because)}${freeFrom === null ? '' : ` (alone free from ${freeFrom})`}`,
    ),
    ...(free === null
      ? ['What would free it was not worked out.']
      : free.length === 0
        ? ['Nothing that was tried frees it.']
        : ['Each of these alone would free it, least change first; each was tried:', ...free]),
    '',
  ].join('\n');
}
