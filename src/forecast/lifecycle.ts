import rules from '../../data/engines/lifecycle-rules.json' with { type: 'json' };
import classes from '../../data/engines/lines.json' with { type: 'json' };
import { addDays, day as asDay, type Day, daysBetween, maxDay } from '../domain/day.ts';
import type { History, Line, LineDate } from '../domain/release.ts';
import { median } from './gap-model.ts';

/** An end nobody has stated, from a rule the vendor gives, or else from how long its lines lasted so far. Not a promise. */
export interface DerivedEnd {
  readonly line: string;
  readonly of: 'eol' | 'support-end';
  /** What the vendor's rule gives; else general availability plus the median life of the lines before it, at the earliest the day asked for. */
  readonly day: Day;
  /** The same with the shortest and the longest of these lives; the day itself where a rule gives it. */
  readonly earliest: Day;
  readonly latest: Day;
  /** A sentence naming what it was learned from. */
  readonly because: string;
  /** `rule`: the vendor says how long it keeps lines; `lives`: learned from those before. */
  readonly from: 'rule' | 'lives';
}

/** Lives looked back on, by the order in which the lines came out. */
const LIVES = 6;
/** Fewer lives than this are no rule. */
const FEWEST = 3;

/**
 * Ends of the lines whose sources say nothing, or that they do not know. A stated end is never overridden; a line that is over without a
 * day stays so. Vendor-hosted lines live by rules of their own, so each kind is derived from its own.
 */
export function derivedEnds(history: History, asOf: Day): readonly DerivedEnd[] {
  return [true, false].flatMap((selfManaged) => {
    const lines = history.lines.filter((line) => line.selfManaged === selfManaged);
    return (['eol', 'support-end'] as const).flatMap((of) => {
      const ruled = selfManaged ? byRule(history.product, lines, of) : [];
      const named = new Set(ruled.map(({ line }) => line));
      return [...ruled, ...derive(lines, of, asOf).filter(({ line }) => !named.has(line))];
    });
  });
}

/** Ends by what the vendor says of its lines (data/engines/lifecycle-rules.json). A line whose successor is not out waits for it. */
function byRule(product: string, lines: readonly Line[], of: DerivedEnd['of']): readonly DerivedEnd[] {
  const own = rules.rows.filter((rule) => rule.product === product && rule.of === of);
  return lines.flatMap(({ line, ga, eol, supportEnd }, index): readonly DerivedEnd[] => {
    const end = of === 'eol' ? eol : supportEnd;
    if (ga === null || (end !== null && end.state !== 'unknown')) return [];
    const known = classes.rows.find((row) => row.product === product && row.line === line);
    const rule = own.find(
      ({ lines: wanted, since }) =>
        compareNumbered(line, since) >= 0 && (wanted === 'all' || wanted === known?.kind || wanted === known?.support),
    );
    // Highest first: the line that follows stands before it.
    const start = rule?.after === 'next-ga' ? lines[index - 1]?.ga : ga;
    if (rule === undefined || start == null) return [];
    const day = monthsAfter(start, rule.months, rule.monthEnd);
    return [{ line, of, day, earliest: day, latest: day, because: rule.because, from: 'rule' }];
  });
}

function monthsAfter(start: Day, months: number, monthEnd: boolean): Day {
  const [year = 0, month = 1, date = 1] = start.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  const wanted = monthEnd ? last.getUTCDate() : Math.min(date, last.getUTCDate());
  return asDay(`${last.toISOString().slice(0, 8)}${String(wanted).padStart(2, '0')}`);
}

function compareNumbered(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}

function derive(lines: readonly Line[], of: DerivedEnd['of'], asOf: Day): readonly DerivedEnd[] {
  const endOf = (line: Line): LineDate | null => (of === 'eol' ? line.eol : line.supportEnd);
  const known = lines
    .flatMap((line) => {
      const end = endOf(line);
      return line.ga === null || end?.day == null || end.day <= line.ga
        ? []
        : [{ ga: line.ga, life: daysBetween(line.ga, end.day) }];
    })
    .toSorted((a, b) => (a.ga < b.ga ? 1 : -1))
    .slice(0, LIVES)
    .map(({ life }) => life);
  if (known.length < FEWEST) return [];
  const [shortest, longest] = [Math.min(...known), Math.max(...known)];
  return lines.flatMap((line): readonly DerivedEnd[] => {
    const { ga } = line;
    const end = endOf(line);
    if (ga === null || (end !== null && end.state !== 'unknown')) return [];
    const after = (days: number) => maxDay(asOf, addDays(ga, Math.round(days)));
    const because = `the last ${known.length} lines lasted ${shortest} to ${longest} days; nobody has stated this one's end`;
    return [
      {
        line: line.line,
        of,
        day: after(median(known)),
        earliest: after(shortest),
        latest: after(longest),
        because,
        from: 'lives',
      },
    ];
  });
}
