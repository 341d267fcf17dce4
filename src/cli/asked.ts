import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findConfig } from '../config/find.ts';
import { type Day, parseDay } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import { Problem } from '../domain/problem.ts';
import type { Options } from './options.ts';
import { dataHome } from './places.ts';
import type { Terminal } from './terminal.ts';

// What a command line asks about, found without opening anything: every start does this, so nothing heavy is imported here.

export function databasePath(options: Options, terminal: Terminal): string {
  const named = options.db ?? terminal.env.NEAP_DB;
  return named === undefined || named === '' ? join(dataHome(terminal), 'neap.db') : resolve(terminal.cwd, named);
}

/** The configuration that applies: the one named, the one found upward from here, or the bundled example. @throws Problem for a named one that is missing. */
export function configOrigin(options: Options, terminal: Terminal, data: string): Overview['origin'] {
  const named = options.config ?? (terminal.env.NEAP_CONFIG || undefined);
  if (named !== undefined) {
    const path = resolve(terminal.cwd, named);
    if (!existsSync(path)) {
      throw new Problem(`there is no configuration at ${path}`, {
        hint: 'Name an existing neap.yaml, or write one with: neap init',
      });
    }
    return { kind: 'team', path };
  }
  const found = findConfig(terminal.cwd);
  return found === null ? { kind: 'example', path: join(data, 'example', 'neap.yaml') } : { kind: 'team', path: found };
}

/** Where a configuration's decisions stand. */
export function planFileOf(origin: Overview['origin']): string {
  return join(dirname(origin.path), 'neap.plan.yaml');
}

/** The day named by `--as-of` or NEAP_AS_OF; `null`: none. @throws Problem when it is no day. */
export function chosenDay(options: Options, terminal: Terminal): Day | null {
  const text = options.asOf ?? (terminal.env.NEAP_AS_OF || undefined);
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new Problem(`--as-of: "${text}" is not a day`, { hint: 'Write it as 2026-11-22.' });
  return day;
}
