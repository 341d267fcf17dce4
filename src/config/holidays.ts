import { addDays, type Day, parseDay } from '../domain/day.ts';
import type { RawHolidays } from './raw.ts';
import type { Source } from './source.ts';

const MS_PER_DAY = 86_400_000;

/** Public days off of the given years, the days before them where asked, and own days; ascending. Unknown countries become errors. */
export async function resolveDaysOff(
  source: Source,
  entries: readonly RawHolidays[],
  years: readonly number[],
): Promise<readonly Day[]> {
  const found = new Set<Day>();
  for (const [index, entry] of entries.entries()) {
    for (const own of entry.days ?? []) found.add(own);
    if (entry.country === undefined) continue;
    // Imported only here: the library carries the whole world's rules.
    const { default: Holidays } = await import('date-holidays');
    const calendar = new Holidays();
    if (!Object.hasOwn(calendar.getCountries(), entry.country)) {
      const upper = entry.country.toUpperCase();
      const near = Object.hasOwn(calendar.getCountries(), upper)
        ? `did you mean \`${upper}\`?`
        : 'use its two-letter code, such as FR';
      source.complain(['team', 'holidays', index, 'country'], `Unknown country \`${entry.country}\`; ${near}`);
      continue;
    }
    calendar.init(entry.country);
    for (const year of years) {
      for (const holiday of calendar.getHolidays(year)) {
        const first = holiday.type === 'public' ? parseDay(holiday.date.slice(0, 10)) : null;
        if (first === null) continue;
        const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / MS_PER_DAY));
        for (let step = -(entry.before ?? 0); step < length; step++) found.add(addDays(first, step));
      }
    }
  }
  return [...found].sort();
}
