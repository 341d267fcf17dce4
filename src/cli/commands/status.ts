import { EXIT } from '../../domain/problem.ts';
import { withOverview } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';

export const execute: Execute = ({ options, terminal }) =>
  withOverview(options, terminal, (overview) => {
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
