import { MONTHS, short, WEEKDAYS } from '../../domain/calendar-names.ts';
import { addDays, type Day, daysBetween, parseDay } from '../../domain/day.ts';
import { type Interval, lastDay } from '../../domain/interval.ts';
import { compareText } from '../../domain/order.ts';
import type { InputKind, InputValues, PlanSnapshot, Scalar, SnapshotInput } from '../../domain/snapshot.ts';

// What could have moved a window, in the words of the files: one sentence for each kind of input that is not as it was.

/** What a cause is about: neap.yaml's policy, its calendar or its work, a decision, a fact, a forecast, or that time passed. */
export type CauseKind = 'decision' | 'rule' | 'calendar' | 'work' | 'fact' | 'edit' | 'forecast' | 'other' | 'day';

/** One input that is not as it was. */
export interface Cause {
  readonly kind: CauseKind;
  /** A sentence without its full stop: `Year end moved from 21 Dec to 28 Dec`. */
  readonly text: string;
  /** The store whose work it can move; `null`: any. */
  readonly store: string | null;
  /** The work it speaks of; `null`: none, or all. */
  readonly item: string | null;
}

const KINDS: Readonly<Record<InputKind, CauseKind>> = {
  decision: 'decision',
  policy: 'rule',
  exception: 'rule',
  calendar: 'calendar',
  freeze: 'calendar',
  work: 'work',
  stack: 'fact',
  release: 'fact',
  unknown: 'fact',
  forecast: 'forecast',
  day: 'day',
};

/** Surest first: what people wrote, then what vendors did, then what is expected. */
export const CAUSE_ORDER: readonly CauseKind[] = [
  'decision',
  'rule',
  'calendar',
  'work',
  'fact',
  'edit',
  'forecast',
  'other',
  'day',
];

/** An input before and after; `undefined` on the side that lacks it. */
interface Change<K extends InputKind> {
  readonly key: string;
  readonly from: InputValues[K] | undefined;
  readonly to: InputValues[K] | undefined;
  readonly words: Words;
}

/** How days are said where most of them lie near one day. */
interface Words {
  readonly asOf: Day;
  readonly day: (day: Day) => string;
  readonly span: (days: Interval) => string;
  readonly value: (value: Scalar | undefined) => string;
}

/** Everything that changed between two plans, in order of kind, each once. Pure. */
export function changedInputs(before: PlanSnapshot, after: PlanSnapshot): readonly Cause[] {
  const name = ({ kind, key, store }: SnapshotInput) => JSON.stringify([kind, store, key]);
  const old = new Map(before.inputs.map((input) => [name(input), input]));
  const fresh = new Map(after.inputs.map((input) => [name(input), input]));
  const words = wordsAround(after.asOf);
  const causes = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key): readonly Cause[] => {
    const [from, to] = [old.get(key), fresh.get(key)];
    const one = to ?? from;
    if (one === undefined || JSON.stringify(from?.value) === JSON.stringify(to?.value)) return [];
    const text = sentence(one.kind, one.key, from?.value, to?.value, words);
    const { store, item } = one;
    return text === null ? [] : [{ kind: KINDS[one.kind], text, store, item }];
  });
  return causes.toSorted((a, b) => rankOf(a) - rankOf(b) || compareText(a.text, b.text));
}

function rankOf({ kind }: Cause): number {
  return CAUSE_ORDER.indexOf(kind);
}

function sentence(kind: InputKind, key: string, from: unknown, to: unknown, words: Words): string | null {
  const say = SENTENCES[kind] as (change: Change<InputKind>) => string | null;
  return say({ key, from, to, words } as Change<InputKind>);
}

/** `null`: what changed moves nothing. */
const SENTENCES: { readonly [K in InputKind]: (change: Change<K>) => string | null } = {
  day: ({ from, to }) => {
    const days = from === undefined || to === undefined ? 0 : daysBetween(from, to);
    if (days <= 0) return null;
    return days === 1 ? 'a day went by' : days === 7 ? 'a week went by' : `${days} days went by`;
  },
  policy: ({ key, from, to, words }) => `${key} ${words.value(from)} → ${words.value(to)}`,
  calendar: ({ key, from, to, words }) => {
    if (key === 'daysOff') return daysOffChange(listOf(from), listOf(to), words);
    const said = key === 'workdays' ? weekdayNames : words.value;
    return `${key.replace('sprint.', 'sprint ')} ${said(from)} → ${said(to)}`;
  },
  freeze: freezeChange,
  exception: ({ key, from, to, words }) => {
    const subject = `the exception from ${(to ?? from)?.rule} for ${key}`;
    if (to === undefined) return `${subject} is gone`;
    return from === undefined
      ? `${subject} is new`
      : `${subject} ends on ${words.day(to.expires)}, not ${words.day(from.expires)}`;
  },
  work: ({ key, from, to, words }) => {
    if (from === undefined) return `${key} is new`;
    return to === undefined ? `${key} is no work any more` : `${key}: ${fieldChanges(from, to, words)}`;
  },
  decision: ({ key, from, to, words }) => {
    // The key of a rejection holds its day.
    const [id = key] = key.split(' ');
    if (to !== undefined) return `${id}: ${decided(to, words)}`;
    return from === undefined ? null : `${id}: no longer ${decided(from, words)}`;
  },
  stack: ({ key, from, to, words }) => {
    if (from === undefined) return `${key} is new in the stack`;
    if (to === undefined) return `${key} is no longer in the stack`;
    return `${key} ${fieldChanges(from, to, words)
      .replace(/\brunning /, 'runs ')
      .replace(/\bfcv /, 'FCV ')}`;
  },
  release: ({ key, from, to, words }) => {
    if (to === undefined) return `${key} counts no more`;
    if (from !== undefined && from <= words.asOf) return `${key} is dated ${words.day(to)}, not ${words.day(from)}`;
    if (to <= words.asOf) return `${key} came out on ${words.day(to)}`;
    const instead = from === undefined ? '' : `, not ${words.day(from)}`;
    return `${key} is announced for ${words.day(to)}${instead}`;
  },
  unknown: ({ key, from, to }) => {
    // Texts that only count days on are no change.
    if (from !== undefined && to !== undefined) return null;
    return to === undefined ? `the next ${key} can be forecast again` : `the next ${key} is unknown: ${to}`;
  },
  forecast: ({ key, from, to, words }) => {
    if (from === undefined || to === undefined) return null;
    const line = from.line === to.line ? (): string => '' : (one: typeof to) => `${one.line ?? 'no line known'}, `;
    const half = (one: typeof to) => (one.p50 === null ? 'probably none' : `half by ${words.day(one.p50)}`);
    if (from.line !== to.line || from.p50 !== to.p50) {
      return `the next ${key}: ${line(from)}${half(from)} → ${line(to)}${half(to)}`;
    }
    const band = ({ p10, p90 }: typeof to) =>
      `80 % from ${p10 === null ? 'no day in sight' : words.day(p10)} to ${p90 === null ? 'later than anybody looks' : words.day(p90)}`;
    return `the next ${key}: ${band(from)} → ${band(to)}`;
  },
};

function freezeChange({ key, from, to, words }: Change<'freeze'>): string {
  if (to === undefined) return `freeze ${key} is gone`;
  if (from === undefined) {
    const [only] = to.days;
    return to.days.length === 1 && only !== undefined
      ? `freeze ${key} is new, ${words.span(only)}`
      : `freeze ${key} is new`;
  }
  const [was, is] = [from.days[0], to.days[0]];
  if (JSON.stringify(from.days) !== JSON.stringify(to.days)) {
    if (was === undefined || is === undefined || from.days.length > 1 || to.days.length > 1) {
      return `freeze ${key} comes on other days`;
    }
    const [begins, ends] = [daysBetween(was.from, is.from), daysBetween(was.until, is.until)];
    if (begins === ends) return `${key} moved from ${words.day(was.from)} to ${words.day(is.from)}`;
    if (begins === 0) return `${key} ends on ${words.day(lastDay(is))}, not ${words.day(lastDay(was))}`;
    if (ends === 0) return `${key} begins on ${words.day(is.from)}, not ${words.day(was.from)}`;
    return `${key} moved from ${words.span(was)} to ${words.span(is)}`;
  }
  const list = (texts: readonly string[]) => (texts.length === 0 ? 'nothing' : texts.join(', '));
  return list(from.blocks) === list(to.blocks)
    ? `${key} allows ${list(to.allow)}, not ${list(from.allow)}`
    : `${key} blocks ${list(to.blocks)}, not ${list(from.blocks)}`;
}

function decided(decision: InputValues['decision'], words: Words): string {
  const { state, by } = decision;
  return `${state}${by === null ? '' : ` by ${by}`} for ${words.span(decision)}`;
}

function fieldChanges(
  from: Readonly<Record<string, Scalar>>,
  to: Readonly<Record<string, Scalar>>,
  words: Words,
): string {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((field) => from[field] !== to[field])
    .map((field) => `${field} ${words.value(from[field])} → ${words.value(to[field])}`)
    .join(', ');
}

function listOf(value: Scalar | undefined): readonly string[] {
  return value === undefined || value === null || value === '' ? [] : String(value).split(', ');
}

function daysOffChange(from: readonly string[], to: readonly string[], words: Words): string {
  const said = (days: readonly string[]) => days.map((day) => words.value(day)).join(', ');
  const [gone, come] = [from.filter((day) => !to.includes(day)), to.filter((day) => !from.includes(day))];
  const parts = [
    ...(come.length === 0 ? [] : [`${said(come)} ${come.length === 1 ? 'is a day' : 'are days'} off now`]),
    ...(gone.length === 0 ? [] : [`${said(gone)} ${gone.length === 1 ? 'is no day' : 'are no days'} off any more`]),
  ];
  return parts.join(', ');
}

function weekdayNames(value: Scalar | undefined): string {
  return listOf(value)
    .map((number) => short(WEEKDAYS[Number(number) - 1] ?? number).toLowerCase())
    .join(', ');
}

/** Days of another half-year are said with their year. */
const NEAR = 183;

function wordsAround(asOf: Day): Words {
  const day = (value: Day) => {
    const year = Math.abs(daysBetween(asOf, value)) <= NEAR ? '' : ` ${value.slice(0, 4)}`;
    return `${Number(value.slice(8, 10))} ${monthOf(value)}${year}`;
  };
  return {
    asOf,
    day,
    span: ({ from, until }) => {
      const last = addDays(until, -1);
      if (last <= from) return day(from);
      return monthOf(from) === monthOf(last) && from.slice(0, 4) === last.slice(0, 4)
        ? `${Number(from.slice(8, 10))} to ${day(last)}`
        : `${day(from)} to ${day(last)}`;
    },
    value: (value) => {
      if (value === undefined || value === null || value === '') return 'none';
      const text = String(value);
      const date = parseDay(text);
      return date === null ? text : day(date);
    },
  };
}

function monthOf(value: Day): string {
  return short(MONTHS[Number(value.slice(5, 7)) - 1] ?? '');
}

/** `3 Dec`; with the year where it is not near the other day. */
export function dayNear(asOf: Day, value: Day): string {
  return wordsAround(asOf).day(value);
}

/** Whether a decision on that window says that its work is over. */
export function isDone({ inputs }: PlanSnapshot, id: string): boolean {
  return inputs.some((one) => one.kind === 'decision' && one.key === id && one.value.state === 'done');
}
