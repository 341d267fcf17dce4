import { describe, expect, it } from 'vitest';
import { greeting, say } from '../../src/tui/spoken/say.ts';
import { initialState, reduce, type State } from '../../src/tui/state.ts';
import { anOverview } from '../support/overview.ts';

const opened = press(initialState(anOverview(), { columns: 80, rows: 24 }), ['3']);

function press(state: State, keys: readonly string[]): State {
  return keys.reduce((now, key) => reduce(now, { type: 'key', key }), state);
}

/** Everything said while the keys are pressed one after the other. */
function heard(keys: readonly string[], state = opened): readonly string[] {
  let now = state;
  return keys.flatMap((key) => {
    const next = press(now, [key]);
    const lines = say(now, next);
    now = next;
    return lines;
  });
}

describe('the spoken calendar', () => {
  it('says first how things stand, where one is and which keys there are', () => {
    const lines = greeting(opened);
    expect(lines[0]).toContain('mongodb: models may change until 10 Jan 2027');
    expect(lines).toContain('Stale: ioredis (2026-10-02); older than 14 days. Run: neap sync');
    expect(lines.join('\n')).toContain('Today is Sun 22 Nov 2026');
  });

  it('reads entries, windows and days', () => {
    expect(heard(['j'])).toEqual(['Mon 23 Nov 2026: Sprint S24, starts, to 6 Dec']);
    expect(heard(['n'])).toEqual(['Mon 7 Dec 2026: MongoDB 8.0 -> 8.2: prepare, proposed, to 8 Dec, S25']);
    expect(heard(['2', 'j'])).toEqual([
      'Month view',
      'Sun 29 Nov 2026. sprint: S24, Mon 23 Nov 2026 to Sun 6 Dec 2026, 14 d',
    ]);
  });

  it('reads all facts on enter', () => {
    const lines = heard(['n', 'enter']);
    expect(lines).toContain('MongoDB 8.0 -> 8.2  (upgrade:mongodb-8.2)');
    expect(lines).toContain('no return: from 18 Jan 2027');
  });

  it('says what is asked, typed, held and written', () => {
    expect(heard(['n', 'x', 'n', 'o', 'enter'])).toEqual([
      'Mon 7 Dec 2026: MongoDB 8.0 -> 8.2: prepare, proposed, to 8 Dec, S25',
      'Reject upgrade:mongodb-8.2/prepare, why? Enter rejects, escape keeps',
      'typed n',
      'typed no',
      'Writing: reject upgrade:mongodb-8.2/prepare',
    ]);
    expect(heard(['n', 'm', 'l', 'escape']).slice(1)).toEqual([
      'Moving MongoDB 8.0 -> 8.2: prepare, from Mon 7 Dec 2026',
      'Tue 8 Dec 2026',
      expect.stringContaining('Mon 7 Dec 2026'),
      'Nothing was moved',
    ]);
    expect(heard([':', 'm', 'o', 'v', 'e'])).toContain('mov: move it, the rules alongside');
  });

  it('says nothing of what cannot be heard, and lets nothing hostile through', () => {
    expect(heard(['e', '+'])).toEqual([]);
    const hostile = { ...anOverview(), status: '\x1b]0;owned\x07calm' };
    expect(greeting(initialState(hostile, { columns: 80, rows: 24 }))[0]).toBe('calm');
  });
});
