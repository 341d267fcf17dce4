import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replay } from '../../../src/app/replay/replay.ts';
import type { Replay } from '../../../src/app/replay/types.ts';
import { openSession, type Session } from '../../../src/cli/session.ts';
import { addDays, type Day, day } from '../../../src/domain/day.ts';
import { replaySummary, replayText } from '../../../src/report/replay.ts';
import { aTerminal } from '../../support/cli.ts';

const FROM = day('2023-01-02');
const UNTIL = day('2023-07-03');
let session: Session;
let data: Replay;

beforeAll(async () => {
  session = await openSession({}, aTerminal().terminal);
  data = replay({ ...session, from: FROM, until: UNTIL });
});
afterAll(() => session.store.close());

describe('a replay', () => {
  it('plans every week, with what ran then', () => {
    expect(data.weeks.map(({ asOf }) => asOf)).toEqual(Array.from({ length: 26 }, (_, i) => addDays(FROM, 7 * i)));
    expect(data.stack.find(({ id }) => id === 'mongodb')?.running).toMatch(/^6\.0\.\d+$/);
    expect(data.stack.find(({ id }) => id === 'mongoose')?.range).toMatch(/^\^6\./);
    expect(data.changes.length).toBe(13);
    for (const { arrived, from, until, doneDays, atOnce } of data.changes) {
      if (atOnce !== null) expect(addDays(arrived, atOnce.doneDays)).toBe(atOnce.until);
      if (from === null) continue;
      expect(from >= arrived).toBe(true);
      expect(addDays(arrived, doneDays ?? -1)).toBe(until);
    }
  });

  it('is the same again', () => {
    expect(replay({ ...session, from: FROM, until: UNTIL })).toEqual(data);
  });

  it('knows nothing of the future: another one changes no week before it', () => {
    const turn = day('2023-04-03');
    const ledger: Session['store']['ledger'] = (product, asOf: Day) => {
      // From that day on mongoose and MongoDB speak of nothing that came out since.
      const late = asOf >= turn && (product === 'mongoose' || product === 'mongodb');
      return session.store.ledger(product, late ? day('2023-03-01') : asOf);
    };
    const other = replay({ ...session, store: { ledger }, from: FROM, until: UNTIL });
    const before = ({ asOf }: { readonly asOf: Day }) => asOf < turn;
    expect(other.weeks.filter(before)).toEqual(data.weeks.filter(before));
    const shipped = (one: Replay) =>
      one.changes.flatMap(({ id, from, until, risk }) =>
        until !== null && until < turn ? [{ id, from, until, risk }] : [],
      );
    expect(shipped(other)).toEqual(shipped(data));
    expect(shipped(data).length).toBeGreaterThan(2);
    expect(other.weeks).not.toEqual(data.weeks);
  });

  it('adds up: its numbers can be counted from its rows', () => {
    const rows = JSON.parse(JSON.stringify(data)) as Replay;
    const summary = replaySummary(data);
    const shipped = rows.changes.filter(({ from }) => from !== null);
    expect(summary.policy.of).toBe(shipped.length);
    expect(summary.policy.collided).toBe(shipped.filter(({ collided }) => collided !== null).length);
    expect(summary.policy.close).toBe(shipped.filter(({ closeTo }) => closeTo !== null).length);
    expect(summary.anySprint.of).toBe(rows.changes.reduce((sum, { anySprint }) => sum + anySprint.sprints, 0));
    expect(summary.movedProposals).toBe(rows.weeks.reduce((sum, { moved }) => sum + moved, 0));
    expect(summary.atOnce.share).toBeCloseTo(
      rows.changes.filter(({ atOnce }) => atOnce?.collided != null).length /
        rows.changes.filter(({ atOnce }) => atOnce !== null).length,
    );
    const text = replayText(data);
    expect(text).toContain(`${summary.policy.of} of ${rows.changes.length}`);
    expect(text).toMatch(/\n {2}2023 [·|oX#]{53}\n/);
  });
});
