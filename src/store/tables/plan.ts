import type { Database } from 'better-sqlite3';

/** Plans kept of one team; older ones go. */
const KEPT = 100;

export interface PlanTable {
  /** The last one; `null` when none was kept. */
  last(team: string): { readonly madeOn: string; readonly snapshot: string } | null;
  keep(team: string, madeOn: string, snapshot: string): void;
}

/** Plans as they were made, by team. */
export function planTable(db: Database): PlanTable {
  const last = db.prepare<[string], { number: number; madeOn: string; snapshot: string }>(
    'SELECT number, made_on AS madeOn, snapshot FROM plan WHERE team = ? ORDER BY number DESC LIMIT 1',
  );
  const insert = db.prepare('INSERT INTO plan VALUES (?, ?, ?, ?)');
  const forget = db.prepare('DELETE FROM plan WHERE team = ? AND number <= ?');
  return {
    last: (team) => last.get(team) ?? null,
    keep(team, madeOn, snapshot) {
      const number = (last.get(team)?.number ?? 0) + 1;
      insert.run(team, number, madeOn, snapshot);
      forget.run(team, number - KEPT);
    },
  };
}
