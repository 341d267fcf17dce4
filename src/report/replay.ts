import { shareText } from '../domain/percent.ts';
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
    readonly closeTo: string | null;
    readonly doneDays: number | null;
    readonly atOnce: {
      readonly collided: string | null;
      readonly closeTo: string | null;
      readonly doneDays: number;
    } | null;
    readonly anySprint: {
      readonly sprints: number;
      readonly collided: number;
      readonly close: number;
      readonly doneDays: number | null;
    };
  }[];
  readonly upgrades: readonly {
    readonly item: string;
    readonly store: string;
    readonly from: string;
    readonly until: string;
    readonly daysLate: number;
  }[];
  /** Days between a change and the disruption of an upgrade below which they are close. */
  readonly separation: number;
  readonly releases: readonly { readonly store: string; readonly day: string }[];
}

/** What one way of shipping met; each number can be counted from the rows. Shares are 0..1, `null` of nothing. */
export interface ReplayTeam {
  /** What was judged: changes that shipped, or the sprints they could have chosen. */
  readonly of: number;
  /** Those with which a counted release collided. */
  readonly collided: number;
  readonly share: number | null;
  /** Those closer than `separation` to the disruption of an upgrade that this policy made. */
  readonly close: number;
  readonly closeShare: number | null;
  /** Days from arrival to the end of the last day, mean; `null` of nothing. */
  readonly meanDoneDays: number | null;
}

/** What the rows of a replay add up to. */
export interface ReplaySummary {
  readonly arrived: number;
  /** The changes that this policy shipped. */
  readonly policy: ReplayTeam;
  /** The same arrivals shipped at once. */
  readonly atOnce: ReplayTeam;
  /** The same arrivals in any sprint of half a year: every sprint of every change counts once. */
  readonly anySprint: ReplayTeam;
  readonly movedProposals: number;
  readonly brokenWindows: number;
  readonly upgrades: number;
  readonly upgradeDaysLate: number;
}

export function replaySummary({ changes, weeks, upgrades }: ReplayData): ReplaySummary {
  const count = (rows: readonly { readonly collided: string | null; readonly closeTo: string | null }[]) => ({
    of: rows.length,
    collided: rows.filter(({ collided }) => collided !== null).length,
    close: rows.filter(({ closeTo }) => closeTo !== null).length,
  });
  const shipped = changes.filter(({ from }) => from !== null);
  const once = changes.flatMap(({ atOnce }) => atOnce ?? []);
  const any = changes.map(({ anySprint }) => anySprint);
  const anyDays = sum(any.map(({ sprints, doneDays }) => sprints * (doneDays ?? 0)));
  const sprints = {
    of: sum(any.map((one) => one.sprints)),
    collided: sum(any.map(({ collided }) => collided)),
    close: sum(any.map(({ close }) => close)),
  };
  return {
    arrived: changes.length,
    policy: team(count(shipped), sum(shipped.map(({ doneDays }) => doneDays ?? 0))),
    atOnce: team(count(once), sum(once.map(({ doneDays }) => doneDays))),
    anySprint: team(sprints, anyDays),
    movedProposals: sum(weeks.map(({ moved }) => moved)),
    brokenWindows: sum(weeks.map(({ broken }) => broken)),
    upgrades: upgrades.length,
    upgradeDaysLate: sum(upgrades.map(({ daysLate }) => daysLate)),
  };
}

function team({ of, collided, close }: Pick<ReplayTeam, 'of' | 'collided' | 'close'>, days: number): ReplayTeam {
  const among = (value: number) => (of === 0 ? null : value / of);
  return { of, collided, share: among(collided), close, closeShare: among(close), meanDoneDays: among(days) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The replay as text: what came of it, then each year of each store week by week. */
export function replayText(data: ReplayData): string {
  const { arrived, policy, atOnce, anySprint, ...rest } = replaySummary(data);
  const stores = [...new Set([...data.changes.map(({ store }) => store), ...data.releases.map(({ store }) => store)])];
  return [
    `From ${data.from} until ${data.until}, ${data.weeks.length} weeks, each planned with what was known then.\n\n`,
    table([
      ['team', 'shipped', 'in turbulence', 'close to an upgrade', 'mean wait to done'],
      ['this policy', `${policy.of} of ${arrived}`, ...met(policy)],
      ['ships at once', `${atOnce.of} of ${arrived}`, ...met(atOnce)],
      ['ships in any sprint', '', ...met(anySprint, 'sprints')],
    ]),
    '\nThe wait is from the arrival of a change to the end of its last day. ',
    `Close is less than ${data.separation} days from the disruption of an upgrade that this policy made.\n`,
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

/** Shares with what was counted, and the days until done. */
function met({ of, collided, close, meanDoneDays }: ReplayTeam, what = ''): readonly string[] {
  const days = meanDoneDays === null ? '–' : `${meanDoneDays.toFixed(0)} days`;
  return [shareText(collided, of, what), shareText(close, of, what), days];
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
  for (const upgrade of upgrades) if (upgrade.store === store) draw(upgrade.from, '#');
  return rows.map((row, index) => `  ${first + index} ${row.join('')}\n`);
}
