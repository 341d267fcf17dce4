import { toNumber } from '../../domain/day.ts';
import { longDate } from '../dates.ts';
import type { Tried } from '../mode.ts';
import type { TimelineModel } from '../model.ts';
import { planChanges } from '../plan-changes.ts';
import type { Fact } from './facts.ts';
import { dateOf, days } from './words.ts';

/** What the rules say to a window on another day, the first breach first, and what it would do to the rest of the plan. */
export function triedFacts({ windowId, day, trial }: Tried, { overview }: TimelineModel): readonly Fact[] {
  if (trial === null) return [{ label: 'there', text: `${longDate(day)}: asking the rules ...` }];
  const { place, problem, refusals, plan } = trial;
  if (place === null || plan === null)
    return [{ label: 'not there', text: problem ?? 'it has no room', role: 'alarm' }];
  const facts: Fact[] = [{ label: 'there', text: days(toNumber(place.from), toNumber(place.until)) }];
  for (const { rule, because, freeFrom } of refusals) {
    const free = freeFrom === null ? '' : ` (passes from ${dateOf(freeFrom)})`;
    facts.push({ label: 'breaks', text: `! ${rule}: ${because}${free}`, role: 'alarm' });
  }
  if (refusals.length === 0) facts.push({ label: 'rules', text: 'it breaks none there', role: 'decided' });
  const { moved, lost, gained } = planChanges(overview.plan, plan, windowId);
  for (const item of lost) facts.push({ label: 'no place', text: `! ${item} would have none`, role: 'alarm' });
  for (const item of gained) facts.push({ label: 'place', text: `${item} would have one` });
  for (const text of moved) facts.push({ label: 'moves', text });
  if (lost.length + gained.length + moved.length === 0) facts.push({ label: 'others', text: 'stay where they are' });
  return facts;
}
