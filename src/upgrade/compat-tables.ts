import bullmq from '../../data/compat/bullmq.json' with { type: 'json' };
import ioredis from '../../data/compat/ioredis.json' with { type: 'json' };
import c from '../../data/compat/mongodb-c-driver.json' with { type: 'json' };
import csharp from '../../data/compat/mongodb-csharp-driver.json' with { type: 'json' };
import node from '../../data/compat/mongodb-driver.json' with { type: 'json' };
import go from '../../data/compat/mongodb-go-driver.json' with { type: 'json' };
import java from '../../data/compat/mongodb-java-driver.json' with { type: 'json' };
import php from '../../data/compat/mongodb-php-driver.json' with { type: 'json' };
import ruby from '../../data/compat/mongodb-ruby-driver.json' with { type: 'json' };
import rust from '../../data/compat/mongodb-rust-driver.json' with { type: 'json' };
import mongoose from '../../data/compat/mongoose.json' with { type: 'json' };
import nodeRedis from '../../data/compat/node-redis.json' with { type: 'json' };
import pymongo from '../../data/compat/pymongo.json' with { type: 'json' };
import type { ProductId } from '../domain/product.ts';

/** Which engine lines the versions of one package admit: a file of data/compat/. */
export interface Compat {
  readonly product: ProductId;
  readonly engine: ProductId;
  /** Of an ODM: the driver it depends on, and the driver's name in the ODM's manifest. */
  readonly driver?: { readonly product: ProductId; readonly package: string };
  /** What happens with an engine below or above its range: it `refuses`, or connects `untested`. */
  readonly below: string;
  readonly above: string;
  /** Ascending by `from`. */
  readonly rows: readonly CompatRow[];
  /** What may go wrong with some of its versions. */
  readonly notes: readonly CompatNote[];
}

export interface CompatRow {
  /** First version it holds for; up to the next row. */
  readonly from: string;
  readonly released: string | null;
  /** Range of Node.js it declares; `null`: none, or no package of Node.js. */
  readonly node: string | null;
  /** Range of the driver it depends on; absent where it depends on none. */
  readonly driver?: string;
  /** Lowest and highest engine line, both included; an end is `null` where no limit is stated, the whole where nothing was read. */
  readonly server: readonly (string | null)[] | null;
  /** What the vendor's own table says of a line: full, partial, no. */
  readonly documented: Readonly<Record<string, string | undefined>> | null;
  readonly verified: boolean;
  readonly source: string;
}

export interface CompatNote {
  /** semver range of the package. */
  readonly versions: string;
  /** First engine line it matters on; `null`: every one. */
  readonly engineFrom: string | null;
  readonly severity: string;
  readonly text: string;
  readonly verified: boolean;
  readonly source: string;
}

type File = Omit<Compat, 'notes'> & { readonly notes?: readonly CompatNote[] };

const FILES: readonly File[] = [
  node,
  mongoose,
  nodeRedis,
  ioredis,
  bullmq,
  pymongo,
  java,
  go,
  csharp,
  rust,
  php,
  ruby,
  c,
];

/** One file a package; adding one is a file in data/compat/ and a line here. */
export const COMPAT: readonly Compat[] = FILES.map((file) => ({ ...file, notes: file.notes ?? [] }));
