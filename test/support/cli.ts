import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { perform } from '../../src/cli/main.ts';

/** A folder of its own with these files; a `.git` in it keeps the search for neap.yaml inside. */
export function aFolder(files: Readonly<Record<string, string>> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'neap-'));
  mkdirSync(join(dir, '.git'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, without a terminal, on a fixed day, with its own home. */
export async function neap(
  args: readonly string[],
  {
    cwd = aFolder(),
    env = {},
    today = '2026-11-23',
  }: { cwd?: string; env?: Record<string, string>; today?: string } = {},
): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const text = { out: '', err: '' };
  stdout.on('data', (chunk: Buffer) => {
    text.out += chunk.toString();
  });
  stderr.on('data', (chunk: Buffer) => {
    text.err += chunk.toString();
  });
  const code = await perform(args, {
    stdin: new PassThrough(),
    stdout,
    stderr,
    cwd,
    home: cwd,
    env: { NEAP_HOME: join(cwd, '.home'), ...env },
    now: () => new Date(`${today}T09:00:00Z`),
  });
  return { code, ...text };
}
