import type { Terminal } from './terminal.ts';

/** Version of the JSON that all commands print; raised when a key changes its meaning or goes. */
export const SCHEMA_VERSION = 1;

export function printJson(terminal: Terminal, value: object): void {
  terminal.stdout.write(`${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value }, null, 2)}\n`);
}

/** Notices belong to no data: they go to stderr. */
export function printNotices(terminal: Terminal, notices: readonly string[]): void {
  for (const notice of notices) terminal.stderr.write(`${notice}\n`);
}
