import { addDays } from '../domain/day.ts';
import type { Plan } from '../domain/plan.ts';
import { levelName, levelValue, riskText } from '../domain/plan-words.ts';
import { table } from './text.ts';

/** Two plans side by side: every window that is not the same, what has no place, and the levels both are compared by. */
export function whatIfText(before: Plan, after: Plan): string {
  const [old, fresh] = [placesOf(before), placesOf(after)];
  const ids = [...new Set([...old.keys(), ...fresh.keys()])];
  const changed = ids.filter((id) => old.get(id) !== fresh.get(id));
  const head =
    changed.length === 0
      ? 'Every window stays where it is.\n'
      : table([
          ['window', 'now', 'then'],
          ...changed.map((id) => [id, old.get(id) ?? 'no place', fresh.get(id) ?? 'no place']),
        ]);
  const broken = after.windows.flatMap(({ id, findings }) =>
    findings.map(({ rule, because }) => `${id} would break ${rule}: ${because}\n`),
  );
  const lost = [before, after].map(({ unplaced }) => unplaced.map(({ item }) => item));
  const names = (items: readonly string[]) => (items.length === 0 ? 'none' : items.join(', '));
  const levels = after.objective.map(({ level, value }, index) => [
    levelName(level),
    levelValue(level, before.objective[index]?.value ?? 0),
    levelValue(level, value),
  ]);
  return [
    head,
    `\n${ids.length - changed.length} of ${ids.length} windows stay.\n`,
    `Without a place now: ${names(lost[0] ?? [])}; then: ${names(lost[1] ?? [])}\n`,
    ...broken,
    '\n',
    table([['compared by', 'now', 'then'], ...levels.filter(([, a, b]) => a !== '0' || b !== '0')]),
  ].join('');
}

function placesOf({ windows }: Plan): ReadonlyMap<string, string> {
  return new Map(
    windows.map((window) => {
      const days = `${window.from} … ${addDays(window.until, -1)}`;
      const risk = riskText(window);
      return [window.id, risk === null ? days : `${days}, ${risk}`];
    }),
  );
}
