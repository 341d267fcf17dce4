import { addDays } from '../domain/day.ts';
import { percent } from '../domain/percent.ts';
import type { Plan } from '../domain/plan.ts';
import { unplacedLines } from './agenda.ts';
import { plain, table } from './text.ts';

/** The plan as text: windows with reasons, waits, what has no place, and the levels it was compared by. */
export function planText(plan: Plan): string {
  const parts: string[] = [];
  for (const window of plan.windows) {
    const risk = window.kind === 'model' ? `, risk ${percent(window.risk)}` : '';
    const late = window.daysLate > 0 ? `, ${window.daysLate} days late` : '';
    parts.push(
      `${window.from} … ${addDays(window.until, -1)}  ${window.id}  ${plain(window.title)}\n`,
      `    ${window.state}, ${window.kind}, sprint ${window.sprint}${risk}${late}\n`,
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
  if (plan.later.length > 0) parts.push(`\nLater than the horizon: ${plan.later.map(plain).join(', ')}\n`);
  const levels = plan.objective.map(({ level, value, bound }) => [
    level,
    String(value),
    bound === null ? 'not proven' : String(bound),
  ]);
  return `${parts.join('')}\n${table([['compared by', 'value', 'bound'], ...levels])}`;
}

/** In the shape of src/schedule/ask/diff.ts. */
interface Diff {
  readonly since: string;
  readonly moved: readonly {
    readonly id: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly causes: readonly { readonly kind: string; readonly text: string }[];
  }[];
  readonly causes: readonly { readonly kind: string; readonly text: string }[];
}

/** Causes shown for one window. */
const CAUSES = 4;

/** What moved since the plan before, and what moved it; `null`: no plan was kept before. */
export function planDiffText(diff: Diff | null): string {
  if (diff === null) return 'No plan was kept before: the next `neap plan --diff` compares with this one.\n';
  const head = `Since the plan of ${diff.since}:\n`;
  if (diff.moved.length === 0) {
    const changed =
      diff.causes.length === 0 ? 'nothing changed' : `${diff.causes.length} inputs changed and moved nothing`;
    return `${head}nothing moved; ${changed}\n`;
  }
  return (
    head +
    diff.moved
      .flatMap(({ id, before, after, causes }) => [
        `${plain(id)}: ${before ?? 'without a place'} → ${after ?? 'without a place'}`,
        ...causes.slice(0, CAUSES).map(({ kind, text }) => `    ${kind}: ${plain(text)}`),
        ...(causes.length > CAUSES ? [`    … and ${causes.length - CAUSES} more`] : []),
      ])
      .map((line) => `${line}\n`)
      .join('')
  );
}
