import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../catalogue/data-dir.ts';
import type { Overview } from '../domain/overview.ts';
import type { Release } from '../domain/release.ts';
import { chosenDay, configOrigin, databasePath, planFileOf } from './asked.ts';
import { keep, type Parts, type Question, recall, witnessOf } from './kept.ts';
import type { Options } from './options.ts';
import { answersDir } from './places.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** An overview worked out now, with the session it came from, which the caller closes. */
export interface Answered {
  readonly session: Session;
  readonly overview: Overview;
  /** Keeps it for the next start; called after it was shown. */
  readonly keep: () => void;
}

/** Shows the overview: the kept one while it holds, so that nothing is opened or worked out, otherwise a new one. */
export async function withOverview<T>(
  options: Options,
  terminal: Terminal,
  show: (overview: Overview) => T | Promise<T>,
): Promise<T> {
  const kept = recallOverview(options, terminal);
  if (kept !== null) return show(kept);
  const { session, overview, keep: keepIt } = await answer(options, terminal);
  try {
    const result = await show(overview);
    keepIt();
    return result;
  } finally {
    session.store.close();
  }
}

/** The kept overview, if it holds; otherwise `null`. */
export function recallOverview(options: Options, terminal: Terminal): Overview | null {
  const question = questionOf(options, terminal, 'overview');
  const parts = question === null ? null : recall(question, terminal.now().getTime());
  return parts === null ? null : revived(parts);
}

/** Works the overview out. */
export async function answer(options: Options, terminal: Terminal): Promise<Answered> {
  const question = questionOf(options, terminal, 'overview');
  const before = question === null ? null : witnessOf(question);
  const { openSession, overviewOf } = await import('./session.ts');
  const session = await openSession(options, terminal);
  try {
    // Opening may write to the database; from here on it is only read.
    const seen = question === null ? null : witnessOf(question);
    const overview = overviewOf(session);
    const keepIt = () => {
      if (question === null || seen === null || before?.files !== seen.files) return;
      keep(question, seen, session.holds, partsOf(overview));
    };
    return { session, overview, keep: keepIt };
  } catch (error) {
    session.store.close();
    throw error;
  }
}

/** What an overview, or something drawn from one, depends on; `null` when nothing may be kept. @throws Problem as `openSession`. */
export function questionOf(options: Options, terminal: Terminal, about: string): Question | null {
  const { env, build } = terminal;
  if (build === null) return null;
  const data = dataDir();
  const origin = configOrigin(options, terminal, data);
  const planFile = planFileOf(origin);
  const database = databasePath(options, terminal);
  return {
    folder: answersDir(terminal),
    words: [
      about,
      build,
      ...DATA_FILES.map((name) => stampOf(join(data, name))),
      origin.kind,
      origin.path,
      database,
      chosenDay(options, terminal) ?? 'today',
      // What the language itself looks at: days and the order of words.
      ...['TZ', 'LC_ALL', 'LC_COLLATE', 'LANG'].map((name) => env[name] ?? ''),
    ],
    files: [origin.path, planFile],
    database,
  };
}

/** What is read from data/ at each start. It belongs to the build, but in a repository it may change after it. */
const DATA_FILES = ['products.json', 'bundle.json', 'corrections.json'];

function stampOf(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return `${size} ${mtimeMs} ${ino}`;
}

/** The releases are nine tenths of an overview and only some views look at them, so they stand apart. */
function partsOf(overview: Overview): readonly string[] {
  const lanes = overview.lanes.map((lane) => ({ ...lane, history: { ...lane.history, releases: [] } }));
  return [
    JSON.stringify({ ...overview, lanes }),
    JSON.stringify(overview.lanes.map(({ history }) => history.releases)),
  ];
}

function revived(parts: Parts): Overview {
  const overview = JSON.parse(parts(0)) as Overview;
  let releases: readonly (readonly Release[])[] | null = null;
  for (const [index, { history }] of overview.lanes.entries()) {
    Object.defineProperty(history, 'releases', {
      enumerable: true,
      get: () => {
        releases ??= JSON.parse(parts(1)) as readonly (readonly Release[])[];
        return releases[index] ?? [];
      },
    });
  }
  return overview;
}
