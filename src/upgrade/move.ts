import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { compareLines } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { type ChainResult, chainFor } from './chain.ts';
import type { ChainRequest } from './request.ts';
import type { MoveRow, Tables } from './tables.ts';

/** What the tables say of moving an engine to another vendor's; `null`: nothing. */
function moveRowFor(tables: Tables, product: string, line: string, to: string): MoveRow | null {
  return (
    tables.moves.find(
      (row) =>
        row.product === product &&
        row.to === to &&
        compareLines(line, row.from) >= 0 &&
        (row.until === null || compareLines(line, row.until) <= 0),
    ) ?? null
  );
}

/**
 * A chain to another engine that reads the same data files, such as Redis 7.2 to Valkey; where the files differ, it is said and not planned.
 * Which packages the other engine works with is not in the tables, and a finding says so. Pure.
 */
export function moveFor(
  request: ChainRequest,
  to: { readonly product: Product; readonly history: History },
): ChainResult {
  const { product, tables } = request;
  const line = schemeOf(product.versioning).parse(request.running)?.line ?? request.running;
  const title = `${product.name} ${request.running} → ${to.product.name} ${request.to}`;
  const row = moveRowFor(tables, product.id, line, to.product.id);
  const no = (because: string, rows: readonly string[]): ChainResult => ({
    kind: 'none',
    title,
    because,
    rows,
    nearest: null,
  });
  if (row === null) return no(`nothing is known of moving ${product.name} ${line} to ${to.product.name}`, []);
  const cited = `${row.text} (${row.source}${row.verified ? '' : '; unverified'})`;
  if (row.how !== 'data-files')
    return no(`${product.name} ${line} moves to ${to.product.name} only by a logical copy`, [cited]);
  // The other engine reads these lines as if they were older ones of its own.
  const own = new Set(tables.lines.filter((one) => one.product === to.product.id).map((one) => one.line));
  const older = tables.lines
    .filter((one) => one.product === product.id && !own.has(one.line) && compareLines(one.line, line) <= 0)
    .map((one) => ({ ...one, product: to.product.id }));
  const engines = tables.engines.map((one) =>
    one.product === to.product.id ? { ...one, anyHigherFrom: row.from } : one,
  );
  const result = chainFor({
    ...request,
    fromName: product.name,
    product: to.product,
    history: to.history,
    packages: [],
    tables: { ...tables, engines, lines: [...tables.lines, ...older] },
  });
  if (result.kind !== 'chain') return result;
  const findings = request.packages.map((one) => ({
    severity: 'medium',
    step: null,
    text: `whether ${one.product.name} ${one.running ?? ''} works with ${to.product.name} is not in the tables: try it`,
    source: null,
    verified: false,
  }));
  const note = { severity: 'medium', step: null, text: row.text, source: row.source, verified: row.verified };
  const chain = {
    ...result.chain,
    name: `${product.name} to ${to.product.name}:`,
    findings: [note, ...findings, ...result.chain.findings],
  };
  return { kind: 'chain', chain };
}
