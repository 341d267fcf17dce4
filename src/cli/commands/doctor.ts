import { examine } from '../../app/doctor.ts';
import { EXIT, type ExitCode } from '../../domain/problem.ts';
import { findingsText } from '../../report/doctor.ts';
import { withOverviewAndSession } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';

export const execute: Execute = ({ options, terminal }) =>
  withOverviewAndSession(options, terminal, (overview, session): ExitCode => {
    const findings = examine({ store: session.store, overview, today: session.today });
    if (options.json === true) printJson(terminal, { asOf: session.asOf, database: session.store.path, findings });
    else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(findingsText(findings, options.all === true));
    }
    return findings.some(({ blocks }) => blocks) ? EXIT.stale : EXIT.ok;
  });
