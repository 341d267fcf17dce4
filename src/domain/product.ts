/** Stable name of a product in neap: `mongodb`, `mongodb-driver`, `ioredis`. Lower case, digits and hyphens. */
export type ProductId = string;

export type ProductKind = 'engine' | 'driver' | 'client' | 'odm' | 'queue' | 'runtime';

/** How a product's version numbers are read; the functions are in src/versioning. */
export type SchemeId = 'semver' | 'mongodb' | 'redis' | 'two-part' | 'calver';

/** One place that speaks of a product. `type` names the feed in src/feeds; the other keys are that feed's own. */
export interface FeedRef {
  readonly type: string;
  /** npm: the package name. */
  readonly package?: string;
  /** file: a path, relative to the file that names it. */
  readonly path?: string;
}

export interface Product {
  readonly id: ProductId;
  /** As people write it: `MongoDB`, `Node driver`. */
  readonly name: string;
  readonly kind: ProductKind;
  /** Group heading in the calendar: `MongoDB`, `Redis`, `Runtime`. */
  readonly vendor: string;
  readonly versioning: SchemeId;
  /** The order in which kinds of claims decide a release's effective date; first present wins. Design.md section 5. */
  readonly effective: readonly ClaimKind[];
  /** Precision of an effective date that only a tag supports; `day` when absent. */
  readonly tagPrecision?: Precision;
  readonly feeds: readonly FeedRef[];
  /** npm package that carries it, used by `init`; `null` when it is not on npm. */
  readonly npm: string | null;
}

/** What a claimed date is of. The first group speaks of one version, the second of a line. */
export type ClaimKind = VersionClaimKind | LineClaimKind;
export type VersionClaimKind =
  | 'notes'
  | 'changelog'
  | 'first-seen'
  | 'tag'
  | 'build'
  | 'tag-seen'
  | 'registry'
  | 'declared'
  | 'lifecycle';
export type LineClaimKind = 'ga' | 'support-end' | 'eol' | 'extended-end' | 'lts';

export type Precision = 'day' | 'month' | 'quarter';
