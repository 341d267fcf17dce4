import { comingText, firstComing } from '../domain/coming-text.ts';
import type { Config } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { GateAnswer, GateQuestion } from '../domain/gate.ts';
import { contains } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { StoreOutlook } from '../domain/period.ts';
import type { StoreId } from '../domain/plan.ts';
import { type GateFacts, judge } from '../gate/judge.ts';
import { blocksKind, freezeOn } from '../policy/freezes.ts';

/** What is known of a team, with its plan: what is decided closes stores, too. */
export type StatusInput = GateFacts;

/** What one store says of model changes today. */
export interface StoreStatus {
  readonly store: StoreId;
  /** `unknown` where facts are missing or stale: never taken for calm. */
  readonly state: 'open' | 'closed' | 'unknown';
  /** First day on which the state is different, as far as the days looked at go; `null` when it stays to their end. */
  readonly until: Day | null;
  /** 1 − the greatest turbulence up to `until`; `null` unless open. */
  readonly confidence: number | null;
  readonly because: string;
}

/** The one line that comes first everywhere. Design.md section 11. */
export function statusLine(input: StatusInput): string {
  const { outlooks } = input;
  if (outlooks.length === 0) return 'Models: unknown; the stack names no engine';
  const many = outlooks.length > 1;
  const states = outlooks.map((outlook) => {
    const text = sentence(storeStatus(input, outlook));
    return many ? `${outlook.store} ${text}` : text;
  });
  return `Models: ${states.join(', ')}${nextOf(outlooks)}`;
}

/** The calendar of releases and freezes, and what is decided of the store: as the gate answers of any model change of it. */
export function storeStatus(input: StatusInput, outlook: StoreOutlook): StoreStatus {
  const status = byCalendar(input, outlook);
  const { store } = outlook;
  const question: GateQuestion = { kind: 'model', store, patch: false, item: null };
  const work = (answer: GateAnswer) =>
    answer.refusals.find(({ rule }) => rule !== 'freeze' && rule !== 'patch-only')?.because ?? null;
  if (freezeOn(input.config.freezes, 'model', input.asOf) !== null) return status;
  const now = judge(input, question, input.asOf);
  const because = work(now);
  if (because !== null) return { store, state: 'closed', until: now.until, confidence: null, because };
  if (status.state !== 'open' || now.until === null || (status.until !== null && now.until >= status.until))
    return status;
  const ends = work(judge(input, question, now.until));
  return ends === null ? status : { ...status, until: now.until, because: ends };
}

/** What releases and freezes say of the store today. */
function byCalendar({ config, asOf }: Pick<StatusInput, 'config' | 'asOf'>, outlook: StoreOutlook): StoreStatus {
  const { store } = outlook;
  const frozen = freezeOn(config.freezes, 'model', asOf);
  const period = outlook.periods.find((candidate) => contains(candidate, asOf));
  const first = outlook.unknown[0];
  if (frozen !== null) {
    const until = thawFrom(config.freezes, frozen.until);
    return { store, state: 'closed', until, confidence: null, because: `freeze "${frozen.name}"` };
  }
  if (period === undefined) {
    const next = outlook.periods.find((candidate) => candidate.from > asOf);
    const because = `turbulence ${Math.round((outlook.turbulence[indexOf(outlook, asOf)] ?? 1) * 100)} %`;
    return {
      store,
      state: first === undefined ? 'closed' : 'unknown',
      until: next?.from ?? null,
      confidence: null,
      because: first?.because ?? because,
    };
  }
  if (first !== undefined) {
    return {
      store,
      state: 'unknown',
      until: period.until,
      confidence: null,
      because: `${first.product}: ${first.because}`,
    };
  }
  const [freeze] = config.freezes
    .filter((one) => blocksKind(one, 'model') && one.from > asOf && one.from < period.until)
    .toSorted((a, b) => compareText(a.from, b.from));
  const until = freeze?.from ?? period.until;
  const values = outlook.turbulence.slice(indexOf(outlook, asOf), indexOf(outlook, until));
  const because = freeze === undefined ? period.endsBecause : `freeze "${freeze.name}" begins`;
  return { store, state: 'open', until, confidence: 1 - Math.max(0, ...values), because };
}

/** The first day from this one on that no freeze of model changes covers. */
function thawFrom(freezes: Config['freezes'], from: Day): Day {
  const next = freezeOn(freezes, 'model', from);
  return next === null ? from : thawFrom(freezes, next.until);
}

function sentence({ state, until, confidence, because }: StoreStatus): string {
  if (state === 'open') return `open until ${until} (confidence ${confidenceText(confidence ?? 0)})`;
  if (state === 'closed') return `closed${until === null ? '' : ` until ${until}`} (${because})`;
  return `unknown (${because})`;
}

/** Rounded down, so that only certainty reads as 1. */
function confidenceText(confidence: number): string {
  return (Math.floor(confidence * 100) / 100).toFixed(2);
}

function nextOf(outlooks: readonly StoreOutlook[]): string {
  const first = firstComing(outlooks.flatMap(({ next }) => next ?? []));
  return first === null ? '' : `; next: ${comingText(first)}`;
}

function indexOf(outlook: StoreOutlook, day: Day): number {
  let index = 0;
  for (let at = outlook.from; at < day; at = addDays(at, 1)) index++;
  return index;
}
