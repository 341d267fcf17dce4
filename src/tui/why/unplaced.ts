import type { Unplaced } from '../../domain/plan.ts';
import { NOTHING_FREES } from '../../domain/plan-words.ts';
import type { UnplacedRow } from '../row.ts';
import type { State } from '../state.ts';
import type { Fact, Facts } from './facts.ts';
import { dateOf } from './words.ts';

export function unplacedFacts({ entry }: UnplacedRow, { model, relaxed }: Pick<State, 'model' | 'relaxed'>): Facts {
  const { overview } = model;
  const facts = entry.blockers.map(({ rule, because, freeFrom }): Fact => {
    const free = freeFrom === null ? 'not free within the horizon' : `free from ${dateOf(freeFrom)}`;
    return { label: 'blocked', text: `${rule}: ${because} (${free})` };
  });
  facts.push(...freeingFacts(entry, relaxed));
  for (const { item, state, on, reason } of overview.decisions) {
    if (item === entry.item) {
      facts.push({ label: 'decided', text: `${state} on ${dateOf(on)}${reason === null ? '' : `: ${reason}`}` });
    }
  }
  return { title: `${entry.title}  (${entry.item}, no place)`, facts };
}

/** What would free it, once somebody asked: each way takes a plan of its own. */
function freeingFacts({ item, relaxations }: Unplaced, relaxed: State['relaxed']): readonly Fact[] {
  if (relaxed?.item !== item && relaxations === null) return [{ label: 'would do', text: 'w works it out' }];
  const found = relaxed?.item === item ? relaxed.found : relaxations;
  if (found === null) return [{ label: 'would do', text: 'planning with laxer rules ...' }];
  if (found.length === 0) return [{ label: 'would do', text: NOTHING_FREES }];
  return [
    ...found.map(({ text }, index) => ({ label: 'would do', text: `${index + 1}. ${text}` })),
    { label: '', text: 'each was tried by planning with it; o takes one' },
  ];
}
