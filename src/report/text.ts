import stringWidth from 'string-width';
import { MONTHS, short, WEEKDAYS } from '../domain/calendar-names.ts';
import { withoutControls as plain } from '../domain/clean-text.ts';

export { plain };

/** Columns of text, left-aligned, two spaces apart, without spaces at the end of lines. The first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const cleaned = rows.map((row) => row.map(plain));
  const widths: number[] = [];
  for (const row of cleaned) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
    });
  }
  return cleaned
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** `2026-12-01` as `Tue  1 Dec`. */
export function shortDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  const weekday = short(WEEKDAYS[(at.getUTCDay() + 6) % 7] ?? '');
  return `${weekday} ${String(at.getUTCDate()).padStart(2)} ${short(MONTHS[at.getUTCMonth()] ?? '')}`;
}

/** A date with what its precision allows: `2024-09 (month)`. */
export function withPrecision(day: string | null, precision: 'day' | 'month' | 'quarter'): string {
  if (day === null) return 'unknown';
  if (precision === 'month') return `${day.slice(0, 7)} (month)`;
  if (precision === 'quarter') return `${day.slice(0, 4)} Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  return day;
}
