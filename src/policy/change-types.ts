import table from '../../data/changes/types.json' with { type: 'json' };

import type { Phase } from '../domain/step-name.ts';
export type Bump = 'patch' | 'minor' | 'major';

/** A kind of model change, as data/changes/types.json has it. */
export interface ChangeType {
  readonly id: string;
  readonly title: string;
  readonly risk: 'low' | 'medium' | 'high';
  /** `while-dual-write`: until the old form is dropped. */
  readonly wayBack: 'yes' | 'while-dual-write' | 'no';
  /** In which it ships, in order. */
  readonly phases: readonly Phase[];
  /** Smallest version bump that is honest. */
  readonly bump: Bump;
  readonly steps: readonly string[];
}

const ROWS = table.rows as readonly ChangeType[];

export const CHANGE_TYPES: ReadonlyMap<string, ChangeType> = new Map(ROWS.map((row) => [row.id, row]));

/** `null` for no type, and for one that the table does not have. */
export function changeTypeOf(id: string | null): ChangeType | null {
  return id === null ? null : (CHANGE_TYPES.get(id) ?? null);
}

/**
 * The phases that need windows of their own: those of a type that drops something old after something new was added. Phases that can ship
 * together are one.
 */
export function phasesApart(type: ChangeType | null): readonly Phase[] {
  return type !== null && type.phases.length > 1 && type.phases.includes('contract') ? type.phases : [];
}

const ORDER: readonly Bump[] = ['patch', 'minor', 'major'];

/** The bump from one version to another; `null` when the two are no ascending `x.y.z`. */
export function bumpOf(from: string | null, to: string | null): Bump | null {
  const [a, b] = [from, to].map((text) =>
    /^(\d+)\.(\d+)\.(\d+)$/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number),
  );
  if (a === undefined || b === undefined) return null;
  const index = a.findIndex((number, i) => number !== b[i]);
  if (index === -1 || (b[index] ?? 0) < (a[index] ?? 0)) return null;
  return ORDER[2 - index] ?? null;
}

/** Whether a bump says less than the type demands. */
export function saysTooLittle(bump: Bump, demanded: Bump): boolean {
  return ORDER.indexOf(bump) < ORDER.indexOf(demanded);
}
