import type { Day } from '../domain/day.ts';
import { daysBetween } from '../domain/day.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { disagreementsOf } from '../ledger/disagreements.ts';
import { patchGapsOf } from '../ledger/patch-gaps.ts';
import type { Ledger, Store } from '../store/store.ts';

/** Something wrong or doubtful in the facts. Data only; its words are whole sentences for people. */
export interface Finding {
  readonly kind:
    | 'stale'
    | 'unknown'
    | 'no-source'
    | 'failed-visit'
    | 'clock'
    | 'disagreement'
    | 'after-eol'
    | 'patch-gap'
    | 'suspect'
    | 'undated'
    | 'vanished';
  readonly product: ProductId;
  /** A plan depends on it: proposals may stand, but nothing that needs calm may rely on them. */
  readonly blocks: boolean;
  readonly what: string;
  /** What to do; `null` when there is nothing to do but know it. */
  readonly fix: string | null;
  /** The single cases behind it: versions, lines, sources. */
  readonly cases: readonly string[];
}

export interface DoctorInput {
  readonly store: Pick<Store, 'ledger' | 'readings' | 'failures' | 'vanished' | 'sources'>;
  readonly overview: Overview;
  readonly today: Day;
}

/** Examines the facts behind every product of the stack. What blocks comes first; within that, in the order of the stack. */
export function examine({ store, overview, today }: DoctorInput): readonly Finding[] {
  const seen = new Set<ProductId>();
  const findings = overview.lanes.flatMap((lane) => {
    const { product } = lane;
    if (seen.has(product.id)) return [];
    seen.add(product.id);
    const ledger = store.ledger(product.id, overview.asOf);
    return [
      ...depended(lane, overview),
      ...visits(product, store, today),
      ...dates(lane, ledger, store.sources()),
      ...vanished(product, store),
    ];
  });
  return [...findings.filter((one) => one.blocks), ...findings.filter((one) => !one.blocks)];
}

/** What a plan depends on: fresh readings and a forecast. */
function depended({ product, history, forecast, stale, watch }: Lane, { config, asOf }: Overview): readonly Finding[] {
  const { staleAfter } = config.policy;
  const findings: Finding[] = [];
  const add = (kind: Finding['kind'], what: string, fix: string | null) =>
    findings.push({ kind, product: product.id, blocks: watch !== 'off', what, fix, cases: [] });
  if (stale) {
    const { observedThrough } = history;
    const age = observedThrough === null ? null : daysBetween(observedThrough, asOf);
    const what =
      age === null
        ? `${product.name} was never read completely`
        : `${product.name} was read completely last on ${observedThrough}, ${age} days ago; the policy allows ${staleAfter}`;
    add(
      'stale',
      what,
      product.feeds.length > 0 ? `neap sync --product ${product.id}` : 'Give it a feed under `products`.',
    );
  }
  if (forecast.kind === 'unknown') {
    add('unknown', `nothing can be said of ${product.name}'s next feature release: ${forecast.because}`, null);
  }
  if (product.feeds.length === 0) {
    const what = `${product.name} has no feed: it lives on what neap shipped with`;
    const fix = `Add one under \`products\` in neap.yaml (id: ${product.id}).`;
    findings.push({ kind: 'no-source', product: product.id, blocks: false, what, fix, cases: [] });
  }
  return findings;
}

function visits({ id, name }: Product, store: DoctorInput['store'], today: Day): readonly Finding[] {
  const failures = store.failures(id).map((failure): Finding => {
    const what = `${name}: the visit to ${failure.feed} ${failure.target} failed on ${failure.visitedOn}: ${failure.because}`;
    return { kind: 'failed-visit', product: id, blocks: false, what, fix: `neap sync --product ${id}`, cases: [] };
  });
  const ahead = store.readings(id).filter(({ readOn, visitedOn }) => (visitedOn ?? readOn) > today);
  if (ahead.length === 0) return failures;
  const days = [...new Set(ahead.map(({ visitedOn, readOn }) => String(visitedOn ?? readOn)))];
  const what = `${name} has readings dated after today: the clock was wrong then, or is now`;
  return [
    ...failures,
    { kind: 'clock', product: id, blocks: true, what, fix: 'Set the clock, then run `neap sync`.', cases: days },
  ];
}

function dates(lane: Lane, ledger: Ledger, sources: ReturnType<Store['sources']>): readonly Finding[] {
  const { product, history } = lane;
  const nameOf = (source: string) => sources.get(source)?.name ?? source;
  const finding = (kind: Finding['kind'], what: string, cases: readonly string[]): readonly Finding[] =>
    cases.length === 0 ? [] : [{ kind, product: product.id, blocks: false, what, fix: null, cases }];

  const disagreements = disagreementsOf(history, ledger.claims).map(({ subject, about, days, claims }) => {
    const words = claims.map((claim) => `${claim.day} ${claim.of} (${nameOf(claim.source)})`);
    return `${subject} ${about}, ${days} days apart: ${words.join(', ')}`;
  });
  const newestFirst = history.releases.toReversed();
  const afterEol = newestFirst.flatMap(({ version, line, date, level }) => {
    const eol = history.lines.find((one) => one.line === line)?.eol?.day ?? null;
    if (date === null || eol === null || date <= eol || level === 'prerelease') return [];
    return [`${version} on ${date}, after the end of ${line} on ${eol}`];
  });
  const gaps = patchGapsOf(product, history).map(({ line, missing }) => `${line}: ${missing.join(', ')}`);
  const suspects = newestFirst.flatMap(({ version, claims }) =>
    claims.flatMap((one) =>
      one.suspect === null ? [] : [`${version} ${one.of} ${one.day} (${nameOf(one.source)}): ${one.suspect}`],
    ),
  );
  const undated = newestFirst.filter(({ date, level }) => date === null && level !== 'prerelease');
  return [
    ...finding(
      'disagreement',
      `${product.name}: sources disagree about ${count(disagreements, 'date')}`,
      disagreements,
    ),
    ...finding(
      'after-eol',
      `${product.name}: ${count(afterEol, 'release')} came after the end of life of the line`,
      afterEol,
    ),
    ...finding('patch-gap', `${product.name}: patch numbers are missing in ${count(gaps, 'line')}`, gaps),
    ...finding(
      'suspect',
      `${product.name}: ${count(suspects, 'date')} a source gives and neap does not believe`,
      suspects,
    ),
    ...finding(
      'undated',
      `${product.name}: ${count(undated, 'release')} without a date anybody can be believed about`,
      undated.map(({ version }) => version),
    ),
  ];
}

function vanished({ id, name }: Product, store: DoctorInput['store']): readonly Finding[] {
  const cases = store.vanished(id).map(({ version, source, since }) => `${version} (${source}, since ${since})`);
  if (cases.length === 0) return [];
  const what = `${name}: ${count(cases, 'version')} no longer named by a source that named ${cases.length === 1 ? 'it' : 'them'}`;
  return [{ kind: 'vanished', product: id, blocks: false, what, fix: null, cases }];
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? '' : 's'}`;
}
