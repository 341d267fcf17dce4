import semver from 'semver';
import { parseJson } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { field, readText } from './files.ts';
import { readLockfile } from './lockfiles.ts';

/** A package of the catalogue among the folder's direct dependencies. */
export interface DetectedPackage {
  readonly product: ProductId;
  /** As package.json has it; `null` when that is no semver range (`latest`, `workspace:*`). */
  readonly range: string | null;
  /** Locked version; `null` without a lockfile. */
  readonly running: string | null;
  /** The engine of the same vendor; `null` when neap knows none. */
  readonly store: ProductId | null;
}

const SECTIONS = ['dependencies', 'optionalDependencies', 'devDependencies'];

/** What the text of a package.json demands of a package, in any section. @throws Problem with its place when it is malformed. */
export function rangesIn(text: string, path: string): (name: string) => readonly string[] {
  const manifest = parseJson(text, path);
  return (name) => {
    const given = SECTIONS.map((section) => field(field(manifest, section), name));
    return [...new Set(given.filter((range) => typeof range === 'string'))].sort();
  };
}

/** What package.json and the lockfile of npm, pnpm or Yarn say. @throws Problem with its place when a file is malformed. */
export function detectPackages(dir: string, products: readonly Product[]): readonly DetectedPackage[] {
  const file = readText(dir, 'package.json');
  if (file === null) return [];
  const manifest = parseJson(file.text, file.path);
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new Problem('not a package description: it must hold an object', { where: `${file.path}:1:1` });
  }
  const lock = readLockfile(dir);
  const engineOf = (product: Product) =>
    products.find((other) => other.kind === 'engine' && other.vendor === product.vendor);
  return products.flatMap((product): readonly DetectedPackage[] => {
    const name = product.npm;
    if (name === null) return [];
    const spec = SECTIONS.map((section) => field(field(manifest, section), name)).find((text) => text !== undefined);
    if (typeof spec !== 'string') return [];
    return [
      {
        product: product.id,
        range: semver.validRange(spec) === null || spec.trim() === '' ? null : spec.trim(),
        running: lock?.versionOf(name, spec) ?? null,
        store: engineOf(product)?.id ?? null,
      },
    ];
  });
}
