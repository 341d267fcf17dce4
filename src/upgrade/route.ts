import type { ProductId } from '../domain/product.ts';
import { compareLines } from '../versioning/scheme.ts';
import type { DowngradeRow, HopRow, LineRow, Tables } from './tables.ts';

/** One hop of a route, with the row that allows it. */
export interface RouteHop {
  readonly from: string;
  readonly to: string;
  /** `downgrade`: a step back to a line from which the way goes on. */
  readonly kind: 'upgrade' | 'downgrade';
  readonly row: HopRow | DowngradeRow;
}

export interface RouteQuestion {
  readonly product: ProductId;
  readonly from: string;
  readonly to: string;
  readonly edition: Edition;
}

export type Edition = 'community' | 'enterprise' | 'atlas';

/** Community where the team did not say: the edition with the fewest ways back. */
export function editionOf(edition: string | null): Edition {
  return edition === 'enterprise' || edition === 'atlas' ? edition : 'community';
}

export type Route =
  | { readonly kind: 'route'; readonly hops: readonly RouteHop[]; readonly others: readonly (readonly RouteHop[])[] }
  /** Nothing to do. */
  | { readonly kind: 'there' }
  | {
      readonly kind: 'none';
      /** One sentence. */
      readonly because: string;
      /** The rows that forbid it, as sentences with their sources. */
      readonly rows: readonly string[];
      /** The highest line not above the wish that can be reached; `null` when there is none. */
      readonly nearest: string | null;
    };

/**
 * The ways from one line to another, fewest hops first, from the tables alone: every hop is a row, and what has no row is not known to be
 * possible. `others` holds the longer ways up, and ways over one step back where the edition supports it. Pure.
 */
export function routeFor(question: RouteQuestion, tables: Tables): Route {
  const { product, from, to, edition } = question;
  const known = (line: string) => tables.lines.find((row) => row.product === product && row.line === line);
  const none = (because: string, rows: readonly string[] = []): Route => ({
    kind: 'none',
    because,
    rows,
    nearest: nearestTo(question, tables),
  });
  if (from === to) return { kind: 'there' };
  if (!tables.engines.some((one) => one.product === product)) {
    return none(
      `neap knows no way from one line of ${product} to another: it plans around its releases, not its upgrades`,
    );
  }
  const [start, target] = [known(from), known(to)];
  if (start === undefined) return none(`${from} is no line of ${product} that the tables know`);
  if (target === undefined) return none(`${to} is no line of ${product} that the tables know`);
  for (const line of [start, target]) {
    if (!line.selfManaged && edition !== 'atlas') {
      return none(`${product} ${line.line} is a rapid release: it runs on Atlas only`, [citing(line)]);
    }
  }
  if (compareLines(to, from) < 0) return stepBack(question, tables, none);
  const ways = waysUp(question, tables);
  const [best] = ways;
  const roundabout = overOneStepBack(question, tables).filter((way) => best === undefined || way.length <= best.length);
  if (best === undefined) {
    const [first] = roundabout;
    if (first !== undefined) return { kind: 'route', hops: first, others: roundabout.slice(1) };
    if (edition === 'atlas' && [start, target].some((line) => !line.selfManaged)) {
      return none(`Atlas moves clusters to and from rapid releases by itself: there is nothing to plan`, [
        citing(start.selfManaged ? target : start),
      ]);
    }
    const out = hopsFrom(product, from, edition, tables).map((hop) => hop.to);
    return none(
      out.length === 0
        ? `no hop of ${product} from ${from} is known`
        : `no chain of hops leads from ${product} ${from} to ${to}; one hop reaches ${out.join(', ')}`,
    );
  }
  return { kind: 'route', hops: best, others: [...ways.slice(1), ...roundabout] };
}

/** A way down is one downgrade, and only where the vendor supports it for the edition. */
function stepBack(
  { product, from, to, edition }: RouteQuestion,
  tables: Tables,
  none: (because: string, rows?: readonly string[]) => Route,
): Route {
  const row = tables.downgrades.find((one) => one.product === product && one.from === from && one.to === to);
  if (row === undefined)
    return none(`no downgrade of ${product} from ${from} to ${to} is known; restore a backup of ${to}`);
  if (row[edition] === 'no') {
    return none(
      `${product} ${from} cannot be downgraded to ${to} in this edition (${edition}); restore a backup of ${to}`,
      [citing(row)],
    );
  }
  return { kind: 'route', hops: [{ from, to, kind: 'downgrade', row }], others: [] };
}

/** Hops out of a line, lowest target first. */
function hopsFrom(product: ProductId, from: string, edition: Edition, tables: Tables): readonly RouteHop[] {
  const rows = tables.hops.filter(
    (row) => row.product === product && row.from === from && (row.editions?.includes(edition) ?? true),
  );
  const listed = rows.map((row): RouteHop => ({ from, to: row.to, kind: 'upgrade', row }));
  const engine = tables.engines.find((one) => one.product === product);
  const floor = engine?.anyHigherFrom;
  if (engine === undefined || floor == null || compareLines(from, floor) < 0) return listed;
  const higher = tables.lines.filter((line) => line.product === product && compareLines(line.line, from) > 0);
  const { source, verified } = engine;
  return higher
    .map(
      ({ line }): RouteHop => ({
        from,
        to: line,
        kind: 'upgrade',
        row: { product, from, to: line, editions: null, note: null, source, verified },
      }),
    )
    .sort((a, b) => compareLines(a.to, b.to));
}

/** All ways up that never pass the target, fewest hops first; of equals the one through higher lines. */
function waysUp({ product, from, to, edition }: RouteQuestion, tables: Tables): readonly (readonly RouteHop[])[] {
  const direct = tables.engines.find((one) => one.product === product)?.anyHigherFrom;
  const found: RouteHop[][] = [];
  const walk = (line: string, taken: RouteHop[]): void => {
    for (const hop of hopsFrom(product, line, edition, tables)) {
      if (compareLines(hop.to, to) > 0) continue;
      if (hop.to === to) found.push([...taken, hop]);
      // Where any higher line is one hop away, stops in between change nothing.
      else if (direct == null) walk(hop.to, [...taken, hop]);
    }
  };
  walk(from, []);
  return found.sort((a, b) => a.length - b.length || compareLines(b[0]?.to ?? '0', a[0]?.to ?? '0'));
}

/** One supported step back, then up. */
function overOneStepBack(question: RouteQuestion, tables: Tables): readonly (readonly RouteHop[])[] {
  const { product, from, edition } = question;
  return tables.downgrades
    .filter((row) => row.product === product && row.from === from && row[edition] !== 'no')
    .flatMap((row) =>
      waysUp({ ...question, from: row.to }, tables)
        // Back and up through the same line again would gain nothing.
        .filter((way) => way.every((hop) => hop.to !== from))
        .map((way): readonly RouteHop[] => [{ from, to: row.to, kind: 'downgrade', row }, ...way]),
    );
}

function nearestTo(question: RouteQuestion, tables: Tables): string | null {
  const { product, from, to, edition } = question;
  const reached = new Set<string>();
  const walk = (line: string): void => {
    for (const hop of hopsFrom(product, line, edition, tables)) {
      if (reached.has(hop.to) || compareLines(hop.to, to) > 0) continue;
      reached.add(hop.to);
      walk(hop.to);
    }
  };
  walk(from);
  return [...reached].sort(compareLines).at(-1) ?? null;
}

/** A row as a person cites it. */
export function citing(row: LineRow | DowngradeRow | HopRow): string {
  const what =
    'line' in row
      ? `${row.product} ${row.line}: ${row.kind}${row.selfManaged ? '' : ', Atlas only'}`
      : `${row.product} ${row.from} → ${row.to}`;
  const note = row.note === null || row.note === '' ? '' : `, ${row.note}`;
  return `${what}${note} (${row.source}${row.verified ? '' : '; unverified'})`;
}
