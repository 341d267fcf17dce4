import type { RuleException } from '../domain/config.ts';
import { type Interval, lastDay } from '../domain/interval.ts';
import type { RuleId } from '../domain/rule-ids.ts';

/** An exception lifts one rule for one item while the window's last day is on or before its expiry. */
export function isExcepted(
  exceptions: readonly RuleException[],
  rule: RuleId,
  item: string,
  window: Interval,
): boolean {
  return exceptions.some((one) => one.rule === rule && one.item === item && lastDay(window) <= one.expires);
}
