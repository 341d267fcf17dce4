import type { DayNumber } from '../../domain/day.ts';
import type { TimelineModel } from '../model.ts';
import type { CalmRow } from '../row.ts';
import type { Role, Theme } from '../theme.ts';

export interface CalmSign {
  /** The store. */
  readonly name: string;
  readonly sign: string;
  readonly role: Role;
}

/** One sign for each store: patch-only, or how calm the day is; the same as on the timeline. Stores without a word on the day are left out. */
export function calmSigns(model: TimelineModel, day: DayNumber, theme: Theme): readonly CalmSign[] {
  return model.rows.flatMap((row): readonly CalmSign[] => {
    const sign = row.kind === 'calm' ? calmSign(row, day, theme) : null;
    return row.kind === 'calm' && sign !== null ? [{ name: row.outlook.store, sign: sign[0], role: sign[1] }] : [];
  });
}

function calmSign(row: CalmRow, day: DayNumber, { glyphs }: Theme): readonly [string, Role] | null {
  const period = row.periods.find(({ from, until }) => from <= day && day < until);
  if (period !== undefined) return [period.period.kind === 'unknown' ? glyphs.uncertain : glyphs.calm, 'calm'];
  const turbulence = row.outlook.turbulence[day - row.from];
  return turbulence === undefined ? null : fitSign(turbulence, glyphs.fit);
}

/** 1 − turbulence in eight steps. */
export function fitSign(turbulence: number, signs: readonly string[]): readonly [string, Role] {
  const fit = Math.min(7, Math.max(0, Math.floor((1 - turbulence) * 8)));
  return [signs[fit] ?? '', fit >= 6 ? 'fitGood' : fit >= 3 ? 'fitFair' : 'fitPoor'];
}
