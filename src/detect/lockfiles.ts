import { parseSyml } from '@yarnpkg/parsers';
import { parseDocument } from 'yaml';
import { parseJson } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import { field, fields, readText } from './files.ts';

/** Locked version of each direct dependency, by package name, and the file that says so. */
export interface Locked {
  readonly file: string;
  readonly versionOf: (name: string, range: string) => string | null;
  /** Every locked version of a package, wherever in the tree it stands; ascending as text, each once. */
  readonly versionsOf: (name: string) => readonly string[];
}

type Read = Omit<Locked, 'file'>;

/** One kind of lockfile; adding one is a function and a line in `LOCKFILES`. */
interface Lockfile {
  readonly name: string;
  readonly read: (text: string, path: string) => Read;
}

const LOCKFILES: readonly Lockfile[] = [
  { name: 'package-lock.json', read: fromNpm },
  { name: 'npm-shrinkwrap.json', read: fromNpm },
  { name: 'pnpm-lock.yaml', read: fromPnpm },
  { name: 'yarn.lock', read: fromYarn },
];

/** The first lockfile there is. `null`: none. @throws Problem with its place when it is malformed. */
export function readLockfile(dir: string): Locked | null {
  for (const { name, read } of LOCKFILES) {
    const found = readText(dir, name);
    if (found !== null) return { file: name, ...read(found.text, found.path) };
  }
  return null;
}

/** Whether neap reads a file of that name as a lockfile. */
export function isLockfile(name: string): boolean {
  return LOCKFILES.some((lockfile) => lockfile.name === name);
}

/** Every locked version of a package in the text of a lockfile. @throws Problem with its place when it is malformed. */
export function lockedIn(name: string, text: string, path: string): Locked['versionsOf'] {
  return LOCKFILES.find((lockfile) => lockfile.name === name)?.read(text, path).versionsOf ?? (() => []);
}

function fromNpm(text: string, path: string): Read {
  const lock = parseJson(text, path);
  const versionOf: Read['versionOf'] = (name) =>
    version(field(field(field(lock, 'packages'), `node_modules/${name}`), 'version')) ??
    // npm 6 and before.
    version(field(field(field(lock, 'dependencies'), name), 'version'));
  const versionsOf = (name: string) => {
    const places = fields(field(lock, 'packages')).filter(([key]) => `/${key}`.endsWith(`/node_modules/${name}`));
    return each([...places.map(([, entry]) => entry), ...nested(lock, name)].map((entry) => field(entry, 'version')));
  };
  return { versionOf, versionsOf };
}

/** npm 6 and before keep packages below those that need them. */
function nested(entry: unknown, name: string): readonly unknown[] {
  return fields(field(entry, 'dependencies')).flatMap(([key, below]) => [
    ...(key === name ? [below] : []),
    ...nested(below, name),
  ]);
}

/** pnpm writes `8.19.1(socks@2.8)` where peers decide; from version 6 on under `importers`, before at the top. */
function fromPnpm(text: string, path: string): Read {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0];
    throw new Problem(`malformed YAML: ${error.message.split('\n')[0]}`, {
      where: `${path}:${at?.line ?? 1}:${at?.col ?? 1}`,
    });
  }
  const lock: unknown = document.toJS();
  const sections = ['dependencies', 'optionalDependencies', 'devDependencies'];
  const direct = (importer: unknown, name: string) => {
    for (const section of sections) {
      const entry = field(field(importer, section), name);
      const found = version(entry) ?? version(field(entry, 'version'));
      if (found !== null) return found.split('(')[0]?.replace(/_.*$/, '') ?? null;
    }
    return null;
  };
  const versionsOf = (name: string) => {
    // `mongoose@8.19.1`, before `/mongoose@8.19.1(socks@2.8)`, before `/mongoose/8.19.1_socks@2.7.1`.
    const all = fields(field(lock, 'packages')).flatMap(([key]) => {
      const plain = key.replace(/^\//, '');
      const behind =
        plain.startsWith(name) && /^[@/]/.test(plain.slice(name.length)) ? plain.slice(name.length + 1) : '';
      return behind.split(/[(_]/)[0] ?? '';
    });
    const importers = [lock, ...fields(field(lock, 'importers')).map(([, importer]) => importer)];
    return each([...all, ...importers.map((importer) => direct(importer, name))]);
  };
  const root = field(field(lock, 'importers'), '.') ?? lock;
  return { versionOf: (name) => direct(root, name), versionsOf };
}

/** Both forms: `mongoose@^8.0.0:` of Yarn 1 and `"mongoose@npm:^8.0.0":` of later ones. */
function fromYarn(text: string, path: string): Read {
  let lock: unknown;
  try {
    lock = parseSyml(text);
  } catch (error) {
    const at = /line (\d+), column (\d+)/i.exec(error instanceof Error ? error.message : '');
    throw new Problem('malformed yarn.lock', { where: `${path}:${at?.[1] ?? 1}:${at?.[2] ?? 1}` });
  }
  const entries = fields(lock).map(([key, entry]) => ({ patterns: key.split(/\s*,\s*/), entry }));
  return {
    versionOf: (name, range) => {
      const found = entries.find(
        ({ patterns }) => patterns.includes(`${name}@${range}`) || patterns.includes(`${name}@npm:${range}`),
      );
      return found === undefined ? null : version(field(found.entry, 'version'));
    },
    versionsOf: (name) =>
      each(
        entries
          .filter(({ patterns }) => patterns.some((pattern) => pattern.startsWith(`${name}@`)))
          .map(({ entry }) => field(entry, 'version')),
      ),
  };
}

function each(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.flatMap((value) => version(value) ?? []))].sort();
}

function version(value: unknown): string | null {
  return typeof value === 'string' && /^\d/.test(value) ? value : null;
}
