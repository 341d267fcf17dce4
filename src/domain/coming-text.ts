import { compareText } from './order.ts';
import { percent } from './percent.ts';
import type { ComingRelease } from './period.ts';

/** What comes next: `mongoose 8.25, 50 % by 2026-12-20`, or `Redis 8.12, may be out already (60 % by today)`. */
export function comingText({ name, day, overdue }: ComingRelease): string {
  return overdue === null ? `${name}, 50 % by ${day}` : `${name}, may be out already (${percent(overdue)} by today)`;
}

/** What comes first of several, by the day of the median; `null`: nothing is expected. */
export function firstComing(coming: readonly ComingRelease[]): ComingRelease | null {
  return coming.toSorted((a, b) => compareText(a.day, b.day) || compareText(a.name, b.name))[0] ?? null;
}
