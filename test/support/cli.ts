import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { perform } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

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

interface Around {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly today?: string;
  /** Answers are kept between commands of one build; none are unless it is named. */
  readonly build?: string;
}

/** A process without a terminal, on a fixed day, with its own home; `text` fills with what is written. */
export function aTerminal({ cwd = aFolder(), env = {}, today = '2026-11-23', build }: Around = {}): {
  readonly terminal: Terminal;
  readonly text: { out: string; err: string };
} {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const text = { out: '', err: '' };
  stdout.on('data', (chunk: Buffer) => {
    text.out += chunk.toString();
  });
  stderr.on('data', (chunk: Buffer) => {
    text.err += chunk.toString();
  });
  const terminal: Terminal = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    cwd,
    home: cwd,
    env: { NEAP_HOME: join(cwd, '.home'), ...env },
    now: () => new Date(`${today}T09:00:00Z`),
    build: build ?? null,
  };
  return { terminal, text };
}

/** Runs a command line in this process. */
export async function neap(args: readonly string[], around: Around = {}): Promise<Ran> {
  const { terminal, text } = aTerminal(around);
  const code = await perform(args, terminal);
  return { code, ...text };
}

/** A neap.yaml with an engine, a package, one model change and an upgrade. */
export const OWN_TEAM = `
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: mongodb, running: "7.0.31", edition: community, fcv: "7.0"}
  - {product: mongoose, running: "8.19.1", range: ~8.19.1, for: mongodb}
policy: {staleAfter: 400}
modelChanges:
  - {id: rename, store: mongodb, models: [User], from: 1.0.0, to: 2.0.0, days: 2, rerunnable: true, rollback: script}
upgrades:
  - {store: mongodb, to: "8.0"}
`;
