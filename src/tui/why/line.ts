import { type DayNumber, toNumber } from '../../domain/day.ts';
import { fullDate } from '../dates.ts';
import type { LineRow } from '../row.ts';
import type { Fact, Facts } from './facts.ts';
import { dateOf } from './words.ts';

/** One line of a product: its life, and the release nearest to the cursor. */
export function lineFacts(row: LineRow, cursor: DayNumber): Facts {
  const { line, lane, ticks, runs } = row;
  const facts: Fact[] = [];
  if (runs) facts.push({ label: 'running', text: `${lane.running ?? ''}`, role: 'decided' });
  facts.push({ label: 'released', text: line.ga === null ? 'not known when' : dateOf(line.ga) });
  if (line.latest !== null) {
    const { version, date } = line.latest;
    facts.push({
      label: 'newest',
      text: `${version}${date === null ? '' : `, ${dateOf(date)}`}; ${line.releases} releases`,
    });
  }
  for (const [label, end] of [
    ['support', line.supportEnd],
    ['end', line.eol],
  ] as const) {
    if (end === null) facts.push({ label, text: 'no source speaks of it' });
    else {
      const when = end.day === null ? end.state : fullDate(toNumber(end.day));
      facts.push({ label, text: `${when}, says ${end.source}, known from ${dateOf(end.knownFrom)}` });
    }
  }
  const [first] = ticks;
  if (first !== undefined) {
    const near = ticks.reduce((a, b) => (Math.abs(b.day - cursor) < Math.abs(a.day - cursor) ? b : a), first);
    facts.push({ label: 'nearest', text: `${near.release.version}, ${fullDate(near.day)}` });
  }
  return { title: `${lane.product.name} ${line.line}`, facts };
}
