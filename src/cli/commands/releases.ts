import { EXIT } from '../../domain/problem.ts';
import { releasesJson, releasesText } from '../../report/history.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { withSession } from '../session.ts';
import { historiesOf } from './histories.ts';

const NEWEST = 30;

export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, (session) => {
    const sources = session.store.sources();
    const found = historiesOf(session, args[0]);
    if (options.json === true) {
      const all = found.map(({ history }) => releasesJson(history, sources));
      printJson(terminal, { asOf: session.asOf, ...(args[0] === undefined ? { products: all } : all[0]) });
      return EXIT.ok;
    }
    const limit = options.all === true ? null : args[0] === undefined ? 3 : NEWEST;
    for (const { product, history } of found) {
      terminal.stdout.write(`${product.name}, read through ${history.observedThrough ?? 'never'}\n`);
      terminal.stdout.write(`${releasesText(history, sources, limit)}\n`);
    }
    return EXIT.ok;
  });
