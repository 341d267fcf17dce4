import { parseSyml } from '@yarnpkg/parsers';
import { parseDocument } from 'yaml';
import { parseJson } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import { field, fields, readText } from './files.ts';

/** Locked version of each direct dependency, by package name, and the file that says so. */
export interface Locked {
  readonly file: string;
  readonly versionOf: (name: string, range: string) => string | null;
}

/** One kind of lockfile; adding one is a function and a line in `LOCKFILES`. */
interface Lockfile {
  readonly name: string;
  readonly read: (text: string, path: string) => Locked['versionOf'];
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
    if (found !== null) return { file: name, versionOf: read(found.text, found.path) };
  }
  return null;
}

function fromNpm(text: string, path: string): Locked['versionOf'] {
  const lock = parseJson(text, path);
  return (name) =>
    version(field(field(field(lock, 'packages'), `node_modules/${name}`), 'version')) ??
    // npm 6 and before.
    version(field(field(field(lock, 'dependencies'), name), 'version'));
}

/** pnpm writes `8.19.1(socks@2.8)` where peers decide; from version 6 on under `importers`, before at the top. */
function fromPnpm(text: string, path: string): Locked['versionOf'] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0];
    throw new Problem(`malformed YAML: ${error.message.split('\n')[0]}`, {
      where: `${path}:${at?.line ?? 1}:${at?.col ?? 1}`,
    });
  }
  const lock: unknown = document.toJS();
  const root = field(field(lock, 'importers'), '.') ?? lock;
  const sections = ['dependencies', 'optionalDependencies', 'devDependencies'];
  return (name) => {
    for (const section of sections) {
      const entry = field(field(root, section), name);
      const found = version(entry) ?? version(field(entry, 'version'));
      if (found !== null) return found.split('(')[0]?.replace(/_.*$/, '') ?? null;
    }
    return null;
  };
}

/** Both forms: `mongoose@^8.0.0:` of Yarn 1 and `"mongoose@npm:^8.0.0":` of later ones. */
function fromYarn(text: string, path: string): Locked['versionOf'] {
  let lock: unknown;
  try {
    lock = parseSyml(text);
  } catch (error) {
    const at = /line (\d+), column (\d+)/i.exec(error instanceof Error ? error.message : '');
    throw new Problem('malformed yarn.lock', { where: `${path}:${at?.[1] ?? 1}:${at?.[2] ?? 1}` });
  }
  return (name, range) => {
    for (const [key, entry] of fields(lock)) {
      const patterns = key.split(/\s*,\s*/);
      if (patterns.includes(`${name}@${range}`) || patterns.includes(`${name}@npm:${range}`)) {
        return version(field(entry, 'version'));
      }
    }
    return null;
  };
}

function version(value: unknown): string | null {
  return typeof value === 'string' && /^\d/.test(value) ? value : null;
}
