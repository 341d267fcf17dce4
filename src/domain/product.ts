/** Stable name of a product in neap: `mongodb`, `mongodb-driver`, `ioredis`. Lower case, digits and hyphens. */
export type ProductId = string;

export type ProductKind = 'engine' | 'driver' | 'client' | 'odm' | 'queue' | 'runtime' | 'framework';

/** How a product's version numbers are read; the functions are in src/versioning. */
export type SchemeId = 'semver' | 'mongodb' | 'redis' | 'two-part' | 'calver' | 'dotted';

/** One place that speaks of a product. `type` names the feed in src/feeds, whose README says which of the other keys it takes. */
export interface FeedRef {
  readonly type: string;
  /** Name of the package in its registry: npm, PyPI, apt, an advisory database. */
  readonly package?: string;
  /** A path, relative to the file that names it. */
  readonly path?: string;
  /** `owner/name` on GitHub. */
  readonly repository?: string;
  /** Forms of the product's tags or titles: `r{version}`, `redis@{version}`, `REL_{version_}` (underscores for dots). `{version}` when absent. */
  readonly tags?: readonly string[];
  /** Address of what is read, or of another service speaking the same format. */
  readonly url?: string;
  /** The product's name there (endoflife.date's `mongodb`). */
  readonly name?: string;
  /** advisories: `npm`, `PyPI`, `Go` … */
  readonly ecosystem?: string;
  /** advisories: which database is asked. */
  readonly from?: 'osv' | 'github';
  /** debian-packages: suite, component and architecture of the repository at `url`. */
  readonly suite?: string;
  readonly component?: string;
  readonly arch?: string;
  /** The place lists every release, though its kind of place need not. */
  readonly complete?: boolean;
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
  | 'correction'
  | 'notes'
  | 'release-page'
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
