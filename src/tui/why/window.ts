import { type DayNumber, toNumber } from '../../domain/day.ts';
import type { PlannedWindow } from '../../domain/plan.ts';
import { riskText } from '../../domain/plan-words.ts';
import type { TimelineModel } from '../model.ts';
import type { Step, UpgradeRow, WindowRow } from '../row.ts';
import type { Fact, Facts } from './facts.ts';
import { dateOf, days, shortDays } from './words.ts';

export function windowFacts({ window }: WindowRow, model: TimelineModel): Facts {
  return {
    title: `${window.title}  (${window.item})`,
    facts: [...movedSince(window, model), headline(window), ...body(window), ...decided(window, model)],
  };
}

/** The chain, then the step under the cursor in full: the first when the cursor is elsewhere, with `all` every one. */
export function upgradeFacts(row: UpgradeRow, model: TimelineModel, cursor: DayNumber, all: boolean): Facts {
  const here = row.steps.find((step) => step.from <= cursor && cursor < step.until);
  const at = here ?? row.steps[0];
  const facts: Fact[] = row.steps.map((step) => ({
    label: 'steps',
    text: `${nameOf(step)}: ${shortDays(step.from, step.until)}, S${step.window.sprint}, ${step.window.state}`,
    ...(step === here ? { role: 'strong' as const } : {}),
  }));
  for (const { wait, from, until } of row.waits) {
    const now = from <= cursor && cursor < until ? ' (the cursor is in it)' : '';
    const after = row.steps.find(({ window }) => window.id === wait.after);
    const step = after === undefined ? wait.after : nameOf(after);
    facts.push({ label: 'waits', text: `${wait.kind} after ${step}: ${shortDays(from, until)}${now}` });
  }
  for (const step of all ? row.steps : row.steps.filter((one) => one === at)) {
    facts.push(...movedSince(step.window, model));
    facts.push({ ...headline(step.window), label: nameOf(step).slice(0, 9) }, ...body(step.window));
    facts.push(...decided(step.window, model));
  }
  return { title: `${row.title}  (${row.item})`, facts };
}

/** What moved it since the plan before. */
function movedSince({ id }: PlannedWindow, { changed }: TimelineModel): readonly Fact[] {
  return changed.filter((one) => one.id === id).map(({ text }) => ({ label: 'moved', text, role: 'notice' }));
}

function nameOf({ window }: Step): string {
  return window.step ?? 'work';
}

function headline(window: PlannedWindow): Fact {
  const { state, sprint, daysLate } = window;
  const risk = riskText(window);
  const late = daysLate > 0 ? `, ${daysLate} d late` : '';
  const when = days(toNumber(window.from), toNumber(window.until));
  return { label: 'days', text: `${when}, sprint S${sprint}, ${state}${risk === null ? '' : `, ${risk}`}${late}` };
}

function body(window: PlannedWindow): readonly Fact[] {
  const { reasons, wayBack, noReturnFrom, needs, findings } = window;
  return [
    ...findings.map(
      (finding): Fact => ({ label: 'broken', text: `${finding.rule}: ${finding.because}`, role: 'alarm' }),
    ),
    ...reasons.map((text): Fact => ({ label: 'why', text })),
    { label: 'way back', text: wayBack ?? 'not stated' },
    ...(noReturnFrom === null
      ? []
      : [{ label: 'no return', text: `from ${dateOf(noReturnFrom)}`, role: 'alarm' } satisfies Fact]),
    ...needs.map((text): Fact => ({ label: 'needs', text })),
  ];
}

function decided(window: PlannedWindow, { overview }: TimelineModel): readonly Fact[] {
  return overview.decisions
    .filter(({ item, step }) => item === window.item && (step === null || step === window.step))
    .map(({ state, on, by, reason, from, until }) => {
      const who = by === null ? '' : ` by ${by}`;
      const why = reason === null ? '' : `: ${reason}`;
      const what = shortDays(toNumber(from), toNumber(until));
      return { label: 'decided', text: `${state} ${what} on ${dateOf(on)}${who}${why}` };
    });
}
