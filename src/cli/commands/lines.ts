import { EXIT } from '../../domain/problem.ts';
import { derivedEnds } from '../../forecast/lifecycle.ts';
import { linesJson, linesText } from '../../report/history.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { withSession } from '../session.ts';
import { historiesOf } from './histories.ts';

const NEWEST = 12;

export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, (session) => {
    const found = historiesOf(session, args[0]);
    if (options.json === true) {
      const all = found.map(({ history }) => linesJson(history, derivedEnds(history, session.asOf)));
      printJson(terminal, { asOf: session.asOf, ...(args[0] === undefined ? { products: all } : all[0]) });
      return EXIT.ok;
    }
    for (const { product, history } of found) {
      terminal.stdout.write(`${product.name}, read through ${history.observedThrough ?? 'never'}\n`);
      terminal.stdout.write(
        `${linesText(history, options.all === true ? null : NEWEST, derivedEnds(history, session.asOf))}\n`,
      );
    }
    return EXIT.ok;
  });
