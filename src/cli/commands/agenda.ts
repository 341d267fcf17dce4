import { EXIT } from '../../domain/problem.ts';
import { agendaText } from '../../report/agenda.ts';
import { overviewJson } from '../../report/overview.ts';
import { withOverview } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';

export const execute: Execute = ({ options, terminal }) =>
  withOverview(options, terminal, (overview) => {
    if (options.json === true) printJson(terminal, overviewJson(overview));
    else terminal.stdout.write(agendaText(overview));
    return EXIT.ok;
  });
