import type { DayNumber } from '../../domain/day.ts';
import { percent } from '../../domain/percent.ts';
import { longDate } from '../dates.ts';
import type { TimelineModel } from '../model.ts';
import type { CalmRow } from '../row.ts';
import type { Fact, Facts } from './facts.ts';
import { days } from './words.ts';

export function calmFacts(row: CalmRow, model: TimelineModel, cursor: DayNumber): Facts {
  const { outlook, periods } = row;
  const facts: Fact[] = [];
  const at = periods.find(({ from, until }) => from <= cursor && cursor < until);
  if (at === undefined) {
    const next = periods.find(({ from }) => from > cursor);
    facts.push({ label: 'period', text: 'not patch-only: models of this store should not change', role: 'alarm' });
    if (next !== undefined) facts.push({ label: 'next', text: `${days(next.from, next.until)}, ${next.period.kind}` });
  } else {
    const { kind, confidence, startsBecause, endsBecause } = at.period;
    facts.push({ label: 'period', text: `patch-only ${days(at.from, at.until)}` });
    facts.push({ label: 'kind', text: `${kind}, confidence ${percent(confidence)}` });
    facts.push({ label: 'starts', text: startsBecause }, { label: 'ends', text: endsBecause });
  }
  const turbulence = outlook.turbulence[cursor - row.from];
  const { tolerance } = model.overview.config.policy;
  facts.push({
    label: 'that day',
    text:
      turbulence === undefined
        ? 'turbulence not computed so far out'
        : `turbulence ${percent(turbulence)}, tolerated ${percent(tolerance)}`,
  });
  for (const { product, because } of outlook.unknown) facts.push({ label: 'unknown', text: `${product}: ${because}` });
  return { title: `${outlook.store} calm on ${longDate(cursor)}`, facts };
}
