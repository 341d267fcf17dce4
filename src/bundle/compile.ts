import type { ClaimRow, HistoryFile, LineRow, ReleaseRow, SourceRow } from '../catalogue/history-file.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { compareLines, compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { withoutBulkImports } from './bulk-imports.ts';
import { linesFrom, linesFromPage } from './lifecycle.ts';
import { type Family, releasesFrom, releasesFromReleaseData } from './releases.ts';
import { SOURCES } from './sources.ts';
import { releasesFromTags } from './tags.ts';
import { Tally } from './tally.ts';
import { validate } from './validate.ts';

/** What the collected files are called for each product. */
interface Recipe {
  readonly releases?: { readonly path: string; readonly family: Family };
  readonly releaseData?: string;
  /** Tags of a repository, read by the forms of the product's github-tags feed. */
  readonly tags?: string;
  readonly lifecycle?: string;
  /** A product page, where there is no history of its lifecycle. */
  readonly page?: string;
}

const npm = (name: string): Recipe => ({ releases: { path: `releases/${name}.json`, family: 'npm' } });

const tags = (repository: string): Recipe => ({ tags: `tags/${repository.replace('/', '__')}.json` });
const otherVendor = (name: string): Recipe => ({
  releaseData: `other-vendors/release-data/${name}.json`,
  page: `other-vendors/products/${name}.json`,
});

const OTHER_VENDORS: readonly ProductId[] = [
  'angular',
  'apache-cassandra',
  'apache-kafka',
  'clickhouse',
  'cockroachdb',
  'couchbase-server',
  'debian',
  'django',
  'elasticsearch',
  'go',
  'influxdb',
  'kubernetes',
  'mariadb',
  'memcached',
  'mysql',
  'neo4j',
  'nginx',
  'opensearch',
  'php',
  'postgresql',
  'python',
  'rabbitmq',
  'react',
  'ruby-on-rails',
];

/** Products that are not named here have feeds, but no history ships with neap. */
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
  pymongo: tags('mongodb/mongo-python-driver'),
  'mongodb-java-driver': tags('mongodb/mongo-java-driver'),
  'mongodb-go-driver': tags('mongodb/mongo-go-driver'),
  mongosh: tags('mongodb-js/mongosh'),
  'mongodb-tools': tags('mongodb/mongo-tools'),
  'redis-py': tags('redis/redis-py'),
  'go-redis': tags('redis/go-redis'),
  jedis: tags('redis/jedis'),
  ...Object.fromEntries(OTHER_VENDORS.map((id) => [id, otherVendor(id)])),
};

export interface Compiled {
  readonly file: HistoryFile;
  readonly leftOut: Tally;
}

/**
 * Compiles the history of one product from the collected feeds; `null` when nothing was collected of it.
 * @throws Problem when something there makes no sense.
 */
export function compile(dir: string, product: Product): Compiled | null {
  const recipe = RECIPES[product.id];
  if (recipe === undefined) return null;
  const leftOut = new Tally();
  const releases = [
    ...(recipe.releases === undefined ? [] : releasesFrom(dir, recipe.releases.path, recipe.releases.family, leftOut)),
    ...(recipe.releaseData === undefined ? [] : releasesFromReleaseData(dir, recipe.releaseData, leftOut)),
    ...(recipe.tags === undefined ? [] : releasesFromTags(dir, recipe.tags, product, leftOut)),
  ];
  const lines = [
    ...(recipe.lifecycle === undefined ? [] : linesFrom(dir, recipe.lifecycle, leftOut)),
    ...(recipe.page === undefined ? [] : linesFromPage(dir, recipe.page)),
  ];
  const readable = releases.filter(({ v }) => schemeOf(product.versioning).parse(v) !== null);
  if (readable.length < releases.length) {
    leftOut.leaveOut(
      `names that are no version of the scheme ${product.versioning}`,
      releases.length - readable.length,
    );
  }
  const ordered = withoutBulkImports(readable, product, leftOut).toSorted(byVersion(product));
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
