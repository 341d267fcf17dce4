import { withoutControls } from '../domain/clean-text.ts';
import { Problem } from '../domain/problem.ts';
import { cutTo } from './cut.ts';
import { partOf, withPart } from './part.ts';

/** Characters GitHub takes as the body of an issue. */
const LONGEST = 65_536;
/** And as its title. */
const LONGEST_TITLE = 256;

/** A report to be published. */
export interface Publication {
  /** The same for every version of the same report: its team and week. */
  readonly key: string;
  readonly title: string;
  /** The report in Markdown in which texts from outside do nothing. */
  readonly markdown: string;
  /** The command that writes the whole report. */
  readonly command: string;
}

/** An issue as far as it matters here. */
export interface Issue {
  readonly number: number;
  readonly body: string;
  readonly closed: boolean;
  /** Written by somebody who may write to the repository anyway, or by a bot. What strangers wrote is not taken for ours. */
  readonly trusted: boolean;
}

/** What to do, worked out before anything is written. */
export type Step =
  | { readonly do: 'create'; readonly title: string; readonly body: string }
  | { readonly do: 'update'; readonly number: number; readonly body: string }
  | { readonly do: 'nothing'; readonly number: number };

export interface Steps {
  readonly report: Step;
  /** Issues of the same report that a race or a lost answer made a second time, still open. */
  readonly close: readonly number[];
}

/**
 * One issue per report: the oldest that bears its mark is the one. What people wrote around neap's part stays, a closed issue stays closed,
 * and a body that is already right is not written. Pure.
 * @throws Problem when people's own text leaves no room for the report.
 */
export function stepsFor(publication: Publication, issues: readonly Issue[]): Steps {
  const { key, title } = publication;
  const [ours, ...again] = issues
    .filter(({ body, trusted }) => trusted && partOf(body, key) !== null)
    .sort((a, b) => a.number - b.number);
  if (ours === undefined) {
    const short = withoutControls(title).slice(0, LONGEST_TITLE);
    return { report: { do: 'create', title: short, body: bodyOf(publication, null) }, close: [] };
  }
  const close = again.filter(({ closed }) => !closed).map(({ number }) => number);
  const body = bodyOf(publication, ours);
  const same = body === ours.body.replaceAll('\r\n', '\n');
  return { report: same ? { do: 'nothing', number: ours.number } : { do: 'update', number: ours.number, body }, close };
}

const YOURS = 'neap rewrites this text whenever the report of the week changes. What you write below it stays.';

function bodyOf({ key, markdown, command }: Publication, issue: Issue | null): string {
  const part = issue === null ? null : partOf(issue.body, key);
  const around = part ?? { before: '', after: '' };
  const room = LONGEST - withPart(key, `\n\n---\n\n${YOURS}`, around).length;
  const note = `The report is longer than an issue can be. \`${command}\` writes the whole of it.`;
  const own = cutTo(markdown.trim(), room, { note });
  if (own === null) {
    throw new Problem(`issue ${issue?.number} has no room left for the report: people wrote too much around it`, {
      hint: 'Move some of that text into a comment.',
    });
  }
  return withPart(key, `${own}\n\n---\n\n${YOURS}`, around);
}
