import type { Policy } from '../domain/config.ts';
import { addDays, type Day, maxDay } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { YOUNGEST_PATCH } from './target.ts';

/** When the policy lets a line be entered. */
export interface Ripeness {
  /** First day, which may be past; `null`: nobody can say, for releases are missing. */
  readonly from: Day | null;
  /** One sentence. */
  readonly because: string;
  /** General releases of the line that must come first, the very first one included; 0: none. */
  readonly missing: number;
  /** Day of its first general release, past or announced; `null`: not known. */
  readonly ga: Day | null;
}

interface Question {
  readonly product: Product;
  readonly history: History;
  readonly policy: Pick<Policy['engineUpgrades'], 'minAge' | 'minPatch'>;
  readonly asOf: Day;
}

/** The day by which so many more general releases of a line are out; `null`: nobody can say. */
export type ReleasesBy = (line: string, count: number) => Day | null;

/** Whether a line is old enough and has patches enough, and if not, from when on or what is missing. Pure. */
export function ripenessOf({ product, history, policy, asOf }: Question, line: string): Ripeness {
  const days = history.releases
    .flatMap((one) => (one.line === line && one.level !== 'prerelease' && one.date !== null ? [one.date] : []))
    .sort();
  const out = days.filter((date) => date <= asOf);
  const ga = history.lines.find((one) => one.line === line)?.ga ?? days[0] ?? null;
  const [first] = out;
  if (first === undefined) {
    const because = `no release of ${product.name} ${line} is out${ga === null ? '' : `; it is announced for ${ga}`}`;
    return { from: null, because, missing: 1 + policy.minPatch, ga };
  }
  const patches = out.length - 1;
  if (patches < policy.minPatch) {
    const has = `${line} has ${patches} ${patches === 1 ? 'patch' : 'patches'}`;
    const because = `${has}, the policy wants ${policy.minPatch}`;
    return { from: null, because, missing: policy.minPatch - patches, ga };
  }
  const from = ripeOn(ga ?? first, policy);
  const because =
    from === addDays(ga ?? first, policy.minAge)
      ? `${line} came out on ${ga ?? first}; the policy waits ${policy.minAge} days, until ${from}`
      : `${line} came out on ${ga ?? first}; a release is left alone for its first ${YOUNGEST_PATCH} days`;
  return { from, because, missing: 0, ga };
}

/**
 * First day on which the line is expected to be ripe: the known one, else by what is forecast of its missing releases; `null` where a day
 * is missing. Pure.
 */
export function ripeFrom(
  { from, missing, ga }: Ripeness,
  line: string,
  policy: Question['policy'],
  releasesBy: ReleasesBy | undefined,
): Day | null {
  if (from !== null) return from;
  const [first, last] = [ga ?? releasesBy?.(line, 1) ?? null, releasesBy?.(line, missing) ?? null];
  return first === null || last === null ? null : maxDay(last, ripeOn(first, policy));
}

/** By age alone: the policy's own, and never in the first week. */
function ripeOn(ga: Day, { minAge }: Question['policy']): Day {
  return addDays(ga, Math.max(minAge, YOUNGEST_PATCH));
}
