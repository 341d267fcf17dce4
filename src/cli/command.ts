import type { ExitCode } from '../domain/problem.ts';
import type { Options } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Does one command and says how it went. Data goes to stdout, words about it to stderr. */
export type Execute = (call: {
  readonly args: readonly string[];
  readonly options: Options & Readonly<Record<string, unknown>>;
  readonly terminal: Terminal;
}) => Promise<ExitCode>;

/** One verb of the command line; the list is in commands.ts. */
export interface CommandSpec {
  readonly name: string;
  /** Arguments as commander writes them: `[product]`, `<item>`. */
  readonly args: string;
  readonly summary: string;
  readonly options: readonly (readonly [flags: string, description: string])[];
  /** Imports what the command needs, and only then. */
  readonly load: () => Promise<{ readonly execute: Execute }>;
}
