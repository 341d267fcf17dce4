import { spawn } from 'node:child_process';

/** Milliseconds from starting a program to its end. Rejects when it fails. */
export function timeOf(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<number> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(command, args, { ...options, stdio: 'ignore' });
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(performance.now() - start);
      else fail(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}
