import { EXIT } from '../../domain/problem.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { overviewOf, withSession } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, (session) => {
    const overview = overviewOf(session);
    const { asOf, status, outlooks, notices } = overview;
    if (options.json === true) {
      printJson(terminal, {
        asOf,
        status,
        notices,
        unknown: outlooks.flatMap(({ store, unknown }) => unknown.map((one) => ({ store, ...one }))),
      });
    } else {
      printNotices(terminal, notices);
      terminal.stdout.write(`${status}\n`);
    }
    return EXIT.ok;
  });
