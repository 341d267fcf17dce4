import { compareLines } from '../versioning/scheme.ts';
import type { Chain } from './chain.ts';
import type { ChainStep } from './step.ts';
import type { CommandRow, ProcedureRow, Tables } from './tables.ts';

/** One action of a step, with what to type. */
export interface Action {
  readonly title: string;
  /** On which machines; `null`: wherever the shell is. */
  readonly where: string | null;
  /** Lines to paste, quoted; empty where a person has to act. */
  readonly run: readonly string[];
  /** False: it cannot be taken back by itself. */
  readonly undo: boolean;
  readonly verified: boolean;
  readonly source: string;
}

/** A value that may stand in a command: nothing a shell would read as more than a word. */
const SAFE = /^[\w.:/@+-]+$/;

/**
 * What to do and type in a step, for the chain's platform, topology and edition, with real versions. Without a known platform, or where a
 * value is missing, an action has no lines. Pure.
 */
export function actionsOf(chain: Chain, step: ChainStep, tables: Tables): readonly Action[] {
  if (step.kind === 'packages') return packageActions(step);
  if (step.kind === 'patch') {
    // The same binaries' way, within the line: its key and its repository are there.
    const within = { ...step, to: step.from };
    return procedure(chain, within, 'binaries', tables, ({ task }) => task === null || !NEW_LINE_TASKS.includes(task));
  }
  if (step.kind !== 'fcv' || compareLines(step.to, step.from) >= 0) return procedure(chain, step, step.kind, tables);
  // A planned step back: of its way only the FCV belongs here, and it leads to the line that is wanted.
  const turned = { ...step, from: step.to, to: step.from };
  return procedure(chain, turned, 'back', tables).filter(({ run }) =>
    run.some((line) => line.includes('setFeatureCompatibilityVersion')),
  );
}

/** How to go back from a step: by the old binaries where that is possible, else by the backup. */
export function wayBackActions(chain: Chain, step: ChainStep, tables: Tables): readonly Action[] {
  const { kind } = step.wayBack;
  if (kind === 'undo') return [];
  return procedure(chain, step, kind === 'downgrade' ? 'back' : 'restore', tables);
}

/** Tasks that only a line that was not installed before needs. */
const NEW_LINE_TASKS = ['add-key', 'add-repository'];

function procedure(
  chain: Chain,
  step: ChainStep,
  kind: string,
  tables: Tables,
  wanted: (row: ProcedureRow) => boolean = () => true,
): readonly Action[] {
  const topology = chain.topology ?? tables.engines.find(({ product }) => product === chain.product)?.usualTopology;
  if (chain.edition === 'atlas') return [];
  return tables.procedures
    .filter((row) => row.product === chain.product && row.topology === topology && row.step === kind)
    .filter(wanted)
    .toSorted((a, b) => a.order - b.order)
    .flatMap((row) => actionFor(row, chain, step, tables) ?? []);
}

/** `null` for a task that this platform does not have, such as the key of a package repository in a container. */
function actionFor(row: ProcedureRow, chain: Chain, step: ChainStep, tables: Tables): Action | null {
  const { title, where, undo, source } = row;
  const values = valuesOf(chain, step, tables);
  if (row.task === null) {
    const run = row.run.map((line) => inShell(row, fill(unconfirmed(row, line, step), values)));
    return { title, where, run: run.filter((line) => line !== null), undo, verified: row.verified, source };
  }
  const family = familyOf(chain.platform, tables);
  const found = commandFor(chain, family, row.task, tables);
  // Where packages come from elsewhere, keys, repositories and holds have no meaning.
  if (found === null)
    return family === null || ESSENTIAL.includes(row.task)
      ? { title, where, run: [], undo, verified: row.verified, source }
      : null;
  const run = found.run.map((line) => fill(line, values));
  const whole = run.every((line) => line !== null);
  return {
    title,
    where,
    run: whole ? run.filter((line) => line !== null) : [],
    undo,
    verified: row.verified && found.verified,
    source: found.source,
  };
}

const ESSENTIAL = ['backup', 'stop', 'install', 'start', 'version', 'restore'];

function commandFor(chain: Chain, family: string | null, task: string, tables: Tables): CommandRow | null {
  const edition = chain.edition === 'enterprise' ? 'enterprise' : null;
  const rows = tables.commands.filter(
    (row) => row.product === chain.product && row.family === family && row.task === task,
  );
  const own = rows.find((row) => row.edition === edition);
  // Packages of another edition would replace the one that runs.
  if (own !== undefined || (edition !== null && PACKAGE_TASKS.includes(task))) return own ?? null;
  return rows.find((row) => row.edition === null) ?? null;
}

const PACKAGE_TASKS = ['add-repository', 'unhold', 'install', 'hold'];

function familyOf(platform: string | null, tables: Tables): string | null {
  const system = platform?.split('-')[0];
  return tables.families.find((family) => system !== undefined && family.platforms.includes(system))?.id ?? null;
}

/** Systems whose package directories bear the name of another. */
const YUM_SYSTEMS: Readonly<Record<string, string>> = { amazon: 'amazon' };

function valuesOf(chain: Chain, step: ChainStep, tables: Tables): Readonly<Record<string, string | undefined>> {
  const [system = '', release] = (chain.platform ?? '').split('-');
  const key = tables.keys.find((row) => row.product === chain.product && row.line === step.to);
  const at = chain.steps.findIndex((one) => one.id === step.id);
  // The version that ran before this hop: the last one a step before it brought.
  const before = chain.steps
    .slice(0, at)
    .findLast((one) =>
      one.kind === 'patch' ? one.from === step.from : one.kind === 'binaries' && one.to === step.from,
    )?.version;
  const own = chain.steps.find(
    (one) => one.kind === 'binaries' && one.to === step.to && one.from === step.from,
  )?.version;
  const suites = tables.platforms.find((table) => table.product === chain.product)?.suites;
  return {
    version: step.version ?? own ?? undefined,
    line: step.to,
    fromLine: step.from,
    fromVersion: before ?? chain.from,
    keyUrl: key?.keyUrl,
    keySeries: key?.keySeries,
    repository: key?.repository,
    suite: suites?.[chain.platform ?? ''],
    osVersion: release,
    distro: system,
    component: system === 'ubuntu' ? 'multiverse' : 'main',
    yumSystem: YUM_SYSTEMS[system] ?? 'redhat',
    backupDir: '/var/backups',
  };
}

/** `null` when a value is missing or is not a plain word. */
function fill(line: string, values: Readonly<Record<string, string | undefined>>): string | null {
  let whole = true;
  const text = line.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || !SAFE.test(value)) whole = false;
    return value ?? '';
  });
  return whole ? text : null;
}

/** The binary that runs decides, which is the newer of the two in each direction. */
function unconfirmed({ confirmFrom }: ProcedureRow, line: string, { from, to }: ChainStep): string {
  const running = compareLines(from, to) > 0 ? from : to;
  return confirmFrom != null && compareLines(running, confirmFrom) < 0 ? line.replace(', confirm: true', '') : line;
}

function inShell({ shell }: ProcedureRow, line: string | null): string | null {
  if (line === null || shell !== 'mongosh') return line;
  return `mongosh --quiet --eval '${line.replaceAll("'", `'\\''`)}'`;
}

function packageActions(step: ChainStep): readonly Action[] {
  const named = step.changes.flatMap(({ npm, to }) =>
    npm === null || !SAFE.test(npm) || !SAFE.test(to) ? [] : [`${npm}@${to}`],
  );
  const missing = step.changes.filter(({ npm }) => npm === null);
  const rest = { where: 'the application', undo: true, verified: true, source: 'npm' };
  return [
    ...(named.length === 0
      ? []
      : [{ title: 'Raise the packages, test, release', run: [`npm install ${named.join(' ')}`], ...rest }]),
    ...missing.map(({ name, to }) => ({ title: `Raise ${name} to ${to}, test, release`, run: [], ...rest })),
  ];
}
