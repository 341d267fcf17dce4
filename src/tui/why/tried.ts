import { toNumber } from '../../domain/day.ts';
import { percent } from '../../domain/percent.ts';
import type { Refusal } from '../../domain/plan.ts';
import { longDate } from '../dates.ts';
import type { Tried } from '../mode.ts';
import type { TimelineModel } from '../model.ts';
import { planChanges } from '../plan-changes.ts';
import type { Fact } from './facts.ts';
import { dateOf, days } from './words.ts';

/** Why a window is not planned on a day: each rule that keeps it from there, and the first day that none does. */
export function whyNotFacts({ windowId, day, trial }: Tried): readonly Fact[] {
  const head: Fact = { label: 'why not', text: `${windowId} on ${longDate(day)}`, role: 'strong' };
  if (trial === null) return [head, { label: '', text: 'asking the rules ...' }];
  const facts = trial.against.map(refused);
  if (facts.length === 0 && trial.problem !== null)
    facts.push({ label: 'not there', text: trial.problem, role: 'alarm' });
  if (facts.length === 0)
    facts.push({ label: 'rules', text: 'none is against it; the plan is better as it is', role: 'decided' });
  if (trial.risk !== null) facts.push({ label: 'risk', text: `${percent(trial.risk)} there` });
  const free = trial.free === null ? 'no day within the days planned for' : dateOf(trial.free);
  return [head, ...facts, { label: 'free', text: `first: ${free}` }];
}

/** What the rules say to a window fixed on another day, the first breach first, and what it would do to the rest of the plan. */
export function triedFacts({ windowId, day, trial }: Tried, { overview }: TimelineModel): readonly Fact[] {
  if (trial === null) return [{ label: 'there', text: `${longDate(day)}: asking the rules ...` }];
  const { place, problem, refusals, plan } = trial;
  if (place === null || plan === null)
    return [{ label: 'not there', text: problem ?? 'it has no room', role: 'alarm' }];
  const facts: Fact[] = [{ label: 'there', text: days(toNumber(place.from), toNumber(place.until)) }];
  facts.push(...refusals.map(refused));
  if (refusals.length === 0) facts.push({ label: 'rules', text: 'it breaks none there', role: 'decided' });
  const { moved, lost, gained } = planChanges(overview.plan, plan, windowId);
  for (const item of lost) facts.push({ label: 'no place', text: `! ${item} would have none`, role: 'alarm' });
  for (const item of gained) facts.push({ label: 'place', text: `${item} would have one` });
  for (const text of moved) facts.push({ label: 'moves', text });
  if (lost.length + gained.length + moved.length === 0) facts.push({ label: 'others', text: 'stay where they are' });
  return facts;
}

function refused({ rule, because, freeFrom }: Refusal): Fact {
  const free = freeFrom === null ? '' : ` (passes from ${dateOf(freeFrom)})`;
  return { label: 'breaks', text: `! ${rule}: ${because}${free}`, role: 'alarm' };
}
