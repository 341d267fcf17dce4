import { EXIT, Problem } from '../../domain/problem.ts';
import { periodsText } from '../../report/forecasts.ts';
import { withOverview } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';

export const execute: Execute = ({ args, options, terminal }) =>
  withOverview(options, terminal, (overview) => {
    const { outlooks, asOf, notices } = overview;
    const wanted = args[0] === undefined ? outlooks : outlooks.filter(({ store }) => store === args[0]);
    if (outlooks.length === 0) {
      if (options.json === true) printJson(terminal, { asOf, stores: [] });
      else terminal.stdout.write('The stack names no engine, so there is no store to have periods.\n');
      return EXIT.ok;
    }
    if (wanted.length === 0) {
      throw new Problem(`the stack has no store "${args[0]}"`, {
        hint: `Stores: ${outlooks.map(({ store }) => store).join(', ')}`,
      });
    }
    if (options.json === true) {
      printJson(terminal, { asOf, stores: wanted });
    } else {
      printNotices(terminal, notices);
      terminal.stdout.write(periodsText(wanted));
    }
    return wanted.some(({ unknown }) => unknown.length > 0) ? EXIT.stale : EXIT.ok;
  });
