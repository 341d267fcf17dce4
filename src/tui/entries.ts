import { type DayNumber, toNumber } from '../domain/day.ts';
import { percent } from '../domain/percent.ts';
import type { WindowState, WorkKind } from '../domain/plan.ts';
import { riskText } from '../domain/plan-words.ts';
import type { Release } from '../domain/release.ts';
import { upgradeId } from '../domain/work-id.ts';
import { shortDate } from './dates.ts';
import { matches } from './match.ts';
import type { TimelineModel } from './model.ts';
import type { LaneRow, Row, Step, UpgradeRow, WindowRow } from './row.ts';
import type { State } from './state.ts';
import { advisoryNote } from './why/words.ts';
import { rowIdOf } from './work-rows.ts';

/** One dated thing in words. Agenda, month and week are made of these. */
export interface Entry {
  readonly id: string;
  /** Days it lasts, half-open. */
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly what: What;
  /** The row it belongs to; `null` for what is nobody's: a sprint, a freeze, a day off. */
  readonly rowId: string | null;
  readonly hue: number;
  readonly title: string;
  /** What else to say of it, after the title. */
  readonly note: string;
}

export type What =
  | {
      readonly kind:
        | 'sprint'
        | 'freeze'
        | 'day-off'
        | 'calm'
        | 'unknown-calm'
        | 'forecast'
        | 'eol'
        | 'deadline'
        | 'no-return'
        | 'wait'
        | 'hold'
        | 'advisory';
    }
  | { readonly kind: 'release'; readonly level: Release['level']; readonly feature: boolean }
  | { readonly kind: 'work'; readonly state: WindowState; readonly work: WorkKind };

/** Made when first asked for: the timeline does without. */
const known = new WeakMap<TimelineModel, readonly Entry[]>();

/** Every dated thing in order of its first day. */
export function entriesOf(model: TimelineModel): readonly Entry[] {
  const before = known.get(model);
  if (before !== undefined) return before;
  const all = [...model.rows.flatMap((row) => ofRow(row, model)), ...ofTeam(model)];
  const made = all.toSorted((a, b) => a.from - b.from || rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  known.set(model, made);
  return made;
}

const filtered = new WeakMap<readonly Entry[], { readonly filter: string; readonly entries: readonly Entry[] }>();

/** The entries a filter leaves. */
export function entriesIn({ model, filter }: Pick<State, 'model' | 'filter'>): readonly Entry[] {
  const all = entriesOf(model);
  if (filter === '') return all;
  const before = filtered.get(all);
  if (before?.filter === filter) return before.entries;
  const entries = all.filter(({ title, note, what }) => matches(filter, `${title} ${note} ${what.kind}`));
  filtered.set(all, { filter, entries });
  return entries;
}

/** Entries that cover the day. */
export function entriesOn(model: TimelineModel, day: DayNumber): readonly Entry[] {
  return entriesOf(model)
    .filter(({ from, until }) => from <= day && day < until)
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Index of the agenda's entry under the cursor; -1 when there are no entries. */
export function entryIndex(state: State): number {
  const entries = entriesIn(state);
  const exact = entries.findIndex(({ id }) => id === state.entry);
  if (exact >= 0) return exact;
  const own = entries.findIndex(({ from, rowId }) => from === state.cursor && rowId === state.selected);
  if (own >= 0) return own;
  const next = entries.findIndex(({ from }) => from >= state.cursor);
  return next >= 0 ? next : entries.length - 1;
}

const RANKS: readonly What['kind'][] = [
  'sprint',
  'freeze',
  'day-off',
  'calm',
  'unknown-calm',
  'work',
  'no-return',
  'deadline',
  'eol',
  'advisory',
  'release',
  'forecast',
  'wait',
  'hold',
];

/** Lower comes first where several begin on one day or lie on it. */
export function rank({ what }: Entry): number {
  return RANKS.indexOf(what.kind);
}

function ofRow(row: Row, model: TimelineModel): readonly Entry[] {
  switch (row.kind) {
    case 'lane':
      return ofLane(row);
    case 'calm':
      return row.periods.map(({ from, until, period }) => ({
        id: `calm:${row.outlook.store}:${from}`,
        from,
        until,
        what: { kind: period.kind === 'unknown' ? 'unknown-calm' : 'calm' },
        rowId: row.id,
        hue: row.hue,
        title: `${row.outlook.store}: patch-only`,
        note: `${period.kind}, until ${shortDate(until - 1)}, confidence ${percent(period.confidence)}`,
      }));
    case 'window':
      return [ofStep(row, row, row.title)];
    case 'upgrade':
      return ofUpgrade(row);
    case 'unplaced':
      return deadlinesOf(row.entry.item, row.id, row.hue, model);
    default:
      return [];
  }
}

function ofLane(row: LaneRow): readonly Entry[] {
  const { id: rowId, hue, lane, ticks, band, eol, advisories, holds } = row;
  const { name } = lane.product;
  const base = { rowId, hue };
  const entries: Entry[] = ticks.map(({ day, release }) => ({
    ...base,
    id: `release:${rowId}:${release.version}`,
    from: day,
    until: day + 1,
    what: { kind: 'release', level: release.level, feature: release.feature },
    title: `${name} ${release.version}`,
    note: `${release.level} released${release.urgency === null ? '' : `, urgency ${release.urgency}`}`,
  }));
  if (band !== null) {
    entries.push({
      ...base,
      id: `forecast:${rowId}`,
      from: band.p50,
      until: band.p50 + 1,
      what: { kind: 'forecast' },
      title: `${name} ${band.label}`,
      note: `forecast, 80 % within ${shortDate(band.p10)} - ${shortDate(band.p90)}`,
    });
  }
  if (eol !== null) {
    const title = `${name} ${eol.line}: end of life`;
    entries.push({
      ...base,
      id: `eol:${rowId}`,
      from: eol.day,
      until: eol.day + 1,
      what: { kind: 'eol' },
      title,
      note: '',
    });
  }
  for (const { day, advisory } of advisories) {
    entries.push({
      ...base,
      id: `advisory:${rowId}:${advisory.id}`,
      from: day,
      until: day + 1,
      what: { kind: 'advisory' },
      title: `${name}: ${advisory.id}`,
      note: advisoryNote(advisory),
    });
  }
  for (const { from, until, range } of holds) {
    const title = `hold ${name} at ${range}`;
    entries.push({
      ...base,
      id: `hold:${rowId}:${from}`,
      from,
      until,
      what: { kind: 'hold' },
      title,
      note: `until ${shortDate(until - 1)}`,
    });
  }
  return entries;
}

function ofUpgrade(row: UpgradeRow): readonly Entry[] {
  const { id: rowId, hue, steps, waits } = row;
  const named = new Map(steps.map(({ window }) => [window.id, window.step ?? window.item]));
  return [
    ...steps.map((step) => ofStep(row, step, step.window.title)),
    ...steps.flatMap(({ noReturnFrom, window }): readonly Entry[] =>
      noReturnFrom === null
        ? []
        : [
            {
              id: `no-return:${window.id}`,
              rowId,
              hue,
              from: noReturnFrom,
              until: noReturnFrom + 1,
              what: { kind: 'no-return' },
              title: `${row.title}: point of no return`,
              note: window.wayBack ?? '',
            },
          ],
    ),
    ...waits.map(
      ({ wait, from, until }): Entry => ({
        id: `wait:${wait.after}:${wait.kind}`,
        rowId,
        hue,
        from,
        until,
        what: { kind: 'wait' },
        title: `${wait.kind} of ${row.title}`,
        note: `after ${named.get(wait.after) ?? wait.after}, until ${shortDate(until - 1)}`,
      }),
    ),
  ];
}

function ofStep(row: WindowRow | UpgradeRow, step: Step, title: string): Entry {
  const { window, from, until } = step;
  const late = window.daysLate > 0 ? `, ${window.daysLate} d late` : '';
  const risk = riskText(window);
  const broken = window.findings.length > 0 ? `, breaks ${window.findings[0]?.rule}` : '';
  const last = until - from > 1 ? `, to ${shortDate(until - 1)}` : '';
  return {
    id:
      row.kind === 'window'
        ? row.id
        : rowIdOf(
            row.steps.map((one) => one.window),
            window,
          ),
    rowId: row.id,
    hue: row.hue,
    from,
    until,
    what: { kind: 'work', state: window.state, work: window.kind },
    title,
    note: `${window.state}${last}, S${window.sprint}${risk === null ? '' : `, ${risk}`}${late}${broken}`,
  };
}

/** Days a person set: deadlines of changes, `by` of upgrades. */
function deadlinesOf(item: string, rowId: string | null, hue: number, { overview }: TimelineModel): readonly Entry[] {
  const { modelChanges, upgrades } = overview.config;
  const change = modelChanges.find(({ id }) => id === item)?.deadline ?? null;
  const upgrade = upgrades.find((one) => upgradeId(one) === item)?.by ?? null;
  const day = change ?? upgrade;
  if (day === null) return [];
  const from = toNumber(day);
  return [
    {
      id: `deadline:${item}`,
      rowId,
      hue,
      from,
      until: from + 1,
      what: { kind: 'deadline' },
      title: `${item}: deadline`,
      note: 'last day',
    },
  ];
}

function ofTeam(model: TimelineModel): readonly Entry[] {
  const { overview, freezes, daysOff, sprints, today } = model;
  const horizon = toNumber(overview.plan.horizon.until);
  const entries: Entry[] = freezes.map(({ name, from, until }, index) => ({
    id: `freeze:${index}`,
    from,
    until,
    what: { kind: 'freeze' },
    rowId: null,
    hue: 0,
    title: name,
    note: `freeze until ${shortDate(until - 1)}`,
  }));
  for (const day of daysOff) {
    if (day < model.first || day > model.last) continue;
    entries.push({
      id: `off:${day}`,
      from: day,
      until: day + 1,
      what: { kind: 'day-off' },
      rowId: null,
      hue: 0,
      title: 'day off',
      note: 'holiday or day off of the team',
    });
  }
  for (let number = sprints.numberOf(today); sprints.startOf(number) < horizon; number++) {
    const from = sprints.startOf(number);
    entries.push({
      id: `sprint:${number}`,
      from,
      until: from + 1,
      what: { kind: 'sprint' },
      rowId: null,
      hue: 0,
      title: `Sprint S${number}`,
      note: `starts, to ${shortDate(sprints.startOf(number + 1) - 1)}`,
    });
  }
  const placed = new Set<string>();
  for (const row of model.rows) {
    const item = row.kind === 'window' ? row.window.item : row.kind === 'upgrade' ? row.item : null;
    if (item === null || placed.has(item)) continue;
    placed.add(item);
    entries.push(...deadlinesOf(item, row.id, row.hue, model));
  }
  return entries;
}
