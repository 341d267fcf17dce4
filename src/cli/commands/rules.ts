import { EXIT } from '../../domain/problem.ts';
import { RULES } from '../../policy/rules.ts';
import { table } from '../../report/text.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';

export const execute: Execute = async ({ options, terminal }) => {
  if (options.json === true)
    printJson(terminal, { rules: RULES.map(({ id, intent, unit }) => ({ id, intent, unit })) });
  else
    terminal.stdout.write(
      table([['rule', 'why', 'a breach is measured in'], ...RULES.map(({ id, intent, unit }) => [id, intent, unit])]),
    );
  return EXIT.ok;
};
