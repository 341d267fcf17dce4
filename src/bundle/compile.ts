import type { ClaimRow, HistoryFile, LineRow, ReleaseRow, SourceRow } from '../catalogue/history-file.ts';
import { Problem } from '../domain/problem.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { compareLines, compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { linesFrom } from './lifecycle.ts';
import { type Family, releasesFrom, releasesFromReleaseData } from './releases.ts';
import { SOURCES } from './sources.ts';
import { Tally } from './tally.ts';
import { validate } from './validate.ts';

/** What the collected files are called for each product. */
interface Recipe {
  readonly releases?: { readonly path: string; readonly family: Family };
  readonly releaseData?: string;
  readonly lifecycle?: string;
}

const npm = (name: string): Recipe => ({ releases: { path: `releases/${name}.json`, family: 'npm' } });

const RECIPES: Readonly<Record<ProductId, Recipe>> = {
  mongodb: {
    releases: { path: 'releases/mongodb-server.json', family: 'mongodb' },
    lifecycle: 'endoflife/history/mongodb.lifecycle.json',
  },
  'mongodb-driver': npm('mongodb-driver'),
  mongoose: npm('mongoose'),
  redis: {
    releases: { path: 'releases/redis-server.json', family: 'redis' },
    lifecycle: 'endoflife/history/redis.lifecycle.json',
  },
  'node-redis': npm('redis'),
  ioredis: npm('ioredis'),
  bullmq: npm('bullmq'),
  nodejs: {
    releaseData: 'endoflife/release-data/nodejs.json',
    lifecycle: 'endoflife/history/nodejs.lifecycle.json',
  },
  valkey: {
    releaseData: 'endoflife/release-data/valkey.json',
    lifecycle: 'endoflife/history/valkey.lifecycle.json',
  },
};

export interface Compiled {
  readonly file: HistoryFile;
  readonly leftOut: Tally;
}

/** Compiles the history of one product from the collected feeds. @throws Problem when something there makes no sense. */
export function compile(dir: string, product: Product): Compiled {
  const recipe = RECIPES[product.id];
  if (recipe === undefined) {
    throw new Problem(
      `${product.id} is in data/products.json but src/bundle/compile.ts does not say what to compile it from`,
    );
  }
  const leftOut = new Tally();
  const releases = [
    ...(recipe.releases === undefined ? [] : releasesFrom(dir, recipe.releases.path, recipe.releases.family, leftOut)),
    ...(recipe.releaseData === undefined ? [] : releasesFromReleaseData(dir, recipe.releaseData)),
  ];
  const lines = recipe.lifecycle === undefined ? [] : linesFrom(dir, recipe.lifecycle, leftOut);
  const readable = releases.filter(({ v }) => schemeOf(product.versioning).parse(v) !== null);
  if (readable.length < releases.length) {
    leftOut.leaveOut(
      `names that are no version of the scheme ${product.versioning}`,
      releases.length - readable.length,
    );
  }
  const ordered = readable.toSorted(byVersion(product));
  const file: HistoryFile = {
    schemaVersion: 1,
    product: product.id,
    sources: sourcesOf(ordered, lines),
    releases: ordered,
    lines: lines.toSorted((a, b) => compareLines(a.line, b.line)),
  };
  validate(file, product);
  return { file, leftOut };
}

function byVersion(product: Product): (a: ReleaseRow, b: ReleaseRow) => number {
  const scheme = schemeOf(product.versioning);
  return (a, b) => {
    const [left, right] = [scheme.parse(a.v), scheme.parse(b.v)];
    if (left === null || right === null) return Number(left !== null) - Number(right !== null) || (a.v < b.v ? -1 : 1);
    return compareVersions(left, right);
  };
}

/** The sources that speak somewhere in the file, in the order of the list. */
function sourcesOf(releases: readonly ReleaseRow[], lines: readonly LineRow[]): readonly SourceRow[] {
  const claims: readonly ClaimRow[] = [
    ...releases.flatMap((row) => row.claims ?? []),
    ...lines.flatMap((row) => row.claims),
  ];
  const named = new Set(claims.map((claim) => claim[2]));
  const all: readonly SourceRow[] = Object.values(SOURCES);
  return all.filter(({ id }) => named.has(id));
}
