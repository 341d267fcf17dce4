import { agendaText } from './agenda-text.ts';
import type { ExportFormat, PlanFormat } from './command.ts';
import { compose } from './compose/compose.ts';
import { windowText } from './copy.ts';
import type { Request } from './request.ts';
import type { Answer, Shell } from './shell.ts';
import type { State } from './state.ts';
import { type Theme, themeFor } from './theme.ts';

export interface Tools {
  readonly shell: Shell;
  readonly theme: Theme;
  readonly write: (bytes: string) => void;
  /** Resolves when the process was continued. */
  readonly suspend: () => Promise<void>;
}

/** Carries out what the reducer wished for. */
export async function perform(
  request: Request,
  state: State,
  { shell, theme, write, suspend }: Tools,
): Promise<Answer> {
  switch (request.type) {
    case 'decide':
      return shell.decide(request);
    case 'restore':
      return shell.restore(request.change, request.to);
    case 'publish':
      return shell.publish();
    case 'running':
      return shell.writeRunning(request.changes);
    case 'relax':
      return shell.relax(request.relaxation);
    case 'refresh':
      return (await shell.refresh(true)) ?? said(state, 'Nothing is new');
    case 'suspend':
      await suspend();
      // The day may be another one.
      return (await shell.refresh(false)) ?? said(state, '');
    case 'save':
      return request.as === 'calendar' || request.as === 'table' || request.as === 'report'
        ? shell.savePlan(request.as)
        : shell.save(request.as, textFor(request.as, state, theme));
    case 'copy': {
      const text = windowText(state, request.as);
      if (text === null) return { ok: false, message: 'Only a window can be copied: go to one with n' };
      write(osc52(text));
      return said(state, `Copied as ${request.as}, if your terminal lets programs copy (OSC 52)`);
    }
  }
}

/** The sequence with which a terminal takes text into the clipboard. */
function osc52(text: string): string {
  return `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`;
}

function textFor(as: Exclude<ExportFormat, PlanFormat>, state: State, theme: Theme): string {
  if (as === 'agenda') return agendaText(state);
  if (as === 'window') return windowText(state, 'markdown') ?? '';
  const plain = themeFor({ colorLevel: 'none', ascii: theme.ascii });
  const lines = compose(state.model, { ...state, toast: null, request: null }, state.size, plain);
  return `${lines.map((line) => line.replace(/\x1b\[[0-9;]*m/g, '').trimEnd()).join('\n')}\n`;
}

function said({ model }: State, message: string): Answer {
  return { ok: true, picture: { overview: model.overview, changed: model.changed }, message, change: null };
}
