import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aFolder } from './cli.ts';

/** Files to write; `null` removes one. */
export type Files = Readonly<Record<string, string | null>>;

/** A real git repository; nothing of the machine's own settings of git has a say in it. */
export interface Repository {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly git: (...args: readonly string[]) => string;
  /** Commits these files on a new branch that starts from the first commit; leaves it checked out. */
  readonly branch: (name: string, files: Files) => void;
}

/** A repository whose first commit, on the branch `main`, holds these files. */
export function aRepository(files: Files): Repository {
  const dir = aFolder();
  const env = {
    PATH: process.env.PATH ?? '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_AUTHOR_DATE: '2026-11-23T09:00:00Z',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
    GIT_COMMITTER_DATE: '2026-11-23T09:00:00Z',
  };
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...args], { cwd: dir, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const commit = (changed: Files) => {
    for (const [path, text] of Object.entries(changed)) {
      const full = join(dir, path);
      if (text === null) rmSync(full);
      else {
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, text);
      }
    }
    git('add', '-A');
    git('commit', '-q', '--no-verify', '-m', 'change');
  };
  git('init', '-q', '-b', 'main');
  commit({ '.gitignore': '.home/\n', ...files });
  const branch = (name: string, changed: Files) => {
    git('checkout', '-q', '-b', name, 'main');
    commit(changed);
  };
  return { dir, env, git, branch };
}
