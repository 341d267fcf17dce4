import type { Product, ProductId } from '../domain/product.ts';
import { compareLines } from '../versioning/scheme.ts';
import type { RouteHop } from './route.ts';
import type { AdvisoryRow, Tables } from './tables.ts';

/** Something to know before a step. */
export interface Finding {
  /** high, medium, low. */
  readonly severity: string;
  /** Id of the step it concerns; `null`: the whole. */
  readonly step: string | null;
  readonly text: string;
  readonly source: string | null;
  readonly verified: boolean;
}

/** What the lines entered by a hop break, those jumped over included, and the limits of the machines below. */
export function hopFindings(
  tables: Tables,
  product: Product,
  hop: RouteHop,
  target: { readonly version: string; readonly open: readonly AdvisoryRow[] },
): readonly Finding[] {
  if (hop.kind === 'downgrade') return [];
  const entered = (line: string) => compareLines(line, hop.from) > 0 && compareLines(line, hop.to) <= 0;
  const step = `${hop.to}/prepare`;
  const breakers = tables.breakers
    .filter((row) => row.product === product.id && entered(row.line) && !mended(row.below, target.version))
    .map((row) => ({
      severity: row.severity,
      step,
      text: `${row.line}: ${row.change}. ${row.effect}${row.check === null ? '' : ` (look at: ${row.check})`}`,
      source: row.source,
      verified: row.verified,
    }));
  const limits = (tables.platforms.find((table) => table.product === product.id)?.limits ?? [])
    .filter((limit) => entered(limit.fromLine))
    .map((limit) => ({
      severity: limit.severity,
      step,
      text: `${limit.fromLine}: ${limit.text}${limit.check === null ? '' : ` (look at: ${limit.check})`}`,
      source: limit.source,
      verified: limit.verified,
    }));
  const open = target.open.map((advisory) => ({
    severity: 'high',
    step,
    text: `${target.version} is open to ${advisory.id}: ${advisory.title}`,
    source: advisory.source,
    verified: advisory.verified,
  }));
  return [...open, ...limits, ...breakers, ...backupRules(tables, product, step)];
}

/** What to mind with dumps, which are the way back: shown with all, for they hold for every hop. */
function backupRules(tables: Tables, product: Product, step: string): readonly Finding[] {
  if (product.id !== tables.tools.engine) return [];
  return tables.tools.rules
    .filter(({ severity, applies }) => severity === 'high' && ['dump', 'restore', 'any'].includes(applies))
    .map(({ rule, source, verified }) => ({ severity: 'low', step, text: `backup: ${rule}`, source, verified }));
}

/** The engine's backup tools by name, with the first version that knows a line; `null` where the table does not say. */
export function toolsFor({ tools }: Tables, engine: ProductId, line: string): string | null {
  if (engine !== tools.engine) return null;
  const first = tools.versions.find(({ addsServer }) => addsServer !== null && compareLines(addsServer, line) >= 0);
  return first === undefined ? null : `${tools.name} ${first.version}`;
}

function mended(below: string | null, version: string): boolean {
  if (below === null) return false;
  const [a, b] = [version.split('.').map(Number), below.split('.').map(Number)];
  for (let i = 0; i < 3; i++) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) > (b[i] ?? 0);
  }
  return true;
}
