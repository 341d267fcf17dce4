import { enableCompileCache } from 'node:module';
import { EXIT, type ExitCode, Problem } from '../domain/problem.ts';
import type { Terminal } from './terminal.ts';
import { build, version } from './version.ts';

/** Takes the process in, gives the exit code out. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`neap agenda | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  const args = process.argv.slice(2);
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  // Compiled code is kept between runs.
  enableCompileCache();
  const terminal: Terminal = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
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
      const { execute } = await import('./commands/calendar.ts');
      return await execute({ args, options: {}, terminal });
    }
    const { run } = await import('./run.ts');
    return await run(args, terminal);
  } catch (error) {
    const { reportFailure } = await import('./failure.ts');
    terminal.stderr.write(reportFailure(error, terminal));
    return error instanceof Problem ? error.exitCode : EXIT.defect;
  }
}
