import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { withoutControls } from '../../domain/clean-text.ts';
import { EXIT, type ExitCode, Problem } from '../../domain/problem.ts';
import { backupDatabase, checkDatabase, exportLines, importLines, vacuumDatabase } from '../../store/upkeep.ts';
import { databasePath } from '../asked.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { answersDir } from '../places.ts';
import type { Terminal } from '../terminal.ts';

const ACTIONS = ['path', 'check', 'backup', 'export', 'import', 'vacuum'];

export const execute: Execute = async ({ args: [action = '', file], options, terminal }) => {
  const path = databasePath(options, terminal);
  const json = options.json === true;
  const say = (text: string, data: object) => (json ? printJson(terminal, data) : terminal.stdout.write(`${text}\n`));
  switch (action) {
    case 'path':
      say(path, { path, answers: answersDir(terminal) });
      if (!json) {
        terminal.stderr.write(`answers kept between starts, which may be deleted: ${answersDir(terminal)}\n`);
      }
      return EXIT.ok;
    case 'check':
      return check(path, say);
    case 'backup': {
      const to = named(file, terminal, 'backup');
      await backupDatabase(path, to);
      say(`${path} was copied to ${to}`, { path, to });
      return EXIT.ok;
    }
    case 'export':
      await exportTo(path, file, terminal);
      return EXIT.ok;
    case 'import': {
      const from = named(file, terminal, 'import');
      const rows = importLines(path, linesOf(from), from, (text) => withoutControls(text) === text);
      say(`${rows} rows of ${from} are now in ${path}`, { path, from, rows });
      return EXIT.ok;
    }
    case 'vacuum': {
      const { before, after } = vacuumDatabase(path);
      say(`${path}: ${before} bytes before, ${after} after`, { path, before, after });
      return EXIT.ok;
    }
    default:
      throw new Problem(`there is no \`neap db ${withoutControls(action)}\``, {
        hint: `Known are: ${ACTIONS.join(', ')}.`,
      });
  }
};

function check(path: string, say: (text: string, data: object) => void): ExitCode {
  const checked = checkDatabase(path);
  if (checked.damages.length > 0) {
    throw new Problem(`${path} is damaged: ${checked.damages.slice(0, 5).join('; ')}`, {
      hint: 'Move the file away: bundled facts come back by themselves, then run `neap sync`. `neap db export` may save what can be read.',
      where: path,
    });
  }
  const rows = Object.entries(checked.rows).map(([table, count]) => `${table} ${count}`);
  say(`${path} is whole (schema ${checked.schema}, ${checked.bytes} bytes): ${rows.join(', ')}`, { path, ...checked });
  return EXIT.ok;
}

async function exportTo(path: string, file: string | undefined, terminal: Terminal): Promise<void> {
  if (file === undefined) {
    for (const line of exportLines(path)) terminal.stdout.write(`${line}\n`);
    return;
  }
  const to = resolve(terminal.cwd, file);
  await writeFileAtomic(to, `${[...exportLines(path)].join('\n')}\n`, { mode: 0o600 });
  terminal.stderr.write(`neap: ${path} was exported to ${to}\n`);
}

function* linesOf(path: string): Generator<string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Problem(`${path} cannot be read${code}`, { where: path });
  }
  for (const line of text.split('\n')) if (line !== '') yield line;
}

function named(file: string | undefined, terminal: Terminal, action: string): string {
  if (file === undefined)
    throw new Problem(`\`neap db ${action}\` needs a file`, { hint: `Write: neap db ${action} FILE` });
  return resolve(terminal.cwd, file);
}
