import { type DayNumber, toNumber } from '../domain/day.ts';
import type { LaneRow, LineRow } from './row.ts';

/** Lines shown of one lane at most: the newest, and the one that runs. */
const MOST = 8;

/** The lines of a lane, highest first, with their lives. */
export function lineRows(row: LaneRow): readonly LineRow[] {
  const { lane } = row;
  const running = lane.running;
  const all = lane.history.lines.filter(({ ga, latest }) => ga !== null || latest !== null);
  const runs = all.find(({ line }) => running !== null && (running === line || running.startsWith(`${line}.`)));
  const newest = all.slice(0, MOST);
  const shown = runs === undefined || newest.includes(runs) ? newest : [...newest.slice(0, -1), runs];
  return shown.map((line): LineRow => {
    const ticks = row.ticks.filter(({ release }) => release.line === line.line);
    return {
      kind: 'line',
      id: `line:${row.id}:${line.line}`,
      label: line.line,
      hue: row.hue,
      lane,
      line,
      runs: line === runs,
      ticks: ticks.map((tick) => ({ ...tick, label: null })),
      ga: dayOf(line.ga),
      supportEnd: dayOf(line.supportEnd?.day ?? null),
      eol: dayOf(line.eol?.day ?? null),
    };
  });
}

function dayOf(day: Parameters<typeof toNumber>[0] | null): DayNumber | null {
  return day === null ? null : toNumber(day);
}
