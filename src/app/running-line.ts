import type { Lane } from '../domain/overview.ts';
import type { Line } from '../domain/release.ts';

/** The line that runs, with what is known of its end; `null`: nobody says what runs, or nothing is known of its line. */
export function runningLine({ running, history }: Pick<Lane, 'running' | 'history'>): Line | null {
  if (running === null) return null;
  return history.lines.find(({ line }) => running === line || running.startsWith(`${line}.`)) ?? null;
}
