import type { Relaxation, RunningChange } from '../domain/plan.ts';
import type { ExportFormat } from './command.ts';
import type { Change, DecideRequest } from './shell.ts';

/** What the reducer wants done outside of it. */
export type Request =
  | ({ readonly type: 'decide' } & DecideRequest)
  | { readonly type: 'restore'; readonly change: Change; readonly to: 'before' | 'after' }
  | { readonly type: 'publish' }
  | { readonly type: 'running'; readonly changes: readonly RunningChange[] }
  | { readonly type: 'relax'; readonly relaxation: Relaxation }
  | { readonly type: 'copy'; readonly as: 'text' | 'markdown' }
  | { readonly type: 'save'; readonly as: ExportFormat }
  | { readonly type: 'refresh' }
  | { readonly type: 'suspend' };

/** What the footer says while it is under way. */
export function describe(request: Request): string {
  switch (request.type) {
    case 'decide':
      return `Writing: ${request.kind} ${request.windowId}`;
    case 'restore':
      return `${request.to === 'before' ? 'Undoing' : 'Redoing'}: ${request.change.label}`;
    case 'publish':
      return 'Writing neap.plan.yaml';
    case 'relax':
      return `Writing neap.yaml: ${request.relaxation.text}`;
    case 'running':
      return 'Writing neap.yaml';
    case 'copy':
      return 'Copying';
    case 'save':
      return 'Writing a file';
    case 'refresh':
      return 'Reading again';
    case 'suspend':
      return 'Suspended';
  }
}
