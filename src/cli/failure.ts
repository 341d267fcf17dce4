import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { stateDir } from './places.ts';
import type { Terminal } from './terminal.ts';

/** What to say of a failure: the user's problem in their words, or that it is ours and where the log is. */
export function reportFailure(error: unknown, terminal: Terminal): string {
  if (error instanceof Problem) {
    const said = error.where === null || (error.message.split('\n')[0] ?? '').includes(error.where);
    const where = said ? '' : `${error.where}: `;
    const hint = error.hint === null ? '' : `${error.hint}\n`;
    return `neap: ${where}${error.message}\n${hint}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  const log = writeLog(error, terminal);
  return `neap: this is a defect of neap, not of your input: ${message}\n${log === null ? '' : `The details are in ${log}\n`}`;
}

/** Appends the stack to the log; `null` when it cannot be written, because a second failure helps nobody. */
function writeLog(error: unknown, terminal: Terminal): string | null {
  try {
    const dir = stateDir(terminal);
    mkdirSync(dir, { recursive: true });
    const path = join(dir, 'neap.log');
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    appendFileSync(path, `${terminal.now().toISOString()} ${stack}\n`);
    return path;
  } catch {
    return null;
  }
}
