import { enableCompileCache } from 'node:module';
import { EXIT, type ExitCode, Problem } from '../domain/problem.ts';
import { execute as calendar } from './commands/calendar.ts';
import type { Terminal } from './terminal.ts';
import { build } from './version.ts';

/** Takes the process in, gives the exit code out. */
export async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`neap agenda | head`) is no error; messages nobody reads change no exit code.
      if (error.code === 'EPIPE') {
        if (stream === process.stdout) process.exit(process.exitCode ?? 0);
        return;
      }
      process.exitCode = EXIT.usage;
      if (stream === process.stdout) process.stderr.write(`neap: the output cannot be written: ${error.message}\n`);
      process.exit();
    });
  }
  const args = process.argv.slice(2);
  // Compiled code is kept between runs.
  enableCompileCache();
  const terminal: Terminal = {
    // Node.js makes a stream of each when it is first looked at, which takes a while.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    env: process.env,
    cwd: process.cwd(),
    home: process.env.HOME ?? process.env.USERPROFILE ?? process.cwd(),
    now: () => new Date(),
    build: build(),
  };
  process.exitCode = await perform(args, terminal);
}

/** Runs one command line to its exit code; what goes wrong is said on stderr. */
export async function perform(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    if (args.length === 0) {
      // Plain `neap` needs no parser, and what it shows should stand at once.
      return await calendar({ args, options: {}, terminal });
    }
    const { run } = await import('./run.ts');
    return await run(args, terminal);
  } catch (error) {
    const { reportFailure } = await import('./failure.ts');
    terminal.stderr.write(reportFailure(error, terminal));
    return error instanceof Problem ? error.exitCode : EXIT.defect;
  }
}
