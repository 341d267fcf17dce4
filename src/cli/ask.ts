import { dataDir } from '../catalogue/data-dir.ts';
import type { Overview } from '../domain/overview.ts';
import type { Release } from '../domain/release.ts';
import { chosenDay, configOrigin, databasePath, planFileOf } from './asked.ts';
import { type Kept, keep, type Question, recall, witnessOf } from './kept.ts';
import type { Options } from './options.ts';
import { answersDir } from './places.ts';
import { programWords } from './program-words.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** An overview, and the means to have it again quickly. */
export interface Answer {
  readonly overview: Overview;
  /** Open when the overview was worked out now, and closed by the caller; `null` when it was kept. */
  readonly session: Session | null;
  /** Keeps a new overview for the next start; called after it was shown. */
  readonly keep: () => void;
  /** Keeps what was drawn from the overview, to be had with `recallDrawn`. */
  readonly keepDrawn: (about: string, text: string) => void;
}

/** Shows the overview, kept or new. */
export async function withOverview<T>(
  options: Options,
  terminal: Terminal,
  show: (overview: Overview) => T | Promise<T>,
): Promise<T> {
  const answer = await ask(options, terminal);
  try {
    const result = await show(answer.overview);
    answer.keep();
    return result;
  } finally {
    answer.session?.store.close();
  }
}

/** Shows the overview, kept or new, with an open session beside it. */
export async function withOverviewAndSession<T>(
  options: Options,
  terminal: Terminal,
  show: (overview: Overview, session: Session) => T | Promise<T>,
): Promise<T> {
  const answer = await ask(options, terminal);
  const { openSession } = await import('./session.ts');
  const session = answer.session ?? (await openSession(options, terminal));
  try {
    const result = await show(answer.overview, session);
    answer.keep();
    return result;
  } finally {
    session.store.close();
  }
}

/** The kept overview while it holds, so that nothing is opened or worked out; otherwise a new one. */
export async function ask(options: Options, terminal: Terminal): Promise<Answer> {
  const question = questionOf(options, terminal);
  const kept = question === null ? null : recall(question, terminal.now().getTime());
  if (question !== null && kept !== null) {
    const keepDrawn = (about: string, text: string) => keep(drawn(question, about), kept.seen, kept.holds, [text]);
    return { overview: revived(kept.part), session: null, keep: () => {}, keepDrawn };
  }
  const before = question === null ? null : witnessOf(question);
  const { openSession, overviewOf } = await import('./session.ts');
  const session = await openSession(options, terminal);
  try {
    // Opening may write to the database; from here on it is only read.
    const seen = question === null ? null : witnessOf(question);
    const overview = overviewOf(session);
    const keepAs = (about: string | null, parts: () => readonly string[]) => {
      if (question === null || seen === null || before?.files !== seen.files) return;
      keep(about === null ? question : drawn(question, about), seen, session.holds, parts());
    };
    return {
      overview,
      session,
      keep: () => keepAs(null, () => partsOf(overview)),
      keepDrawn: (about, text) => keepAs(about, () => [text]),
    };
  } catch (error) {
    session.store.close();
    throw error;
  }
}

/** What `keepDrawn` kept under this name, while the overview it was drawn from holds; otherwise `null`. */
export function recallDrawn(options: Options, terminal: Terminal, about: string): string | null {
  const question = questionOf(options, terminal);
  const kept = question === null ? null : recall(drawn(question, about), terminal.now().getTime());
  return kept === null ? null : kept.part(0);
}

function drawn(question: Question, about: string): Question {
  return { ...question, words: [about, ...question.words] };
}

/** What an overview depends on; `null` when nothing may be kept. @throws Problem as `openSession`. */
function questionOf(options: Options, terminal: Terminal): Question | null {
  const program = programWords(terminal);
  if (program === null) return null;
  const origin = configOrigin(options, terminal, dataDir());
  const database = databasePath(options, terminal);
  return {
    folder: answersDir(terminal),
    words: ['overview', ...program, origin.kind, origin.path, database, chosenDay(options, terminal) ?? 'today'],
    files: [origin.path, planFileOf(origin)],
    database,
  };
}

/** The releases are nine tenths of an overview and only some views look at them, so they stand apart. */
function partsOf(overview: Overview): readonly string[] {
  const lanes = overview.lanes.map((lane) => ({ ...lane, history: { ...lane.history, releases: [] } }));
  return [
    JSON.stringify({ ...overview, lanes }),
    JSON.stringify(overview.lanes.map(({ history }) => history.releases)),
  ];
}

function revived(part: Kept['part']): Overview {
  const overview = JSON.parse(part(0)) as Overview;
  let releases: readonly (readonly Release[])[] | null = null;
  for (const [index, { history }] of overview.lanes.entries()) {
    Object.defineProperty(history, 'releases', {
      enumerable: true,
      get: () => {
        releases ??= JSON.parse(part(1)) as readonly (readonly Release[])[];
        return releases[index] ?? [];
      },
    });
  }
  return overview;
}
