import { withoutControls as plain } from '../domain/clean-text.ts';
import type { TouchedWork } from '../domain/gate.ts';
import { type GateReport, gateText, headline } from './gate.ts';

/**
 * Annotations of GitHub Actions, one for each file that a closed or unknown answer is about, and what the terminal would be told below.
 * Form and escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions, and the runner's own
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
 */
export function gateAnnotations(report: GateReport): string {
  const commands = report.entries.flatMap(({ answer, work }) => {
    if (answer.state === 'open') return [];
    const because = [...answer.refusals.map(({ rule, because: why }) => `${rule}: ${why}`), ...answer.unknown];
    const message = [headline(answer), ...because].map(plain).join('\n');
    const { kind, store } = answer.question;
    const title = `neap: ${kind} change${store === null ? '' : ` of ${store}`} ${answer.state}`;
    return work.length === 0
      ? [command('error', { title }, message)]
      : work.map((one) => command('error', { ...at(one), title }, message));
  });
  return `${commands.join('')}${gateText(report).split('\n').map(inert).join('\n')}`;
}

function at({ file, line }: TouchedWork): Readonly<Record<string, string>> {
  return line === null ? { file } : { file, line: String(line) };
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(plain(value))}`);
  return `::${name} ${given.join(',')}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The runner takes `::` at the start of a line and `##[` anywhere in it for a command, and file names are anybody's text. */
function inert(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1 ·').replaceAll('##[', '# #[');
}
