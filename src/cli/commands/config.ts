import { existsSync } from 'node:fs';
import { stringify } from 'yaml';
import { loadCatalogue } from '../../catalogue/catalogue.ts';
import { dataDir } from '../../catalogue/data-dir.ts';
import { loadConfig } from '../../config/load.ts';
import { originsOf } from '../../config/origins.ts';
import { didYouMean } from '../../config/suggest.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import { smallBumps } from '../../policy/bumps.ts';
import { configOrigin } from '../asked.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { userFile } from '../places.ts';

const VERBS = ['print', 'validate', 'path', 'keys'];

/** What the configuration says, and whether it is well; needs no database. */
export const execute: Execute = async ({ args, options, terminal }) => {
  const [verb = 'print'] = args;
  if (!VERBS.includes(verb)) {
    throw new Problem(`there is no config ${verb}${didYouMean(verb, VERBS)}`, { hint: `One of: ${VERBS.join(', ')}.` });
  }
  if (verb === 'keys') {
    const { KEYMAP, spell } = await import('../../tui/keymap.ts');
    const keys = KEYMAP.map(({ id, keys: own, label }) => ({ id, keys: own, label }));
    if (options.json === true) printJson(terminal, { file: userFile(terminal), keys });
    else {
      terminal.stdout.write(`# ${userFile(terminal)}, under \`keys:\`\n`);
      for (const { id, keys: own, label } of keys) {
        terminal.stdout.write(`${id.padEnd(17)} ${own.map(spell).join(' ').padEnd(12)} ${label}\n`);
      }
    }
    return EXIT.ok;
  }
  const { path, kind } = configOrigin(options, terminal, dataDir());
  if (verb === 'path') {
    terminal.stdout.write(`${path}\n`);
    return existsSync(path) ? EXIT.ok : EXIT.usage;
  }
  const aroundYear = terminal.now().getUTCFullYear();
  const { config } = await loadConfig(path, { products: loadCatalogue(dataDir()).products, aroundYear });
  const findings = smallBumps(config);
  if (verb === 'validate') {
    if (options.json === true) printJson(terminal, { path, valid: true, findings });
    else {
      terminal.stdout.write(`${path}: valid${kind === 'example' ? ' (the bundled example)' : ''}\n`);
      for (const finding of findings) terminal.stdout.write(`finding: ${finding}\n`);
    }
    return EXIT.ok;
  }
  const origins = options.origin === true ? originsOf(path) : null;
  if (options.json === true) {
    printJson(terminal, { path, config, ...(origins === null ? {} : { origins: Object.fromEntries(origins) }) });
    return EXIT.ok;
  }
  if (origins === null) {
    terminal.stdout.write(stringify(config, { lineWidth: 0, flowCollectionPadding: false }));
    return EXIT.ok;
  }
  for (const [key, value] of leaves(config, '')) {
    terminal.stdout.write(
      `${key} = ${JSON.stringify(value)}  # ${origins.get(key) ?? nearest(origins, key) ?? 'default'}\n`,
    );
  }
  return EXIT.ok;
};

/** Every value with its path, such as `policy.modelChanges.guard`; a list of plain values is one. */
function leaves(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0 || (Array.isArray(value) && value.every((one) => typeof one !== 'object')))
    return [[path, value]];
  return entries.flatMap(([key, one]) => leaves(one, path === '' ? key : `${path}.${key}`));
}

/** Values that neap works out from a key of another shape, such as days off from `holidays`, are from there. */
function nearest(origins: ReadonlyMap<string, string>, key: string): string | undefined {
  const source = WORKED_OUT.find(([prefix]) => key === prefix || key.startsWith(`${prefix}.`))?.[1];
  return source === undefined ? undefined : [...origins].find(([path]) => path.startsWith(source))?.[1];
}

const WORKED_OUT: readonly (readonly [string, string])[] = [
  ['team.daysOff', 'team.holidays'],
  ['freezes', 'freezes'],
];
