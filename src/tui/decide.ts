import type { Overview } from '../domain/overview.ts';

export interface DecideRequest {
  readonly kind: 'accept' | 'reject';
  /** Id of a window; of an item when an engine upgrade is decided on as a whole. */
  readonly windowId: string;
  readonly reason: string | null;
}

export type DecideResult =
  | { readonly ok: true; readonly overview: Overview; readonly message: string }
  | { readonly ok: false; readonly message: string };

/** Writes a decision and plans again. Never throws. */
export type Decide = (request: DecideRequest) => Promise<DecideResult>;
