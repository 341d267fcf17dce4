import type { Rejected } from '../domain/reading.ts';
import { plain } from './text.ts';

/** Rejections shown one by one; the rest is counted. */
const SHOWN = 3;

/** How a visit went, in the shape of src/app/sync.ts. */
interface VisitResult {
  readonly product: string;
  readonly feed: string;
  readonly target: string;
  readonly outcome: 'read' | 'failed' | 'skipped';
  readonly saved: {
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly rejected: number;
    readonly newClaims: number;
    readonly newFacts: number;
    readonly vanished: number;
  } | null;
  readonly suspect: number;
  readonly rejected: readonly Rejected[];
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
}

/** One visit as text: a line, and the most frequent reasons for what was not taken. */
export function feedLines(result: VisitResult): string {
  const name = `${result.product}: ${result.feed} ${plain(result.target)}`;
  if (result.outcome === 'skipped') return `${name}: visited lately, skipped\n`;
  if (result.saved === null) {
    const { message, hint } = result.problem ?? { message: 'unknown', hint: null };
    return `${name}: failed: ${plain(message)}${hint === null ? '' : `; ${plain(hint)}`}\n`;
  }
  const { added, changed, unchanged, rejected, newClaims, newFacts, vanished } = result.saved;
  const more = [
    ...(added + changed === 0 && newClaims > 0 ? [`${newClaims} new claims on lines`] : []),
    ...(newFacts === 0 ? [] : [`${newFacts} new facts`]),
    ...(vanished === 0 ? [] : [`${vanished} no longer there`]),
    ...(result.suspect === 0 ? [] : [`${result.suspect} with a suspect date, not believed`]),
  ];
  const counts = `${added} new, ${changed} with new claims, ${unchanged} unchanged, ${rejected} rejected`;
  const line = `${name}: ${[counts, ...more].join('; ')}\n`;
  const reasons = [...Map.groupBy(result.rejected, (one) => one.because)]
    .toSorted((a, b) => b[1].length - a[1].length)
    .slice(0, SHOWN)
    .map(([because, all]) => `    rejected ${all.length}: ${plain(because)} (such as ${plain(all[0]?.what ?? '')})\n`);
  return line + reasons.join('');
}

/** A whole sync for `--json`: problems as their message and hint. */
export function syncJson({ feeds, interrupted }: { feeds: readonly VisitResult[]; interrupted: boolean }): object {
  return {
    interrupted,
    feeds: feeds.map(({ problem, ...result }) => ({
      ...result,
      problem: problem === null ? null : { message: problem.message, hint: problem.hint },
    })),
  };
}
