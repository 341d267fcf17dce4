import { withoutControls as plain } from '../domain/clean-text.ts';
import { comingText } from '../domain/coming-text.ts';
import type { Day } from '../domain/day.ts';
import type { GateAnswer, GateQuestion, GateState, TouchedWork } from '../domain/gate.ts';

/** An answer with the files that raised its question; none where a person asked. */
export interface GateEntry {
  readonly answer: GateAnswer;
  readonly work: readonly TouchedWork[];
}

/** What the gate says of a change, or of a question. */
export interface GateReport {
  readonly day: Day;
  readonly entries: readonly GateEntry[];
  /** Touched, but of nothing that the team has. */
  readonly foreign: readonly TouchedWork[];
  /** What was compared; `null` where a person asked. */
  readonly compared: { readonly base: string; readonly tip: string; readonly files: number } | null;
}

const ORDER: readonly GateState[] = ['closed', 'unknown', 'open'];

/** The worst of the answers; a change with nothing to judge is open. */
export function gateState({ entries }: Pick<GateReport, 'entries'>): GateState {
  return ORDER.find((state) => entries.some(({ answer }) => answer.state === state)) ?? 'open';
}

export function gateText(report: GateReport): string {
  const { entries, foreign, compared } = report;
  const lines: string[] = [];
  if (compared !== null && entries.length === 0) {
    const files = `${compared.files} ${compared.files === 1 ? 'file' : 'files'}`;
    lines.push(
      `open: nothing to gate; ${files} changed since ${compared.base}, no model, engine or package among them`,
    );
  }
  for (const { answer, work } of entries) {
    lines.push(headline(answer));
    for (const one of work) lines.push(`  touched  ${place(one)}: ${one.what}`);
    lines.push(...details(answer).map((text) => `  ${text}`));
  }
  for (const one of foreign) lines.push(`not gated: ${place(one)}: ${one.what}, of no product in the stack`);
  return lines.map((line) => `${plain(line)}\n`).join('');
}

/** `closed: model changes of mongodb on 2026-11-23, next open 2026-12-04 until 2026-12-18`. */
export function headline({ question, day, state, until, opens, horizon }: GateAnswer): string {
  const what = `${state}: ${subject(question)} on ${day}`;
  if (state === 'open') return `${what}, until ${until ?? horizon}${until === null ? ' at least' : ''}`;
  if (opens === null) return `${what}, and on no day before ${horizon}`;
  return `${what}; next open ${opens.from} until ${opens.until ?? `${horizon} at least`}`;
}

function subject({ kind, store, patch, item }: GateQuestion): string {
  const what = patch ? `${kind} patches` : `${kind} changes`;
  const of = store === null ? what : `${what} of ${store}`;
  return item === null ? of : `${item}, ${of}`;
}

function details({ refusals, unknown, lifted, next, notes }: GateAnswer): readonly string[] {
  return [
    ...refusals.map(
      ({ rule, because, freeFrom }) => `${rule}: ${because}${freeFrom === null ? '' : `; free from ${freeFrom}`}`,
    ),
    ...unknown.map((text) => `unknown: ${text}`),
    ...lifted.map(({ rule, expires, reason }) => `lifted: ${rule}, excepted until ${expires}: ${reason}`),
    ...notes.map((text) => `note: ${text}`),
    ...(next === null ? [] : [`next: ${comingText(next)}`]),
  ];
}

function place({ file, line }: TouchedWork): string {
  return line === null ? file : `${file}:${line}`;
}

/** The same as data. */
export function gateJson(report: GateReport, exit: number): object {
  const { day, entries, foreign, compared } = report;
  return {
    day,
    state: gateState(report),
    exit,
    compared,
    answers: entries.map(({ answer: { question, ...answer }, work }) => ({ ...question, ...answer, work })),
    foreign,
  };
}
