import { Command, CommanderError } from 'commander';
import { didYouMean } from '../config/suggest.ts';
import { EXIT, type ExitCode, Problem } from '../domain/problem.ts';
import type { CommandSpec } from './command.ts';
import { COMMANDS } from './commands.ts';
import { EXAMPLES, EXIT_CODES } from './help.ts';
import type { Options } from './options.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** Parses the arguments and runs the command. Bad usage is said on stderr and gives exit 2; failures of commands are thrown. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = new Command('neap')
    .description(
      'Finds the calm weeks between a vendor’s big releases, so that model changes and engine upgrades never share one.',
    )
    .version(version(), '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'neap: ')),
    })
    .showHelpAfterError('See: neap --help')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', EXIT_CODES);
  withCommonOptions(program);
  for (const spec of COMMANDS) {
    const command = program
      .command(`${spec.name} ${spec.args}`.trim(), spec.name === 'calendar' ? { isDefault: true } : {})
      .summary(spec.summary)
      .description(`${spec.summary[0]?.toUpperCase()}${spec.summary.slice(1)}.`)
      .exitOverride()
      // The calendar is what plain `neap` runs, so a mistyped command arrives there as its argument.
      .allowExcessArguments(spec.name === 'calendar');
    withCommonOptions(command);
    for (const [flags, description] of spec.options) command.option(flags, description);
    command.action(async () => {
      if (spec.name === 'calendar' && command.args.length > 0) throw unknownCommand(command.args[0] ?? '');
      code = await execute(spec, command, terminal);
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return code;
}

function unknownCommand(name: string): Problem {
  const names = COMMANDS.map((spec) => spec.name);
  return new Problem(`there is no command "${name}"${didYouMean(name, names)}`, { hint: 'See: neap --help' });
}

async function execute(spec: CommandSpec, command: Command, terminal: Terminal): Promise<ExitCode> {
  const { execute: work } = await spec.load();
  const options = command.optsWithGlobals<Options & Record<string, unknown>>();
  return work({ args: command.args, options, terminal });
}

function withCommonOptions(command: Command): void {
  command
    .option('--as-of <day>', 'answer as it would have been answered that day')
    .option('--config <file>', 'the configuration; otherwise neap.yaml, searched upward to the git root')
    .option('--db <file>', 'the database; otherwise neap.db in the data folder')
    .option('--json', 'JSON on stdout, with schemaVersion');
}
