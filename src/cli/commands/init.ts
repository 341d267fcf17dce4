import { createInterface } from 'node:readline/promises';
import { init } from '../../app/init.ts';
import { loadCatalogue } from '../../catalogue/catalogue.ts';
import { dataDir } from '../../catalogue/data-dir.ts';
import { EXIT } from '../../domain/problem.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { isInteractive } from '../terminal.ts';

export const execute: Execute = async ({ options, terminal }) => {
  const { products } = loadCatalogue(dataDir());
  const asks = isInteractive(terminal) && options.json !== true;
  const lines = asks ? createInterface({ input: terminal.stdin, output: terminal.stderr }) : null;
  try {
    const ask = lines === null ? null : (question: string) => lines.question(`${question} `);
    const { path, detected } = await init({ dir: terminal.cwd, products, ask });
    if (options.json === true) printJson(terminal, { path, detected });
    else terminal.stdout.write(`wrote ${path}\nLook through its comments, then run: neap\n`);
    return EXIT.ok;
  } finally {
    lines?.close();
  }
};
