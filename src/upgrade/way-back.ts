import type { ProductId } from '../domain/product.ts';
import { compareLines } from '../versioning/scheme.ts';
import type { Edition } from './route.ts';
import type { Tables } from './tables.ts';

/** How to go back once a step is done. */
export type WayBackKind =
  /** Undo the step: nothing of the data has changed. */
  | 'undo'
  /** Put the old binaries back. */
  | 'downgrade'
  /** The same, but only with the vendor's support. */
  | 'support'
  /** Only by restoring the backup taken before. */
  | 'restore'
  /** Nobody has said. To be treated as a restore. */
  | 'unknown';

export interface WayBack {
  readonly kind: WayBackKind;
  readonly text: string;
  /** From here on the way back is a restore, or nothing: the step is a point of no return. */
  readonly noReturn: boolean;
  readonly source: string | null;
  readonly verified: boolean;
}

interface Question {
  readonly product: ProductId;
  readonly from: string;
  readonly to: string;
  readonly edition: Edition;
}

/** The way back after the new binaries have run, before the FCV is raised. Pure. */
export function backFromBinaries({ product, from, to, edition }: Question, tables: Tables): WayBack {
  const engine = tables.engines.find((one) => one.product === product);
  if (engine?.wayBack === 'format') return backByFormat(product, from, to, tables);
  const row = tables.downgrades.find((one) => one.product === product && one.from === to && one.to === from);
  const rest = { source: row?.source ?? null, verified: row?.verified ?? false };
  if (row === undefined) {
    const text = `Restore the backup taken before; whether ${to} can be downgraded to ${from} is not known.`;
    return { kind: 'unknown', text, noReturn: true, ...rest };
  }
  const word = row[edition];
  if (word === 'yes') {
    const text = `Downgrade the binaries to the newest ${from}, while the FCV has not been raised.`;
    return { kind: 'downgrade', text, noReturn: false, ...rest };
  }
  if (word === 'pinned') {
    const text = `Atlas goes back to ${from} only if the FCV was pinned before the upgrade.`;
    return { kind: 'support', text, noReturn: false, ...rest };
  }
  if (word === 'support') {
    const text = 'Restore the backup taken before; a downgrade only with the vendor’s support.';
    return { kind: 'support', text, noReturn: true, ...rest };
  }
  const text = 'Restore the backup taken before; the vendor supports no downgrade for this edition.';
  return { kind: 'restore', text, noReturn: true, ...rest };
}

/** The way back after the FCV was raised. Pure. */
export function backFromFcv(question: Question, tables: Tables): WayBack {
  const before = backFromBinaries(question, tables);
  if (before.kind !== 'downgrade') return before;
  const text = `Lower the FCV to ${question.from}, remove what ${question.from} cannot read, then downgrade the binaries.`;
  return { ...before, text };
}

/** What the vendor's downgrade page asks for; `null` where there is no row. */
export function downgradeNote(product: ProductId, from: string, to: string, tables: Tables): string | null {
  return tables.downgrades.find((row) => row.product === product && row.from === from && row.to === to)?.note ?? null;
}

function backByFormat(product: ProductId, from: string, to: string, tables: Tables): WayBack {
  const line = (name: string) => tables.lines.find((row) => row.product === product && row.line === name);
  const [old, fresh] = [line(from), line(to)];
  const verified = (old?.verified ?? false) && (fresh?.verified ?? false);
  const source = fresh?.source ?? null;
  const crossed = tables.formats.filter(
    (row) => row.product === product && compareLines(from, row.line) < 0 && compareLines(to, row.line) >= 0,
  );
  const why = crossed.map(({ text }) => text);
  const [a, b] = [old?.dataFormat ?? null, fresh?.dataFormat ?? null];
  if (a !== null && b !== null && b > a)
    why.unshift(`${to} writes dumps of version ${b}, ${from} reads them up to ${a}`);
  if (why.length > 0) {
    const text = `Restore the files copied before on ${from}: ${why.join('; ')}.`;
    return { kind: 'restore', text, noReturn: true, source, verified };
  }
  if (a === null || b === null) {
    const text = `Restore the files copied before; whether ${from} reads the dumps of ${to} is not known.`;
    return { kind: 'unknown', text, noReturn: true, source, verified: false };
  }
  const text = `Put the binaries of ${from} back: both lines write dumps of version ${a}.`;
  return { kind: 'downgrade', text, noReturn: false, source, verified };
}
