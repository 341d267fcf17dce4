import type { DayNumber } from '../../domain/day.ts';
import type { Span } from '../row.ts';

/** Days to columns of the chart and back. Columns are counted from the chart's left edge on screen. */
export interface Scale {
  /** First column of the chart, and the column after its last. */
  readonly x: number;
  readonly end: number;
  readonly left: DayNumber;
  /** Days per column. */
  readonly zoom: number;
}

/** Screen column of a day, which may lie outside the chart. */
export function columnOf(scale: Scale, day: DayNumber): number {
  return scale.x + Math.floor((day - scale.left) / scale.zoom);
}

/** First day of a screen column. */
export function dayAt(scale: Scale, column: number): DayNumber {
  return scale.left + (column - scale.x) * scale.zoom;
}

/** The columns a span of days touches, at least one, cut to the chart; `null` when it lies outside. */
export function columnsOf(
  scale: Scale,
  { from, until }: Span,
): { readonly from: number; readonly until: number } | null {
  const start = columnOf(scale, from);
  const end = Math.max(columnOf(scale, until - 1) + 1, start + 1);
  if (end <= scale.x || start >= scale.end) return null;
  return { from: Math.max(start, scale.x), until: Math.min(end, scale.end) };
}
