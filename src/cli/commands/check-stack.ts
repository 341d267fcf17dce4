import { EXIT } from '../../domain/problem.ts';
import { buildHistory } from '../../ledger/history.ts';
import { stackText } from '../../report/check-stack.ts';
import { checkStack, type StackPart } from '../../upgrade/check-stack.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { withSession } from '../session.ts';
import { tablesIn } from './tables.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, (session) => {
    const { config, products, store, asOf } = session;
    const parts = config.stack.flatMap((item): readonly StackPart[] => {
      const product = products.get(item.product);
      if (product === undefined) return [];
      return [{ ...item, product, history: buildHistory(product, store.ledger(product.id, asOf)) }];
    });
    const { leaveBeforeEol } = config.policy.engineUpgrades;
    const findings = checkStack(parts, {
      asOf,
      leaveBeforeEol,
      tables: tablesIn(
        session,
        parts.map(({ product }) => product.id),
      ),
    });
    if (options.json === true) printJson(terminal, { asOf, findings });
    else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(stackText(findings, parts.length));
    }
    return findings.some(({ severity }) => severity === 'high') ? EXIT.closed : EXIT.ok;
  });
