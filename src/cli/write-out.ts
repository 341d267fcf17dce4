import { resolve } from 'node:path';
import { Problem } from '../domain/problem.ts';
import type { Terminal } from './terminal.ts';

/** Writes to the file that `--output` names, whole or not at all, or to stdout. @throws Problem when the file cannot be written. */
export async function writeOut(text: string, output: unknown, terminal: Terminal): Promise<void> {
  if (typeof output !== 'string') {
    terminal.stdout.write(text);
    return;
  }
  const path = resolve(terminal.cwd, output);
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, text).catch((error: Error) => {
    throw new Problem(`cannot write ${path}: ${error.message}`, {
      hint: 'Name a file in a folder you may write to.',
    });
  });
  terminal.stderr.write(`wrote ${path}\n`);
}
