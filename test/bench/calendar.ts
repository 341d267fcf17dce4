import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface CalendarMeasures {
  /** Bytes of a whole frame. */
  readonly whole: number;
  /** Keys that move the selection, the day, and the whole chart. */
  readonly rowKeys: Keys;
  readonly dayKeys: Keys;
  readonly scrolling: Keys;
  /** Milliseconds the screen lags behind after a key was held for ten seconds. */
  readonly lag: number;
  /** Milliseconds of drawing one frame as text. */
  readonly compose: number;
  /** Milliseconds of a key without Ink: reduce, draw, compare the rows. */
  readonly floor: number;
  /** Megabytes after 200 and after 2,000 frames. */
  readonly early: number;
  readonly late: number;
}

export interface Keys {
  /** Milliseconds from a key to the end of its frame. */
  readonly median: number;
  readonly p95: number;
  /** Written to the terminal for one key, the median and the most. */
  readonly bytes: number;
  readonly mostBytes: number;
}

/** Bundles the calendar as the program is, once for all measurements; the file to run. */
export async function bundleCalendar(folder: string): Promise<string> {
  const outfile = join(folder, 'calendar-child.mjs');
  await build({
    entryPoints: ['test/bench/calendar-child.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    define: { 'process.env.DEV': '"false"', 'process.env.NODE_ENV': '"production"' },
    alias: { 'react-devtools-core': 'node:events' },
    banner: { js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}

export function measureCalendar(file: string, columns: number, rows: number, lanes: number): CalendarMeasures {
  const args = [file, ...[columns, rows, lanes].map(String)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '');
}
