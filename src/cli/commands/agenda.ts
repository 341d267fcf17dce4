import { EXIT } from '../../domain/problem.ts';
import { agendaText } from '../../report/agenda.ts';
import { overviewJson } from '../../report/overview.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { overviewOf, withSession } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, (session) => {
    const overview = overviewOf(session);
    if (options.json === true) printJson(terminal, overviewJson(overview));
    else terminal.stdout.write(agendaText(overview));
    return EXIT.ok;
  });
