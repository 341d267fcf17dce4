import { examine } from '../../app/doctor.ts';
import { EXIT, type ExitCode } from '../../domain/problem.ts';
import { findingsText } from '../../report/doctor.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { overviewOf, withSession } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, (session): ExitCode => {
    const findings = examine({ store: session.store, overview: overviewOf(session), today: session.today });
    if (options.json === true) printJson(terminal, { asOf: session.asOf, database: session.store.path, findings });
    else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(findingsText(findings, options.all === true));
    }
    return findings.some(({ blocks }) => blocks) ? EXIT.stale : EXIT.ok;
  });
