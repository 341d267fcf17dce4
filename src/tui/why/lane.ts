import { type Day, type DayNumber, toNumber } from '../../domain/day.ts';
import type { Release } from '../../domain/release.ts';
import { fullDate, monthName, parts } from '../dates.ts';
import type { TimelineModel } from '../model.ts';
import type { LaneRow } from '../row.ts';
import type { Fact, Facts } from './facts.ts';
import { advisoryNote, dateOf, isGrave, shortDays } from './words.ts';

export function laneFacts(row: LaneRow, model: TimelineModel, cursor: DayNumber): Facts {
  const { lane, ticks } = row;
  const facts: Fact[] = [
    {
      label: 'running',
      text: `${lane.running ?? 'not stated'}, range ${lane.range ?? 'none'}, watched: ${lane.watch}`,
    },
  ];
  const seen = lane.history.observedThrough;
  facts.push({
    label: lane.stale ? 'stale' : 'known',
    text: seen === null ? 'never read' : `last read through ${dateOf(seen)}`,
    ...(lane.stale ? { role: 'alarm' } : {}),
  });
  if (row.eol !== null)
    facts.push({ label: 'end', text: `${row.eol.line} reaches its end of life on ${fullDate(row.eol.day)}` });
  const grave = lane.advisories.filter(isGrave);
  if (grave.length > 0) {
    facts.push({
      label: 'open to',
      text: grave.map((one) => `${one.id} (${advisoryNote(one)})`).join(', '),
      role: 'alarm',
    });
  }
  const [first] = ticks;
  if (first !== undefined) {
    const nearest = ticks.reduce((a, b) => (Math.abs(b.day - cursor) < Math.abs(a.day - cursor) ? b : a), first);
    facts.push(...releaseFacts(nearest.release));
  }
  facts.push(...forecastFacts(row));
  for (const { product, range, from, until } of model.overview.plan.holds) {
    if (product === lane.product.id) {
      facts.push({ label: 'hold', text: `${range} ${shortDays(toNumber(from), toNumber(until))}` });
    }
  }
  for (const advisory of lane.advisories) {
    const { id, title, source } = advisory;
    facts.push({ label: 'open to', text: `${id}: ${title} (${advisoryNote(advisory)}; ${source})` });
  }
  return { title: `${lane.product.name}  (${lane.product.vendor})`, facts };
}

function releaseFacts(release: Release): readonly Fact[] {
  const { version, level, date, precision, dateFrom, claims, urgency } = release;
  const when = date === null ? 'undated' : spoken(date, precision);
  const from = dateFrom === null ? '' : `, ${dateFrom.of} of ${dateFrom.source}`;
  const urgent = urgency === null ? '' : `, urgency ${urgency}`;
  const others = claims.filter((claim) => claim.day !== null && claim.day !== date);
  return [
    { label: 'nearest', text: `${version} ${level}, ${when}${from}${urgent}` },
    ...others.map((claim): Fact => {
      const day = claim.day === null ? claim.state : spoken(claim.day, claim.precision);
      const doubt = claim.suspect === null ? '' : ` (not believed: ${claim.suspect})`;
      return { label: 'disagrees', text: `${claim.of} of ${claim.source}: ${day}${doubt}` };
    }),
  ];
}

/** A date no more exactly than it is known. */
function spoken(day: Day, precision: Release['precision']): string {
  if (precision === 'day') return dateOf(day);
  const { year, month } = parts(toNumber(day));
  return precision === 'month' ? `${monthName(month)} ${year}` : `Q${Math.ceil(month / 3)} ${year}`;
}

function forecastFacts({ lane, band }: LaneRow): readonly Fact[] {
  const { forecast } = lane;
  if (band === null) {
    const text = forecast.kind === 'unknown' ? `unknown: ${forecast.because}` : 'probably no further one';
    return [{ label: 'forecast', text }, ...forecast.evidence.map((line): Fact => ({ label: 'evidence', text: line }))];
  }
  const at = (key: string) => {
    const day = forecast.quantiles[key];
    return day === undefined ? '' : `p${Math.round(Number(key) * 100)} ${dateOf(day)}`;
  };
  const text = ['0.1', '0.25', '0.5', '0.75', '0.9'].map(at).filter((part) => part !== '');
  return [
    { label: 'forecast', text: `${forecast.nextLine ?? 'next feature release'}: ${text.join(', ')}` },
    ...forecast.evidence.map((line): Fact => ({ label: 'evidence', text: line })),
  ];
}
