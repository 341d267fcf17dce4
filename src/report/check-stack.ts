import type { StackFinding } from '../upgrade/check-stack.ts';
import { plain } from './text.ts';

const ORDER = ['high', 'medium', 'low'];

/** What is wrong with what runs, gravest first. */
export function stackText(findings: readonly StackFinding[], parts: number): string {
  if (findings.length === 0) {
    return `${parts} ${parts === 1 ? 'part' : 'parts'} looked at: supported, on living lines, without a known advisory.\n`;
  }
  return findings
    .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
    .flatMap(({ severity, part, text, fix, verified }) => [
      `${severity.padEnd(6)}  ${plain(part)}: ${plain(text)}${verified ? '' : ' [unverified]'}\n`,
      ...(fix === null ? [] : [`        do: ${plain(fix)}\n`]),
    ])
    .join('');
}
