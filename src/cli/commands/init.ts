import { createInterface } from 'node:readline/promises';
import { init } from '../../app/init.ts';
import { loadCatalogue } from '../../catalogue/catalogue.ts';
import { dataDir } from '../../catalogue/data-dir.ts';
import { askMongodb, askRedis } from '../../detect/servers.ts';
import { EXIT } from '../../domain/problem.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { isInteractive } from '../terminal.ts';

/** Asked for when nothing is found. */
const USUAL_ENGINES = ['mongodb', 'redis'];

export const execute: Execute = async ({ options, terminal }) => {
  const { products } = loadCatalogue(dataDir());
  const asks = isInteractive(terminal) && options.json !== true;
  const lines = asks ? createInterface({ input: terminal.stdin, output: terminal.stderr }) : null;
  try {
    const ask = lines === null ? null : (question: string) => lines.question(`${question} `);
    const servers = await Promise.all([
      ...(typeof options.mongodbUri === 'string' ? [askMongodb(options.mongodbUri)] : []),
      ...(typeof options.redisUrl === 'string' ? [askRedis(options.redisUrl)] : []),
    ]);
    const { path, detected } = await init({ dir: terminal.cwd, products, usual: USUAL_ENGINES, servers, ask });
    if (options.json === true) {
      const engines = detected.engines.map(({ product, ...rest }) => ({ product: product.id, ...rest }));
      printJson(terminal, { path, detected: { ...detected, engines } });
    } else terminal.stdout.write(`wrote ${path}\nLook through its comments, then run: neap\n`);
    return EXIT.ok;
  } finally {
    lines?.close();
  }
};
