import type { DayNumber } from '../../domain/day.ts';
import { weekdayOf } from '../../domain/day.ts';
import { percent } from '../../domain/percent.ts';
import { longDate } from '../dates.ts';
import { entriesOn } from '../entries.ts';
import type { TimelineModel } from '../model.ts';
import type { Fact, Facts } from './facts.ts';
import { days } from './words.ts';

/** One day: which work it takes, and everything that lies on it. */
export function dayFacts(model: TimelineModel, day: DayNumber): Facts {
  const { overview, sprints, freezes, daysOff, today } = model;
  const number = sprints.numberOf(day);
  const facts: Fact[] = [
    { label: 'sprint', text: `S${number}, ${days(sprints.startOf(number), sprints.startOf(number + 1))}` },
  ];
  const off = daysOff.includes(day) || !overview.config.team.workdays.includes(weekdayOf(day));
  if (off) facts.push({ label: 'team', text: 'no working day' });
  for (const freeze of freezes.filter(({ from, until }) => from <= day && day < until)) {
    facts.push({ label: 'freeze', text: `${freeze.name}, ${days(freeze.from, freeze.until)}`, role: 'alarm' });
  }
  for (const row of model.rows) {
    if (row.kind !== 'calm') continue;
    const period = row.periods.find(({ from, until }) => from <= day && day < until);
    const turbulence = row.outlook.turbulence[day - row.from];
    const chance = turbulence === undefined ? '' : `, turbulence ${percent(turbulence)}`;
    facts.push(
      period === undefined
        ? { label: row.outlook.store, text: `not patch-only${chance}`, role: 'alarm' }
        : { label: row.outlook.store, text: `patch-only${chance}; ends: ${period.period.endsBecause}` },
    );
  }
  for (const { what, title, note } of entriesOn(model, day)) {
    if (what.kind === 'freeze' || what.kind === 'calm' || what.kind === 'unknown-calm' || what.kind === 'sprint')
      continue;
    facts.push({ label: LABELS[what.kind] ?? what.kind, text: note === '' ? title : `${title}, ${note}` });
  }
  const away = day === today ? ', today' : '';
  return { title: `${longDate(day)}${away}`, facts };
}

const LABELS: Readonly<Record<string, string>> = { work: 'work', 'no-return': 'no return', 'day-off': 'team' };
