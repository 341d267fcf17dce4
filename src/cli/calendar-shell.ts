import { statSync } from 'node:fs';
import { join } from 'node:path';
import { movedSince } from '../app/compared.ts';
import { whatIf } from '../app/what-if.ts';
import { type Asked, piecesOf, whyNot, withRelaxations } from '../app/why.ts';
import { editValue } from '../config/edit-value.ts';
import { readDecisions, replaceBaseline, replaceDecisions } from '../config/plan-file.ts';
import { editRunning, writeRunning } from '../config/running.ts';
import { writeNew } from '../config/text-file.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Overview } from '../domain/overview.ts';
import { Problem } from '../domain/problem.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { FATES } from '../report/plan-diff.ts';
import type { Moved as MovedWindow, PlanDiff } from '../schedule/ask/diff.ts';
import type { Answer, Change, DecideRequest, Moved, Picture, Seen, Shell, Trial } from '../tui/shell.ts';
import { decide, refuseOthers, refuseToPublish } from './decide.ts';
import type { Options } from './options.ts';
import { publishPlan } from './publish-plan.ts';
import { askableOf, openSession, overviewOf, readPlanOf, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** The world behind the calendar, and how to let go of it. */
export interface CalendarShell {
  readonly shell: Shell;
  readonly close: () => void;
}

/** Everything the calendar may ask for: its decisions are written at once, and every answer is of the files as they are then. */
export function calendarShell(options: Options, terminal: Terminal, opened: Session): CalendarShell {
  let session = opened;
  let stamp = stampOf(session);
  // What moved is looked up once, when the calendar has stood for a moment: then somebody has seen it.
  let changed: readonly Moved[] | null = null;
  const picture = (overview: Overview): Picture => ({ overview, changed: changed ?? [] });
  const now = () => overviewOf(session, readPlanOf(session));
  const answer = (message: string, change: Change | null = null, overview = now()): Answer => {
    stamp = stampOf(session);
    return { ok: true, picture: picture(overview), message, change };
  };
  // The situation is looked up once for each state of the files: a window that is dragged asks many times.
  let known: { readonly stamp: string; readonly asked: Asked } | null = null;
  const asked = (): Asked => {
    const at = `${stampOf(session)} ${session.today}`;
    if (known?.stamp !== at) {
      known = { stamp: at, asked: askableOf({ ...session, ...readPlanOf(session) }) };
    }
    return known.asked;
  };
  const shell: Shell = {
    decide: (request) =>
      mended(async () => {
        const gone = goneFrom(now(), request.seen);
        if (gone !== null) return answer(`The plan changed underneath: ${gone}. Look again, nothing was decided.`);
        return decided(session, request, answer);
      }),
    publish: () =>
      mended(async () => {
        const { written, baseline, before } = await publishPlan(session, now());
        const { length } = baseline.proposals;
        const what = length === 1 ? '1 proposal' : `${length} proposals`;
        if (!written) return answer(`Nothing to publish: ${what}, as on ${baseline.on}`);
        const label = `published ${what}`;
        const published = { before, after: baseline };
        changed = [];
        return answer(`${label}; u takes it back`, { label, item: '', before: [], after: [], published });
      }),
    restore: (change, to) =>
      mended(async () => {
        const done = `${to === 'before' ? 'Undone' : 'Done again'}: ${change.label}`;
        if (change.published !== undefined) {
          refuseToPublish(session);
          const { before, after } = change.published;
          const [there, back] = to === 'before' ? [after, before] : [before, after];
          await replaceBaseline(session.planFile, there, back);
          return answer(done, change);
        }
        refuseOthers(session);
        const [expected, wanted] = to === 'before' ? [change.after, change.before] : [change.before, change.after];
        if (!sameDecisions(ofItem(readDecisions(session.planFile), change.item), expected)) {
          throw new Problem(`somebody decided otherwise on ${change.item} since; nothing was written`);
        }
        await replaceDecisions(session.planFile, change.item, wanted);
        return answer(done, change);
      }),
    writeRunning: (changes) =>
      mended(async () => {
        await writeRunning(editRunning(session.origin.path, changes));
        session = await reopened(session, options, terminal);
        return answer('neap.yaml says what runs now');
      }),
    tryOn: async (windowId, day) =>
      orElse(
        () => tried(asked(), windowId, day),
        (problem) => ({ ...NO_TRIAL, problem: said(problem) }),
      ),
    relaxations: async (item) =>
      orElse(
        () => {
          const entry = asked().planned.plan.unplaced.find((one) => one.item === item);
          return entry === undefined ? [] : (withRelaxations(asked(), entry).relaxations ?? []);
        },
        () => [],
      ),
    relax: ({ key, to, text }) =>
      mended(async () => {
        refuseOthers(session);
        if (to === null) throw new Problem(`"${text}" is not one value`, { hint: 'Write it to neap.yaml by hand.' });
        await writeRunning(editValue(session.origin.path, key, to));
        session = await reopened(session, options, terminal);
        return answer(`Relaxed: ${text}, in ${session.origin.path}`);
      }),
    refresh: async (always) => {
      // A file that changed meanwhile is read at once; what moved is told with the next look.
      const isSame = stamp === stampOf(session) && isToday(session, terminal);
      if (changed === null && isSame) {
        // A database that somebody else is writing to is no reason to say anything.
        const overview = orElse(now, () => null);
        const diff = orElse(
          () => (overview === null ? null : movedSince({ ...session, ...readPlanOf(session) }, overview.snapshot)),
          () => null,
        );
        changed = diff === null || session.origin.kind !== 'team' ? [] : markedIn(diff);
        if (overview !== null && diff !== null && changed.length > 0) {
          const since = diff.against === 'baseline' ? `since the plan of ${diff.since}` : 'in a week';
          return answer(`${changed.length} moved ${since}: c goes there`, null, overview);
        }
      }
      if (!always && isSame) return null;
      return mended(async () => {
        // Noted first, so that a file somebody is just writing complains once.
        stamp = stampOf(session);
        const old = session;
        session = await reopened(session, options, terminal);
        const what = old.today === session.today ? 'Read again' : `It is ${session.today} now`;
        return answer(what);
      });
    },
    sync: (report, signal) =>
      mended(async () => {
        const { syncStack } = await import('./sync-stack.ts');
        const message = await syncStack(session, terminal, report, signal);
        known = null;
        return answer(message);
      }),
    save: (as, text) =>
      mended(async () => {
        const name = `neap-${as}-${session.asOf}.${as === 'window' ? 'md' : 'txt'}`;
        const path = writeNew(join(terminal.cwd, name), text);
        return answer(`Written: ${path}`);
      }),
    savePlan: (as) =>
      mended(async () => {
        const { planFile } = await import('./plan-files.ts');
        const overview = now();
        const { name, text } = planFile(as, session, overview);
        return answer(`Written: ${writeNew(join(terminal.cwd, name), text)}`, null, overview);
      }),
  };
  return {
    shell,
    close: () => session.store.close(),
  };
}

/** What the user can mend is an answer; a defect is thrown. */
async function mended(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, message: said(error) };
  }
}

/** The same for a question: what the user can mend becomes another answer. */
function orElse<T>(work: () => T, otherwise: (problem: Problem) => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return otherwise(error);
  }
}

function said({ where, message, hint }: Problem): string {
  return `${where === null ? '' : `${where}: `}${message}${hint === null ? '' : `. ${hint}`}`;
}

async function decided(
  session: Session,
  { seen: _, ...request }: DecideRequest,
  answer: (message: string, change: Change | null, overview: Overview) => Answer,
): Promise<Answer> {
  const before = readDecisions(session.planFile);
  const { overview, written, running } = await decide(session, request);
  const [one] = written;
  if (one === undefined) return answer('Nothing to write', null, overview);
  const { item, state, from, until } = one;
  const name = one.step === null || written.length > 1 ? item : `${item}/${one.step}`;
  const label = `${state} ${name}`;
  const after = ofItem(readDecisions(session.planFile), item);
  const change = { label, item, before: ofItem(before, item), after };
  const broken = overview.plan.windows
    .filter((window) => window.item === item && window.state !== 'done')
    .flatMap(({ findings }) => findings)[0];
  const days = until === addDays(from, 1) ? from : `${from} to ${addDays(until, -1)}`;
  const when = written.length > 1 ? `${written.length} windows from ${from} on` : days;
  const message =
    broken === undefined
      ? `${label}, ${when}; u takes it back`
      : `${label}, ${when}, but ${broken.rule}: ${broken.because}`;
  const result = answer(message, change, overview);
  const edit = running.length === 0 ? null : editRunning(session.origin.path, running);
  if (!result.ok || edit === null || edit.diff.length === 0) return result;
  return { ...result, offer: { changes: running, lines: edit.diff } };
}

/** The first window that is not any more where it was seen, in words. */
function goneFrom({ plan }: Overview, seen: readonly Seen[]): string | null {
  for (const { id, from, until } of seen) {
    const window = plan.windows.find((one) => one.id === id);
    if (window === undefined) return `${id} is gone`;
    if (window.from !== from || window.until !== until) return `${id} is on ${window.from} now`;
  }
  return null;
}

const NO_TRIAL: Trial = {
  place: null,
  problem: null,
  refusals: [],
  against: [],
  free: null,
  risk: null,
  plan: null,
};

/** What keeps a window from a day, and the plan with it fixed there all the same; what it breaks there are the findings of a decided window. */
function tried(asked: Asked, windowId: string, day: Day): Trial {
  const piece = piecesOf(asked, windowId).find(({ id }) => id === windowId);
  if (piece === undefined) return { ...NO_TRIAL, problem: `the plan has no window "${windowId}"` };
  const [answer] = whyNot(asked, piece, { from: day, until: addDays(day, 1) });
  const [against, free, risk] = [answer?.refusals ?? [], answer?.free ?? null, answer?.risk ?? null];
  try {
    const { after } = whatIf(withoutDecision(asked, piece), [{ kind: 'move', item: windowId, day }], { quick: true });
    const window = after.windows.find(({ id, state }) => id === windowId && state !== 'proposed');
    if (window === undefined) return { ...NO_TRIAL, against, free, risk, problem: `${windowId} has no room on ${day}` };
    const freeFrom = (rule: RuleId) => against.find((refusal) => refusal.rule === rule)?.freeFrom ?? null;
    const refusals = window.findings.map((finding) => ({
      ...finding,
      freeFrom: finding.freeFrom ?? freeFrom(finding.rule),
    }));
    return {
      place: { from: window.from, until: window.until },
      problem: null,
      refusals,
      against,
      free,
      risk,
      plan: after,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...NO_TRIAL, against, free, risk, problem: error.message };
  }
}

/** A window is decided in one place at a time. */
function withoutDecision(asked: Asked, { item, step }: { readonly item: string; readonly step: string | null }): Asked {
  const decisions = asked.decisions.filter((one) => one.state === 'rejected' || one.item !== item || one.step !== step);
  return { ...asked, decisions };
}

function ofItem(decisions: readonly Decision[], item: string): readonly Decision[] {
  return decisions.filter((decision) => decision.item === item);
}

function sameDecisions(a: readonly Decision[], b: readonly Decision[]): boolean {
  const text = (decisions: readonly Decision[]) =>
    decisions
      .map(({ item, step, state, from, until, by, on, reason }) =>
        JSON.stringify([item, step, state, from, until, by, on, reason]),
      )
      .sort();
  return JSON.stringify(text(a)) === JSON.stringify(text(b));
}

/** Nobody saw the plan of a week ago: that the days it proposed have passed is worth no mark where it was not published. */
function markedIn({ against, moved }: PlanDiff): readonly Moved[] {
  return moved.filter(({ fate }) => against === 'baseline' || fate !== 'again').map(movedText);
}

function movedText({ id, fate, before, after, causes }: MovedWindow): Moved {
  const [cause] = causes;
  const why = fate === 'moved' ? (cause === undefined ? '' : `; ${cause.text}`) : `; ${FATES[fate]}`;
  return { id, text: `was ${before ?? 'without a place'}, is ${after ?? 'without a place'}${why}` };
}

/** Anew from the files, with the old database closed. @throws Problem, leaving the old one open. */
async function reopened(old: Session, options: Options, terminal: Terminal): Promise<Session> {
  const session = await openSession(options, terminal);
  old.store.close();
  return session;
}

/** Tells whether the files that a picture is made of are as they were. */
function stampOf({ planFile, origin }: Session): string {
  return [planFile, origin.path]
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return 'none';
      const { mtimeMs, size, ino } = stats;
      return `${mtimeMs} ${size} ${ino}`;
    })
    .join(', ');
}

function isToday(session: Session, terminal: Terminal): boolean {
  const now = terminal.now().getTime();
  return session.asOf !== session.today || (session.holds.from <= now && now < session.holds.until);
}
