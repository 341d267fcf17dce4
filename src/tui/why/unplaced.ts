import type { TimelineModel } from '../model.ts';
import type { UnplacedRow } from '../row.ts';
import type { Fact, Facts } from './facts.ts';
import { dateOf } from './words.ts';

export function unplacedFacts({ entry }: UnplacedRow, { overview }: TimelineModel): Facts {
  const facts = entry.blockers.map(({ rule, because, freeFrom }): Fact => {
    const free = freeFrom === null ? 'not free within the horizon' : `free from ${dateOf(freeFrom)}`;
    return { label: 'blocked', text: `${rule}: ${because} (${free})` };
  });
  for (const { text } of entry.relaxations) facts.push({ label: 'would do', text });
  for (const { item, state, on, reason } of overview.decisions) {
    if (item === entry.item) {
      facts.push({ label: 'decided', text: `${state} on ${dateOf(on)}${reason === null ? '' : `: ${reason}`}` });
    }
  }
  return { title: `${entry.title}  (${entry.item}, no place)`, facts };
}
