import { percent } from '../domain/percent.ts';
import { plain, table } from './text.ts';

/** In the shape of src/app/replay/types.ts. */
export interface ReplayData {
  readonly from: string;
  readonly until: string;
  readonly assumptions: readonly string[];
  readonly stack: readonly { readonly id: string; readonly running: string | null; readonly range: string | null }[];
  readonly weeks: readonly {
    readonly asOf: string;
    readonly moved: number;
    readonly broken: number;
    readonly waiting: number;
  }[];
  readonly changes: readonly {
    readonly store: string;
    readonly from: string | null;
    readonly until: string | null;
    readonly collided: string | null;
    readonly waitDays: number | null;
    readonly atOnce: { readonly collided: string | null } | null;
    readonly anySprint: { readonly sprints: number; readonly collided: number };
  }[];
  readonly upgrades: readonly {
    readonly item: string;
    readonly from: string;
    readonly until: string;
    readonly daysLate: number;
  }[];
  readonly releases: readonly { readonly store: string; readonly day: string }[];
}

/** What the rows of a replay add up to; each number can be counted from them. Shares are 0..1, `null` of nothing. */
export interface ReplaySummary {
  readonly arrived: number;
  readonly shipped: number;
  /** Shipped changes with which a counted release collided. */
  readonly collided: number;
  readonly share: number | null;
  /** Days from arrival to the first day, mean over what shipped. */
  readonly meanWaitDays: number | null;
  /** The same arrivals shipped at once, and in any sprint of half a year: share that collided. */
  readonly atOnceShare: number | null;
  readonly anySprintShare: number | null;
  readonly movedProposals: number;
  readonly brokenWindows: number;
  readonly upgrades: number;
  readonly upgradeDaysLate: number;
}

export function replaySummary({ changes, weeks, upgrades }: ReplayData): ReplaySummary {
  const shipped = changes.filter(({ from }) => from !== null);
  const collided = shipped.filter((change) => change.collided !== null).length;
  const once = changes.flatMap(({ atOnce }) => atOnce ?? []);
  const any = changes.filter(({ anySprint }) => anySprint.sprints > 0);
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    arrived: changes.length,
    shipped: shipped.length,
    collided,
    share: shipped.length === 0 ? null : collided / shipped.length,
    meanWaitDays: mean(shipped.map(({ waitDays }) => waitDays ?? 0)),
    atOnceShare: mean(once.map((one) => (one.collided === null ? 0 : 1))),
    anySprintShare: mean(any.map(({ anySprint }) => anySprint.collided / anySprint.sprints)),
    movedProposals: sum(weeks.map(({ moved }) => moved)),
    brokenWindows: sum(weeks.map(({ broken }) => broken)),
    upgrades: upgrades.length,
    upgradeDaysLate: sum(upgrades.map(({ daysLate }) => daysLate)),
  };
}

/** The replay as text: what came of it, then each year of each store week by week. */
export function replayText(data: ReplayData): string {
  const { arrived, shipped, collided, share, meanWaitDays, atOnceShare, anySprintShare, ...rest } = replaySummary(data);
  const said = (value: number | null) => (value === null ? '–' : percent(value));
  const stores = [...new Set([...data.changes.map(({ store }) => store), ...data.releases.map(({ store }) => store)])];
  return [
    `From ${data.from} until ${data.until}, ${data.weeks.length} weeks, each planned with what was known then.\n\n`,
    table([
      ['team', 'shipped', 'in turbulence', 'mean wait'],
      [
        'this policy',
        `${shipped} of ${arrived}`,
        `${collided} (${said(share)})`,
        `${(meanWaitDays ?? 0).toFixed(0)} days`,
      ],
      ['ships at once', `${arrived}`, said(atOnceShare), '0 days'],
      ['ships in any sprint', `${arrived}`, said(anySprintShare), ''],
    ]),
    `\nProposals moved ${rest.movedProposals} times; ${rest.brokenWindows} accepted windows had to be planned anew.\n`,
    `Engine upgrades: ${rest.upgrades}, ${rest.upgradeDaysLate} days late together.\n`,
    ...data.upgrades.map(
      ({ item, from, until, daysLate }) =>
        `  ${plain(item)}: ${from} until ${until}${daysLate > 0 ? `, ${daysLate} days late` : ''}\n`,
    ),
    '\nEach column a week: | feature release, o model change, X one in turbulence, # engine upgrade\n',
    ...stores.flatMap((store) => [`\n${plain(store)}\n`, ...yearsOf(data, store)]),
    `\nRan on the first day: ${data.stack.map(({ id, running, range }) => `${plain(id)} ${plain(running ?? '?')}${range === null ? '' : ` (${plain(range)})`}`).join(', ')}\n`,
    '\nTaken for granted:\n',
    ...data.assumptions.map((text) => `  ${text}\n`),
  ].join('');
}

function yearsOf({ from, until, changes, upgrades, releases }: ReplayData, store: string): readonly string[] {
  const first = Number(from.slice(0, 4));
  const count = Number(until.slice(0, 4)) - first + 1;
  const rows = Array.from({ length: count }, () => Array.from({ length: 53 }, () => '·'));
  const draw = (day: string, mark: string) => {
    const start = Date.parse(`${day.slice(0, 4)}-01-01T00:00:00Z`);
    const week = Math.floor((Date.parse(`${day}T00:00:00Z`) - start) / (7 * 86_400_000));
    const row = rows[Number(day.slice(0, 4)) - first];
    // A change in turbulence is what to see first; a release comes last.
    const strength = '·|o#X';
    if (row !== undefined && strength.indexOf(mark) > strength.indexOf(row[week] ?? '·')) row[week] = mark;
  };
  for (const release of releases) if (release.store === store) draw(release.day, '|');
  for (const change of changes) {
    if (change.store === store && change.from !== null) draw(change.from, change.collided === null ? 'o' : 'X');
  }
  for (const upgrade of upgrades) if (upgrade.item.startsWith(`${store}-`)) draw(upgrade.from, '#');
  return rows.map((row, index) => `  ${first + index} ${row.join('')}\n`);
}
