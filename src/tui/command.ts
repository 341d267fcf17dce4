import type { ViewName } from './view.ts';

/** What a key asks for. `by` is signed. */
export type Command =
  | { readonly type: 'day' | 'row' | 'sprint' | 'month' | 'window' | 'zoom' | 'page'; readonly by: number }
  | { readonly type: 'jump'; readonly to: JumpTarget; readonly by: number }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'view'; readonly to: ViewName }
  | { readonly type: 'decide'; readonly kind: 'accept' | 'pin' | 'reject' | 'done' }
  | { readonly type: 'copy'; readonly as: 'text' | 'markdown' }
  | { readonly type: 'export'; readonly as: ExportFormat }
  | { readonly type: SimpleCommand };

export type SimpleCommand =
  | 'today'
  | 'go-to-date'
  | 'detail'
  | 'expand'
  | 'subject'
  | 'fold'
  | 'why-not'
  | 'move'
  | 'drop'
  | 'relax'
  | 'undo'
  | 'redo'
  | 'publish'
  | 'filter'
  | 'palette'
  | 'refresh'
  | 'sync'
  | 'suspend'
  | 'close'
  | 'help'
  | 'quit';

/** Dated things one can jump between. */
export type JumpTarget = 'feature' | 'deadline' | 'release' | 'changed';

/** The plan as other programs read it: a calendar, a table for spreadsheets, the report of the week. */
export type PlanFormat = 'calendar' | 'table' | 'report';

/** What is shown here as text, and the plan. */
export type ExportFormat = 'agenda' | 'frame' | 'window' | PlanFormat;
