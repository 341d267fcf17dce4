import { join } from 'node:path';
import type { Terminal } from './terminal.ts';

/** Folder of the database: NEAP_HOME, else the XDG data folder. */
export function dataHome(terminal: Pick<Terminal, 'env' | 'home'>): string {
  return place(terminal, 'XDG_DATA_HOME', '.local/share');
}

/** The user's own file, above all projects: NEAP_HOME, else the XDG configuration folder. */
export function userFile(terminal: Pick<Terminal, 'env' | 'home'>): string {
  return join(place(terminal, 'XDG_CONFIG_HOME', '.config'), 'config.yaml');
}

/** Folder of the log: NEAP_HOME, else the XDG state folder. */
export function stateDir(terminal: Pick<Terminal, 'env' | 'home'>): string {
  return place(terminal, 'XDG_STATE_HOME', '.local/state');
}

/** Folder of what can be fetched again: NEAP_HOME, else the XDG cache folder. */
export function cacheHome(terminal: Pick<Terminal, 'env' | 'home'>): string {
  return place(terminal, 'XDG_CACHE_HOME', '.cache');
}

/** Folder of the answers kept between starts; it may be deleted at any time. */
export function answersDir(terminal: Pick<Terminal, 'env' | 'home'>): string {
  return join(cacheHome(terminal), 'answers');
}

function place({ env, home }: Pick<Terminal, 'env' | 'home'>, variable: string, fallback: string): string {
  const own = env.NEAP_HOME;
  if (own !== undefined && own !== '') return own;
  const base = env[variable];
  return join(base === undefined || base === '' ? join(home, fallback) : base, 'neap');
}
