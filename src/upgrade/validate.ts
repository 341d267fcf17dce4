import semver from 'semver';
import { compareLines } from '../versioning/scheme.ts';
import type { Tables } from './tables.ts';

/**
 * Contradictions and dangling references in the tables, a sentence each: what no schema of a single file can see. Run by the tests, so that
 * a wrong row is found when it is written and not when somebody plans by it. Pure.
 */
export function contradictions(tables: Tables): readonly string[] {
  return CHECKS.flatMap((check) => check(tables));
}

type Check = (tables: Tables) => readonly string[];

const LINE = /^\d+\.\d+$/;
const EDITION_WORDS = ['yes', 'no', 'support', 'pinned'];
const has = (tables: Tables, product: string, line: string) =>
  tables.lines.some((row) => row.product === product && row.line === line);

const hopsAreUpwardAndKnown: Check = (tables) =>
  tables.hops.flatMap((row) => {
    const name = `hop ${row.product} ${row.from} → ${row.to}`;
    return [
      ...(compareLines(row.from, row.to) < 0 ? [] : [`${name} does not lead upwards`]),
      ...[row.from, row.to].filter((line) => !has(tables, row.product, line)).map((line) => `${name}: no line ${line}`),
      ...(row.editions === null && [row.from, row.to].some((line) => rapid(tables, row.product, line))
        ? [`${name} is for every edition, but a line of it runs on Atlas only`]
        : []),
    ];
  });

const downgradesMirrorHops: Check = (tables) =>
  tables.downgrades.flatMap((row) => {
    const name = `downgrade ${row.product} ${row.from} → ${row.to}`;
    const mirrored = tables.hops.some(
      (hop) => hop.product === row.product && hop.from === row.to && hop.to === row.from,
    );
    return [
      ...(compareLines(row.from, row.to) > 0 ? [] : [`${name} does not lead downwards`]),
      ...(mirrored ? [] : [`${name} has no hop that leads up`]),
      ...(['community', 'enterprise', 'atlas'] as const)
        .filter((edition) => !EDITION_WORDS.includes(row[edition]))
        .map((edition) => `${name}: "${row[edition]}" is no word for ${edition}`),
      ...(row.community === 'yes' && row.enterprise !== 'yes'
        ? [`${name}: community may do what enterprise may not`]
        : []),
    ];
  });

const rowsAreUnique: Check = (tables) => [
  ...repeated(tables.hops.map((row) => `hop ${row.product} ${row.from} → ${row.to}`)),
  ...repeated(tables.downgrades.map((row) => `downgrade ${row.product} ${row.from} → ${row.to}`)),
  ...repeated(tables.lines.map((row) => `line ${row.product} ${row.line}`)),
  ...repeated(tables.majors.map((row) => `major ${row.product} ${row.from}`)),
  ...repeated(tables.advisories.map((row) => `advisory ${row.product} ${row.id}`)),
  ...repeated(tables.keys.map((row) => `key ${row.product} ${row.line}`)),
  ...repeated(tables.commands.map((row) => `command ${row.product} ${row.family} ${row.task} ${row.edition ?? ''}`)),
  ...repeated(tables.procedures.map((row) => `procedure ${row.product} ${row.topology} ${row.step} ${row.order}`)),
  ...tables.compat.flatMap((one) => repeated(one.rows.map((row) => `compat ${one.product} ${row.from}`))),
];

const compatIsOrdered: Check = (tables) =>
  tables.compat.flatMap(({ product, engine, rows, notes, below, above }) => [
    ...(tables.engines.some((row) => row.product === engine) ? [] : [`compat ${product}: no engine ${engine}`]),
    ...[below, above]
      .filter((word) => !['refuses', 'untested'].includes(word))
      .map((word) => `compat ${product}: "${word}"`),
    ...notes
      .filter(({ versions }) => semver.validRange(versions) === null)
      .map(({ versions }) => `compat ${product}: range "${versions}"`),
    ...rows.flatMap((row, index) => {
      const name = `compat ${product} ${row.from}`;
      const before = rows[index - 1];
      const [low = null, high = null] = row.server ?? [];
      return [
        ...(LINE.test(row.from) ? [] : [`${name}: not a minor`]),
        ...(before !== undefined && compareLines(before.from, row.from) >= 0
          ? [`${name} stands after ${before.from}`]
          : []),
        ...[low, high]
          .filter((line) => line !== null && !LINE.test(line))
          .map((line) => `${name}: "${line}" is no line`),
        ...(low !== null && high !== null && compareLines(low, high) > 0
          ? [`${name}: from ${low} to ${high} is empty`]
          : []),
        ...(row.node !== null && semver.validRange(row.node) === null ? [`${name}: Node.js range "${row.node}"`] : []),
        ...(row.driver !== undefined && semver.validRange(row.driver) === null
          ? [`${name}: driver range "${row.driver}"`]
          : []),
        ...Object.entries(row.documented ?? {})
          .filter(([line, word]) => !LINE.test(line) || !['full', 'partial', 'no'].includes(word ?? ''))
          .map(([line, word]) => `${name}: "${line}: ${word}"`),
      ];
    }),
  ]);

/** An ODM's limits are those of the driver it depends on. */
const odmsFollowTheirDriver: Check = (tables) =>
  tables.compat.flatMap((odm) => {
    const driver = tables.compat.find(({ product }) => product === odm.driver?.product);
    if (driver === undefined) return [];
    return odm.rows.flatMap((row) => {
      const lowest = row.driver === undefined || row.server === null ? null : semver.minVersion(row.driver);
      if (lowest === null) return [];
      const of = driver.rows.find((one) => one.from === `${lowest.major}.${lowest.minor}`);
      if (of === undefined || of.server === null || row.server === null) return [];
      return of.server[0] === row.server[0] && of.server[1] === row.server[1]
        ? []
        : [
            `compat ${odm.product} ${row.from}: ${row.server.join(' to ')}, but driver ${of.from} admits ${of.server.join(' to ')}`,
          ];
    });
  });

const platformsAreOfOneMind: Check = (tables) =>
  tables.platforms.flatMap((table) =>
    table.rows.flatMap((row) => [
      ...row.lines
        .filter((line) => !has(tables, table.product, line))
        .map((line) => `platform ${row.platform}: no line ${line}`),
      ...table.rows
        .filter((other) => other !== row && other.basis === row.basis && other.platform === row.platform)
        .filter((other) => other.supported !== row.supported && other.lines.some((line) => row.lines.includes(line)))
        .map(() => `platform ${row.platform}: both supported and not, by ${row.basis}`),
      ...(tables.families.some(({ platforms }) => platforms.includes(row.platform.split('-')[0] ?? '')) ||
      row.platform.startsWith('windows')
        ? []
        : [`platform ${row.platform} has no family of commands`]),
    ]),
  );

const advisoriesAreRanges: Check = (tables) =>
  tables.advisories.flatMap((row) =>
    row.affected.flatMap(({ from, below, until }) => {
      const end = below ?? until ?? null;
      const name = `advisory ${row.id}: ${from} to ${end}`;
      return end !== null && compareVersionTexts(from, end) >= 0 ? [`${name} is empty`] : [];
    }),
  );

const commandsAreKnown: Check = (tables) => [
  ...tables.commands
    .filter(({ family }) => !tables.families.some(({ id }) => id === family))
    .map(({ product, task, family }) => `command ${product} ${task}: no family ${family}`),
  ...tables.commands.flatMap(({ product, task, run }) =>
    run
      .flatMap((line) => [...line.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))
      .filter((name) => !PLACES.includes(name))
      .map((name) => `command ${product} ${task}: nobody fills in {${name}}`),
  ),
  ...tables.procedures
    .filter(
      ({ product, task }) =>
        task !== null && !tables.commands.some((row) => row.product === product && row.task === task),
    )
    .map(({ product, task }) => `procedure ${product}: no command "${task}"`),
];

const PLACES = [
  'version',
  'line',
  'fromVersion',
  'fromLine',
  'keyUrl',
  'keySeries',
  'repository',
  'suite',
  'osVersion',
  'component',
  'distro',
  'yumSystem',
  'backupDir',
];

const breakersBelongToLines: Check = (tables) =>
  tables.breakers
    .filter(({ product, line }) => tables.engines.some((row) => row.product === product) && !has(tables, product, line))
    .map(({ product, line, change }) => `breaker ${product} ${line}: no such line (${change})`);

const everythingHasASource: Check = (tables) =>
  (
    [
      'engines',
      'hops',
      'downgrades',
      'formats',
      'moves',
      'lines',
      'majors',
      'breakers',
      'advisories',
      'commands',
      'procedures',
      'timing',
    ] as const
  ).flatMap((name) =>
    tables[name]
      .filter((row) => row.source.trim() === '' || typeof row.verified !== 'boolean')
      .map(() => `a row of ${name} has no source, or does not say whether it was checked`),
  );

const CHECKS: readonly Check[] = [
  hopsAreUpwardAndKnown,
  downgradesMirrorHops,
  rowsAreUnique,
  compatIsOrdered,
  odmsFollowTheirDriver,
  platformsAreOfOneMind,
  advisoriesAreRanges,
  commandsAreKnown,
  breakersBelongToLines,
  everythingHasASource,
];

function rapid(tables: Tables, product: string, line: string): boolean {
  return tables.lines.some((row) => row.product === product && row.line === line && !row.selfManaged);
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} stands twice`);
}

function compareVersionTexts(a: string, b: string): number {
  const [left, right] = [a.split(/[.-]/).map(Number), b.split(/[.-]/).map(Number)];
  for (let i = 0; i < 3; i++) {
    if ((left[i] || 0) !== (right[i] || 0)) return (left[i] || 0) - (right[i] || 0);
  }
  return 0;
}
