import { addDays } from '../domain/day.ts';
import type { Plan } from '../domain/plan.ts';
import { carriedText, levelName, levelValue, noWayText, riskText } from '../domain/plan-words.ts';
import { laterLines, unplacedLines } from './agenda.ts';
import { plain, table } from './text.ts';

/** The plan as text: windows with reasons, waits, what has no place, and the levels it was compared by. */
export function planText(plan: Plan): string {
  const parts: string[] = [];
  for (const window of plan.windows) {
    const risk = riskText(window);
    const late = window.daysLate > 0 ? `, ${window.daysLate} days late` : '';
    parts.push(
      `${window.from} … ${addDays(window.until, -1)}  ${window.id}  ${plain(window.title)}\n`,
      `    ${window.state}, ${window.kind}, sprint ${window.sprint}${risk === null ? '' : `, ${risk}`}${late}\n`,
      ...window.reasons.map((reason) => `    ${plain(reason)}\n`),
      ...(window.wayBack === null ? [] : [`    way back: ${plain(window.wayBack)}\n`]),
      ...window.needs.map((need) => `    needs: ${plain(need)}\n`),
      ...(window.noReturnFrom === null ? [] : [`    ! point of no return: ${window.noReturnFrom}\n`]),
      ...window.findings.map(({ rule, because }) => `    ! breaks ${rule}: ${plain(because)}\n`),
    );
  }
  for (const wait of plan.waits)
    parts.push(`${wait.from} … ${addDays(wait.until, -1)}  ${wait.kind} after ${wait.after}\n`);
  for (const { product, range, from, until } of plan.holds) {
    parts.push(`${from} … ${addDays(until, -1)}  hold ${plain(product)} at ${plain(range)}\n`);
  }
  if (plan.unplaced.length > 0) {
    parts.push(
      '\nWithout a place\n',
      ...plan.unplaced.flatMap((entry) => unplacedLines(entry).map((line) => `${line}\n`)),
    );
  }
  parts.push(...laterLines(plan.later).map((line) => `${line}\n`));
  if (plan.noWay.length > 0) parts.push('\nNo way known\n', ...plan.noWay.map((one) => `  ${plain(noWayText(one))}\n`));
  if (plan.carried.length > 0) {
    parts.push('\nBrought by newer binaries\n', ...plan.carried.map((one) => `  ${plain(carriedText(one))}\n`));
  }
  const levels = plan.objective.map(({ level, value, bound }) => [
    levelName(level),
    levelValue(level, value),
    bound === null ? 'not proven' : levelValue(level, bound),
  ]);
  return `${parts.join('')}\n${table([['compared by', 'value', 'bound'], ...levels])}`;
}
