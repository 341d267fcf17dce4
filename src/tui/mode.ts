import type { DayNumber } from '../domain/day.ts';
import type { Offer, Trial } from './shell.ts';

/** What stands above the calendar and takes the keys. One thing at a time. */
export type Mode =
  | { readonly kind: 'none' }
  | { readonly kind: 'help'; readonly top: number }
  /** A question to be answered in words. */
  | Ask
  | Move
  /** Commands, dates and rows by name. */
  | { readonly kind: 'palette'; readonly text: string; readonly index: number };

export interface Ask {
  readonly kind: 'ask';
  readonly about: 'reason' | 'filter' | 'date' | 'offer' | 'relax';
  readonly text: string;
  /** The window that is rejected, the item without a place; `''` for the others. */
  readonly windowId: string;
  /** What is offered; `null` for the others. */
  readonly offer: Offer | null;
}

/** A window that follows the keys. */
export interface Move {
  readonly kind: 'move';
  readonly windowId: string;
  readonly title: string;
  /** Calendar days it takes as long as nobody has asked the planner. */
  readonly days: number;
  readonly from: DayNumber;
  /** Where it was. */
  readonly origin: DayNumber;
}

/** A window on a day, and what the planner says to it; `null`: still asked. */
export interface Tried {
  readonly windowId: string;
  readonly day: DayNumber;
  readonly trial: Trial | null;
}

export const NO_MODE: Mode = { kind: 'none' };
