import { resolve } from 'node:path';
import { EXIT, Problem } from '../../domain/problem.ts';
import { weeklyMarkdown } from '../../report/markdown.ts';
import { overviewJson } from '../../report/overview.ts';
import type { Execute } from '../command.ts';
import { SCHEMA_VERSION } from '../output.ts';
import { overviewOf, withSession } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, async (session) => {
    const overview = overviewOf(session);
    const text =
      options.json === true
        ? `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...overviewJson(overview) }, null, 2)}\n`
        : weeklyMarkdown(overview);
    const output = options.output;
    if (typeof output !== 'string') {
      terminal.stdout.write(text);
      return EXIT.ok;
    }
    const path = resolve(terminal.cwd, output);
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(path, text).catch((error: Error) => {
      throw new Problem(`cannot write ${path}: ${error.message}`, {
        hint: 'Name a file in a folder you may write to.',
      });
    });
    terminal.stderr.write(`wrote ${path}\n`);
    return EXIT.ok;
  });
