import type { Day } from '../domain/day.ts';
import { plain } from './text.ts';

/** What became of a window, as people say it. */
export const FATES = {
  moved: 'moved',
  new: 'new',
  gone: 'no work any more',
  unplaced: 'without a place now',
  again: 'not decided; proposed again',
} as const;

/** In the shape of src/schedule/ask/diff.ts. */
export interface Diff {
  readonly against: 'baseline' | 'earlier';
  readonly since: Day;
  readonly moved: readonly {
    readonly id: string;
    readonly fate: keyof typeof FATES;
    readonly before: Day | null;
    readonly after: Day | null;
  }[];
  readonly causes: readonly { readonly text: string; readonly moved: readonly string[] }[];
}

/** What moved since the plan was published, or in a week, and below it each cause once with the windows it may have moved. */
export function planDiffText(diff: Diff): string {
  const head =
    diff.against === 'baseline'
      ? `Since the plan published on ${diff.since}:\n`
      : `Since a week ago, ${diff.since} (no plan is published; publish one with: neap plan --publish):\n`;
  if (diff.moved.length === 0) {
    const { length } = diff.causes;
    return `${head}nothing moved; ${length === 0 ? 'nothing changed' : `changed, and moved nothing: ${diff.causes.map(({ text }) => plain(text)).join('; ')}`}\n`;
  }
  const causes = diff.causes.filter(({ moved }) => moved.length > 0);
  const because = causes.length === 0 ? [] : ['because:', ...causes.map((cause) => `  ${causeText(cause)}`)];
  return [head, ...[...diff.moved.map(moveText), ...because].map((line) => `${line}\n`)].join('');
}

/** `split-user-name: 2026-12-01 → 2026-12-08`, with what became of it where it did not just move. */
export function moveText({ id, fate, before, after }: Diff['moved'][number]): string {
  const said = fate === 'moved' ? '' : ` (${FATES[fate]})`;
  return `${plain(id)}: ${before ?? 'no place'} → ${after ?? 'no place'}${said}`;
}

function causeText({ text, moved }: Diff['causes'][number]): string {
  return `${plain(text)}: ${moved.map(plain).join(', ')}`;
}
