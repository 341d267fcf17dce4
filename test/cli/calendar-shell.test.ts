import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CalendarShell, calendarShell } from '../../src/cli/calendar-shell.ts';
import { openSession, overviewOf, type Session } from '../../src/cli/session.ts';
import { readPlanFile } from '../../src/config/plan-file.ts';
import { day } from '../../src/domain/day.ts';
import type { Answer, DecideRequest } from '../../src/tui/shell.ts';
import { aFolder, aTerminal, neap } from '../support/cli.ts';

const TEAM = `team: {name: Payments, timezone: UTC, sprint: {start: 2026-11-30, days: 14, first: 42}}
stack:
  - {product: mongodb, running: "8.0.15", fcv: "8.0", platform: ubuntu-22.04}
policy: {staleAfter: 365, watch: {engine: {off: this test is about files}}}
freezes:
  - {name: Year end, from: 2026-12-18, until: 2027-01-04, blocks: all}
modelChanges:
  - {id: alpha, store: mongodb, models: [A], days: 2, effort: 2, rerunnable: true, rollback: script}
  - {id: beta, store: mongodb, models: [B], days: 1, effort: 1, after: [alpha], rerunnable: true, rollback: script}
`;

const open: CalendarShell[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function aShell(files: Readonly<Record<string, string>> = { 'neap.yaml': TEAM }) {
  const cwd = aFolder(files);
  let now = new Date('2026-11-23T09:00:00Z');
  const terminal = { ...aTerminal({ cwd }).terminal, now: () => now };
  const session: Session = await openSession({}, terminal);
  const whole = calendarShell({}, terminal, session);
  open.push(whole);
  const file = join(cwd, 'neap.plan.yaml');
  return {
    shell: whole.shell,
    overview: overviewOf(session),
    file,
    cwd,
    written: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    wake: (at: string) => {
      now = new Date(at);
    },
  };
}

const accept: DecideRequest = {
  kind: 'accept',
  windowId: 'alpha',
  reason: null,
  seen: [{ id: 'alpha', from: day('2026-11-30'), until: day('2026-12-02') }],
};

function changeOf(answer: Answer) {
  if (!answer.ok || answer.change === null) throw new Error(`nothing was written: ${answer.message}`);
  return answer.change;
}

describe('what the calendar asks of the world', () => {
  it('writes a decision, takes it back and does it again', async () => {
    const { shell, written } = await aShell();
    const answer = await shell.decide(accept);
    const after = written();
    expect(after).toContain('item: alpha');
    const change = changeOf(answer);
    await shell.restore(change, 'before');
    expect(written()).not.toContain('item: alpha');
    await shell.restore(change, 'after');
    expect(written()).toBe(after);
  });

  it('refuses to undo what somebody decided otherwise since', async () => {
    const { shell, written, file } = await aShell();
    const change = changeOf(await shell.decide(accept));
    const theirs = written().replace('accepted', 'pinned');
    writeFileSync(file, theirs);
    expect(await shell.restore(change, 'before')).toMatchObject({
      ok: false,
      message: 'somebody decided otherwise on alpha since; nothing was written',
    });
    expect(written()).toBe(theirs);
  });

  it('decides nothing on a window that is not any more where it was seen', async () => {
    const { shell, written } = await aShell();
    const seen = [{ id: 'alpha', from: day('2026-12-07'), until: day('2026-12-09') }];
    const answer = await shell.decide({ ...accept, seen });
    expect(answer.message).toContain('alpha is on 2026-11-30 now');
    expect(written()).toBe('');
  });

  it('tries a window on a day with everything it does to the plan, and writes nothing', async () => {
    const { shell, written } = await aShell();
    const there = await shell.tryOn('alpha', day('2026-12-07'));
    expect(there).toMatchObject({ place: { from: '2026-12-07', until: '2026-12-09' }, problem: null, refusals: [] });
    expect(there.plan?.windows.find(({ id }) => id === 'beta')?.from).toBe('2026-12-09');
    const frozen = await shell.tryOn('alpha', day('2026-12-21'));
    expect(frozen.refusals.map(({ rule }) => rule)).toContain('freeze');
    expect(await shell.tryOn('alpha', day('2026-12-06'))).toMatchObject({
      place: null,
      problem: '2026-12-06 is no working day of the team',
    });
    expect(written()).toBe('');
  });

  it('notices files that change and days that pass, and complains once of what it cannot read', async () => {
    const { shell, file, cwd, wake } = await aShell();
    // The first look tells what moved in the week before.
    await shell.refresh(false);
    expect(await shell.refresh(false)).toBeNull();
    writeFileSync(file, 'decisions: [');
    expect(await shell.refresh(false)).toMatchObject({ ok: false });
    expect(await shell.refresh(false)).toBeNull();
    writeFileSync(file, 'decisions: []\n');
    writeFileSync(join(cwd, 'neap.yaml'), TEAM.replace('id: beta', 'id: gamma'));
    const read = await shell.refresh(false);
    expect(read?.ok === true && read.picture.overview.plan.windows.map(({ id }) => id)).toEqual([
      'mongodb-patch',
      'alpha',
      'gamma',
    ]);
    wake('2026-11-24T00:00:01Z');
    const tomorrow = await shell.refresh(false);
    expect(tomorrow).toMatchObject({ ok: true, message: 'It is 2026-11-24 now' });
    expect(tomorrow?.ok === true && tomorrow.picture.overview.asOf).toBe('2026-11-24');
  });

  it('publishes the plan, takes it back and does it again', async () => {
    const { shell, written, file, overview } = await aShell();
    const proposals = overview.plan.windows.map(({ id, from }) => ({ id, from }));
    const answer = await shell.publish();
    expect(answer.message).toBe('published 3 proposals; u takes it back');
    const after = written();
    expect(readPlanFile(file).baseline?.proposals).toEqual(expect.arrayContaining(proposals));
    expect((await shell.publish()).message).toBe('Nothing to publish: 3 proposals, as on 2026-11-23');
    expect(written()).toBe(after);
    const change = changeOf(answer);
    expect((await shell.restore(change, 'before')).message).toBe('Undone: published 3 proposals');
    expect(readPlanFile(file).baseline).toBeNull();
    await shell.restore(change, 'after');
    expect(written()).toBe(after);
    writeFileSync(file, after.replace('on: 2026-11-23', 'on: 2026-11-22'));
    expect(await shell.restore(change, 'before')).toMatchObject({
      ok: false,
      message: 'somebody published another plan since; nothing was written',
    });
  });

  it('publishes nothing of the example team', async () => {
    const { shell } = await aShell({});
    expect(await shell.publish()).toMatchObject({ ok: false, message: expect.stringContaining('neap init') });
  });

  it('marks once what moved since the plan was published', async () => {
    const { shell, cwd } = await aShell();
    await shell.refresh(false);
    await shell.publish();
    writeFileSync(join(cwd, 'neap.yaml'), TEAM.replace('id: alpha,', 'id: alpha, notBefore: 2026-12-07,'));
    const terminal = aTerminal({ cwd }).terminal;
    const next = calendarShell({}, terminal, await openSession({}, terminal));
    open.push(next);
    const answer = await next.shell.refresh(false);
    expect(answer).toMatchObject({ ok: true, message: '2 moved since the plan of 2026-11-23: c goes there' });
    expect(answer?.ok === true && answer.picture.changed[0]).toMatchObject({ id: 'alpha' });
  });

  it('answers questions also while the files cannot be read', async () => {
    const { shell, file } = await aShell();
    writeFileSync(file, 'decisions: [');
    expect((await shell.tryOn('alpha', day('2026-12-07'))).problem).toContain('neap.plan.yaml:');
    expect(await shell.relaxations('beta')).toEqual([]);
    expect(await shell.refresh(false)).toMatchObject({ ok: false, message: expect.stringContaining('Not valid YAML') });
  });

  it('takes no decisions for the example team, and says what to do', async () => {
    const { shell, overview } = await aShell({});
    const [window] = overview.plan.windows;
    const answer = await shell.decide({ kind: 'accept', windowId: window?.id ?? '', reason: null, seen: [] });
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('neap init') });
  });

  it('works out what would free work without a place, and writes the one that is chosen', async () => {
    const blocked = TEAM.replace('id: beta,', 'id: beta, notBefore: 2026-12-21, deadline: 2026-12-31,');
    const { shell, overview, cwd } = await aShell({ 'neap.yaml': blocked });
    expect(overview.plan.unplaced.map(({ item }) => item)).toEqual(['beta']);
    const found = await shell.relaxations('beta');
    const chosen = found.find(({ kind }) => kind === 'deadline');
    if (chosen === undefined) throw new Error('no later deadline was found');
    const answer = await shell.relax(chosen);
    expect(answer.ok === true && answer.picture.overview.plan.unplaced).toEqual([]);
    expect(readFileSync(join(cwd, 'neap.yaml'), 'utf8')).toContain(`deadline: ${chosen.to}`);
  });

  it('writes the plan for other programs, as neap export and neap report do', async () => {
    const { shell, cwd } = await aShell();
    const files = {
      calendar: 'neap-plan-2026-11-23.ics',
      table: 'neap-plan-2026-11-23.csv',
      report: 'neap-2026-W48-2026-11-23.html',
    };
    for (const [as, name] of Object.entries(files)) {
      expect((await shell.savePlan(as as keyof typeof files)).message).toBe(`Written: ${join(cwd, name)}`);
    }
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
    expect(read(files.calendar)).toBe((await neap(['export'], { cwd })).out);
    expect(read(files.table)).toBe((await neap(['export', '--format', 'csv'], { cwd })).out);
    expect(read(files.report)).toBe((await neap(['report', '--format', 'html'], { cwd })).out);
    expect((await shell.savePlan('calendar')).message).toContain('neap-plan-2026-11-23-2.ics');
  });

  it('writes files that were not there', async () => {
    const { shell, cwd } = await aShell();
    await shell.save('agenda', 'one');
    await shell.save('agenda', 'two');
    expect(readFileSync(join(cwd, 'neap-agenda-2026-11-23.txt'), 'utf8')).toBe('one');
    expect(readFileSync(join(cwd, 'neap-agenda-2026-11-23-2.txt'), 'utf8')).toBe('two');
  });
});
