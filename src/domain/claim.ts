import type { Day } from './day.ts';
import type { ClaimKind, Precision, ProductId } from './product.ts';

/**
 * One source's word for one date. Never overwritten: a source that changes its mind makes a new claim with a later `knownFrom`.
 * Design.md section 5.
 */
export interface Claim {
  readonly product: ProductId;
  /** A version (`8.0.4`) or a line (`8.0`), told apart by `of`. */
  readonly subject: string;
  readonly of: ClaimKind;
  /**
   * `dated`: the source gives `day`. `unknown`: it says it does not know (null upstream). `over`: it says the day has passed but
   * not which. `none`: it says there is no such phase. An absent claim is a fifth thing: the source said nothing.
   */
  readonly state: 'dated' | 'unknown' | 'over' | 'none';
  /** `null` unless `state` is `dated`. With month or quarter precision: its first day. */
  readonly day: Day | null;
  readonly precision: Precision;
  /** Id of the source, see `Source`. */
  readonly source: string;
  /** The first day on which somebody asking this source would have heard this. */
  readonly knownFrom: Day;
  /** The last day on which a reading still found it. */
  readonly confirmed: Day;
  /** Why the date is not to be believed (a mirror's publish time, say); `null` when nothing speaks against it. */
  readonly suspect: string | null;
}

/** Where claims come from, named in every answer. */
export interface Source {
  readonly id: string;
  /** As shown to people: `MongoDB release notes`. */
  readonly name: string;
  /** Address or repository and commit; `null` for a user's own file. */
  readonly origin: string | null;
  readonly licence: string | null;
}
