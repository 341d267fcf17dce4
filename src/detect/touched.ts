import picomatch from 'picomatch';
import table from '../../data/changes/touched.json' with { type: 'json' };
import type { TouchedWork } from '../domain/gate.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { composeImages, type DetectedImage, dockerfileImages } from './containers.ts';
import { isLockfile, lockedIn } from './lockfiles.ts';
import { rangesIn } from './packages.ts';

/** A file that a change touches. */
export interface TouchedFile {
  /** From the root of the repository, `/` between folders. */
  readonly path: string;
  /** Where it was before, when it was moved; otherwise `path`. */
  readonly from: string;
  /** Its text on either side; `null` where it is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What to look for beside the table: the team's own globs, which stand in for those of the table, and the products neap knows. */
export interface Sought {
  /** Files that hold models; `null`: what the table finds by path and text. */
  readonly model: readonly string[] | null;
  readonly migrations: readonly string[] | null;
  readonly products: readonly Product[];
}

type Group = 'model' | 'migrations';

interface Row {
  readonly group: Group;
  readonly what: string;
  readonly matches: (path: string) => boolean;
  readonly content: readonly RegExp[];
  readonly engines: readonly ProductId[] | null;
}

const ROWS: readonly Row[] = table.rows.map(({ group, what, files, content, engines }) => ({
  group: group as Group,
  what,
  matches: matcher(files),
  content: content.map((pattern) => new RegExp(pattern)),
  engines,
}));
const IGNORED = matcher(table.ignored);
const COMPOSE = matcher(table.compose);
const DOCKERFILE = matcher(table.dockerfiles);

/** Globs as git users write them: `**` crosses folders, a leading dot is nothing special. */
function matcher(globs: readonly string[]): (path: string) => boolean {
  const matches = picomatch([...globs], { dot: true });
  // A line break in a name would match no glob, and the file be overlooked.
  return (path) => matches(path.replace(/[\r\n]/g, ' '));
}

/** Whether a file can show any kind of work, so that its text is worth reading. */
export function isTelling(path: string, { model, migrations }: Pick<Sought, 'model' | 'migrations'>): boolean {
  if (readsVersions(path) || matcher([...(model ?? []), ...(migrations ?? [])])(path)) return true;
  return !IGNORED(path) && ROWS.some((row) => row.matches(path));
}

function readsVersions(path: string): boolean {
  const name = nameOf(path);
  if (path.split('/').includes('node_modules')) return false;
  return isLockfile(name) || name === 'package.json' || COMPOSE(path) || DOCKERFILE(path);
}

/**
 * The work that touched files show, in the order of the files, each piece once. Pure.
 * @throws Problem with its place when a lockfile, package.json or compose file is malformed as it is now.
 */
export function workIn(files: readonly TouchedFile[], sought: Sought): readonly TouchedWork[] {
  const found = files.flatMap((file) => [...versionWork(file, sought.products), ...modelWork(file, sought)]);
  const packages = found.filter(({ kind }) => kind === 'package');
  // The lockfile says which version comes; the range beside it says nothing more.
  return found.filter((work) => {
    const isRange = work.kind === 'package' && nameOf(work.file) === 'package.json';
    return (
      !isRange ||
      !packages.some((other) => isLockfile(nameOf(other.file)) && other.products?.[0] === work.products?.[0])
    );
  });
}

function modelWork(file: TouchedFile, sought: Sought): readonly TouchedWork[] {
  const work = (what: string, engines: Row['engines'], line: number | null): readonly TouchedWork[] => [
    { kind: 'model', file: file.path, line, what, products: engines, before: null, after: null },
  ];
  for (const group of ['migrations', 'model'] as const) {
    // A model that was only moved is the same; a migration is known by its name.
    if (group === 'model' && file.before === file.after) continue;
    const globs = sought[group];
    const rows = ROWS.filter((row) => row.group === group);
    if (globs === null) {
      const like = rows.filter(
        (row) => isThere(file, (path) => row.matches(path) && !IGNORED(path)) && holds(file, row),
      );
      const [row] = [...like.filter(({ engines }) => engines !== null), ...like];
      if (row !== undefined) return work(row.what, enginesOf(like), lineOf(file, row));
    } else if (isThere(file, matcher(globs))) {
      const like = ROWS.filter((row) => row.content.length > 0 && isThere(file, row.matches) && holds(file, row));
      return work(like[0]?.what ?? (group === 'model' ? 'model' : 'migration'), enginesOf(like), null);
    }
  }
  return [];
}

/** All that any of the rows names; `null`: none names one. */
function enginesOf(rows: readonly Row[]): Row['engines'] {
  const engines = [...new Set(rows.flatMap((row) => row.engines ?? []))];
  return engines.length === 0 ? null : engines;
}

/** By the path now or before: what moves into or out of a place is a change of it. */
function isThere({ path, from }: TouchedFile, matches: (path: string) => boolean): boolean {
  return matches(path) || matches(from);
}

function holds({ before, after }: TouchedFile, { content }: Row): boolean {
  return [before, after].some((text) => content.every((pattern) => pattern.test(text ?? '')));
}

function lineOf({ after }: TouchedFile, { content }: Row): number | null {
  const at = content.at(-1)?.exec(after ?? '')?.index;
  return at === undefined || after === null ? null : lineAt(after, at);
}

function versionWork(file: TouchedFile, products: readonly Product[]): readonly TouchedWork[] {
  const name = nameOf(file.path);
  if (!readsVersions(file.path)) return [];
  if (isLockfile(name)) {
    return packageWork(
      file,
      products,
      sides(file, (text) => lockedIn(name, text, file.path)),
    );
  }
  if (name === 'package.json') {
    return packageWork(
      file,
      products,
      sides(file, (text) => rangesIn(text, file.path)),
    );
  }
  const read = COMPOSE(file.path) ? composeImages : dockerfileImages;
  return imageWork(
    file,
    sides(file, (text) => read(text, file.path)),
  );
}

/** Both sides of a file, read. What is unreadable before is as if it had not been there. */
function sides<T>({ before, after }: TouchedFile, read: (text: string) => T): { before: T | null; after: T | null } {
  const now = after === null ? null : read(after);
  try {
    return { before: before === null ? null : read(before), after: now };
  } catch {
    return { before: null, after: now };
  }
}

type Versions = (npm: string) => readonly string[];

function packageWork(
  file: TouchedFile,
  products: readonly Product[],
  { before, after }: { readonly before: Versions | null; readonly after: Versions | null },
): readonly TouchedWork[] {
  return products.flatMap(({ id, name, npm }): readonly TouchedWork[] => {
    if (npm === null) return [];
    const [old, fresh] = [before?.(npm) ?? [], after?.(npm) ?? []];
    return changed(old, fresh, { kind: 'package', file, name, product: id, mark: `"${npm}"` });
  });
}

function imageWork(
  file: TouchedFile,
  {
    before,
    after,
  }: { readonly before: readonly DetectedImage[] | null; readonly after: readonly DetectedImage[] | null },
): readonly TouchedWork[] {
  const all = [...(before ?? []), ...(after ?? [])];
  return [...new Set(all.map(({ product }) => product))].flatMap((product) => {
    const of = (images: readonly DetectedImage[] | null) =>
      [...new Set((images ?? []).filter((one) => one.product === product).map(({ image }) => image))].sort();
    const fresh = of(after);
    return changed(of(before), fresh, { kind: 'engine', file, name: '', product, mark: fresh[0] ?? '' }).map(
      (work) => ({
        ...work,
        before: tagOf(work.before),
        after: tagOf(work.after),
      }),
    );
  });
}

/** `mongo:8.0.4-noble` is of version 8.0.4; `redis:7` of 7, as exact as it is. */
function tagOf(image: string | null): string | null {
  return /:v?(\d+(?:\.\d+)*)[^/]*$/.exec(image?.split('@')[0] ?? '')?.[1] ?? null;
}

interface Subject {
  readonly kind: TouchedWork['kind'];
  readonly file: TouchedFile;
  readonly name: string;
  readonly product: ProductId;
  /** Text that stands where the new version does. */
  readonly mark: string;
}

/** What differs, the versions of both sides left out. */
function changed(old: readonly string[], fresh: readonly string[], subject: Subject): readonly TouchedWork[] {
  const gone = old.filter((version) => !fresh.includes(version));
  const come = fresh.filter((version) => !old.includes(version));
  if (gone.length === 0 && come.length === 0) return [];
  const { kind, file, name, product, mark } = subject;
  const at = mark === '' ? -1 : (file.after?.indexOf(mark) ?? -1);
  const words = [name, gone.join(', ') || 'none', '→', come.join(', ') || 'none'].filter((word) => word !== '');
  return [
    {
      kind,
      file: file.path,
      line: at < 0 || file.after === null ? null : lineAt(file.after, at),
      what: words.join(' '),
      products: [product],
      before: gone.length === 1 ? (gone[0] ?? null) : null,
      after: come.length === 1 ? (come[0] ?? null) : null,
    },
  ];
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
