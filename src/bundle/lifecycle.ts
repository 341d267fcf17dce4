import type { ClaimRow, LineRow } from '../catalogue/history-file.ts';
import type { Day } from '../domain/day.ts';
import type { LineClaimKind } from '../domain/product.ts';
import { readJson, utcDay } from './input.ts';
import { SOURCES } from './sources.ts';
import type { Tally } from './tally.ts';

interface LifecycleEvent {
  readonly knownAt: string;
  readonly cycle: string;
  readonly field: string;
  readonly new: string | boolean | null;
}

/** endoflife.date's words in ours; its other fields describe releases or pages. */
const FIELDS: Readonly<Record<string, LineClaimKind>> = {
  releaseDate: 'ga',
  eoas: 'support-end',
  eol: 'eol',
  eoes: 'extended-end',
  lts: 'lts',
};

/**
 * Every change that endoflife.date ever made to a lifecycle date, each a claim known from the UTC day of that change. `false` there means
 * that no end is known yet; `true`, that it is over; a removed field, that there is no such phase.
 */
export function linesFrom(dir: string, path: string, tally: Tally): readonly LineRow[] {
  const { events } = readJson<{ events: readonly LifecycleEvent[] }>(dir, path);
  const lines = new Map<string, ClaimRow[]>();
  for (const event of events) {
    const of = FIELDS[event.field];
    const knownFrom = utcDay(event.knownAt);
    if (of === undefined || knownFrom === null) {
      tally.leaveOut('lifecycle fields that name no date of a line (latest version, links, labels)');
      continue;
    }
    const claims = lines.get(event.cycle) ?? [];
    lines.set(event.cycle, claims);
    // A field that changed twice on one day: only the last word of that day can be told apart.
    const same = claims.findIndex((claim) => claim[0] === of && claim[3] === knownFrom);
    if (same !== -1) {
      claims.splice(same, 1);
      tally.leaveOut('lifecycle changes that the same day undid');
    }
    claims.push([of, toValue(of, sense(of, event.new, knownFrom)), SOURCES.lifecycle.id, knownFrom]);
  }
  return [...lines].map(([line, claims]) => ({ line, claims }));
}

/** On this day the site renamed `support` (true: still supported) to `eoas` (true: already over); the collected files use the new name. */
const RENAMED = '2024-04-02';

function sense(of: LineClaimKind, value: string | boolean | null, knownFrom: Day): string | boolean | null {
  return of === 'support-end' && typeof value === 'boolean' && knownFrom < RENAMED ? !value : value;
}

/**
 * The lifecycle a product page had on the day of its copy, where no history of it was collected. What it says of ends is known from that
 * day; general availability from its own.
 */
export function linesFromPage(dir: string, path: string): readonly LineRow[] {
  const { frontMatter } = readJson<{ frontMatter: { releases: readonly PageCycle[] } }>(dir, path);
  return frontMatter.releases.map((cycle) => {
    const claims = Object.entries(FIELDS).flatMap(([field, of]): readonly ClaimRow[] => {
      const value = cycle[field];
      if (value === undefined || value === null) return [];
      const said = [of, toValue(of, value), SOURCES.lifecycle.id] as const;
      return [of === 'ga' ? said : [...said, SOURCES.lifecycle.readOn]];
    });
    return { line: String(cycle.releaseCycle), claims };
  });
}

type PageCycle = { readonly [field: string]: string | boolean | null } & { readonly releaseCycle: string };

function toValue(of: LineClaimKind, value: string | boolean | null): ClaimRow[1] {
  if (typeof value === 'string') return utcDay(value);
  // Of an end, `false` says that none is known; of long-term support, that the line has none.
  if (value === null || (value === false && of === 'lts')) return false;
  return value ? true : null;
}
