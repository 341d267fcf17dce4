import type { Freeze, FreezeScope, OwnProduct, Policy, RuleException, Watch } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';

/** neap.yaml as written, after the schema has accepted it. */
export interface RawConfig {
  readonly team?: {
    readonly name?: string;
    readonly timezone?: string;
    readonly workdays?: readonly string[];
    readonly holidays?: readonly RawHolidays[];
    readonly sprint?: {
      readonly start?: Day;
      readonly days?: number;
      readonly first?: number;
      readonly capacity?: number | null;
      readonly exceptions?: readonly { readonly start: Day; readonly days: number }[];
    };
  };
  readonly stack: readonly RawItem[];
  readonly policy?: RawPolicy;
  readonly freezes?: readonly RawFreeze[];
  readonly modelChanges?: readonly RawChange[];
  readonly upgrades?: readonly {
    readonly store: string;
    readonly to: string;
    readonly by?: Day;
    readonly priority?: number;
  }[];
  readonly exceptions?: readonly RuleException[];
  readonly gate?: { readonly model?: readonly string[]; readonly migrations?: readonly string[] };
  readonly products?: readonly (Pick<OwnProduct, 'id' | 'kind' | 'versioning'> & Partial<OwnProduct>)[];
}

/** Any of the keys, and any of the keys of a group. */
export type RawPolicy = {
  readonly [Key in Exclude<keyof Policy, 'watch'>]?: Policy[Key] extends number | readonly unknown[]
    ? Policy[Key]
    : Partial<Policy[Key]>;
} & { readonly watch?: Readonly<Record<string, Watch | { readonly off: string }>> };

/** A word of `blocks`: `all` stands for every kind of work. */
export type RawScope = FreezeScope | 'all';

/** Dated by `from` and `until`, or recurring: on a weekday, or in the first or last days of each sprint. */
export interface RawFreeze extends Partial<Pick<Freeze, 'from' | 'until' | 'allow'>> {
  readonly name: string;
  readonly blocks?: RawScope | readonly RawScope[];
  readonly every?: { readonly weekday: string; readonly weeks?: number; readonly days?: number; readonly start?: Day };
  readonly sprint?: { readonly first?: number; readonly last?: number };
}

export interface RawHolidays {
  readonly country?: string;
  readonly before?: number;
  readonly days?: readonly Day[];
}

export interface RawItem {
  readonly id?: string;
  readonly product: string;
  readonly running?: string;
  readonly range?: string;
  readonly for?: string;
  readonly edition?: string;
  readonly topology?: string;
  readonly platform?: string;
  readonly fcv?: string;
}

export interface RawChange {
  readonly id: string;
  readonly store: string;
  readonly models?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly type?: string;
  readonly days?: number;
  readonly effort?: number;
  readonly priority?: number;
  readonly notBefore?: Day;
  readonly deadline?: Day;
  readonly after?: readonly string[];
  readonly rerunnable?: boolean;
  readonly rollback?: string;
  readonly strategy?: 'migration' | 'state';
  readonly phases?: 'apart' | 'together';
}
