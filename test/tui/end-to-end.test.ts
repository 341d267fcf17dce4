import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aFolder } from '../support/cli.ts';
import { hasPseudoTerminal, openTerminal, type PseudoTerminal } from '../support/pseudo-terminal.ts';

/** Loaded before the program: it is always the morning of 23 November 2026, and a signal makes it crash. */
const CLOCK = `const Real = Date; const start = performance.now();
const now = () => Real.UTC(2026, 10, 23, 9) + (performance.now() - start);
globalThis.Date = class extends Real { constructor(...a) { a.length === 0 ? super(now()) : super(...a); } static now() { return now(); } };
process.on('SIGUSR2', () => { throw new Error('crashed by a test'); });`;

const TEAM = `team: {name: Payments, timezone: UTC, sprint: {start: 2026-11-30, days: 14, first: 42}}
stack:
  - {product: mongodb, running: "8.0.15", fcv: "8.0", platform: ubuntu-22.04}
policy: {staleAfter: 365, watch: {engine: {off: this test is about keys}}}
modelChanges:
  - {id: alpha, store: mongodb, models: [A], days: 2, effort: 2, rerunnable: true, rollback: script}
  - {id: beta, store: mongodb, models: [B], days: 1, effort: 1, rerunnable: true, rollback: script}
`;

interface Started {
  readonly terminal: PseudoTerminal;
  readonly cwd: string;
  readonly decisions: () => unknown[];
}

const open: PseudoTerminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});

async function start(size = { columns: 100, rows: 30 }): Promise<Started> {
  const cwd = aFolder({ 'neap.yaml': TEAM, '.clock.mjs': CLOCK });
  const env = {
    ...process.env,
    NEAP_HOME: join(cwd, '.home'),
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    NO_COLOR: '1',
    CI: '1',
  };
  const terminal = await openTerminal(cwd, env, size);
  open.push(terminal);
  const program = `${process.execPath} --import ./.clock.mjs ${resolve('dist/main.js')}`;
  // A shell without job control in between: an interactive one would mend the terminal behind a program that died.
  writeFileSync(
    join(cwd, '.run'),
    `trap : INT\n(echo $BASHPID > .pid; exec ${program})\necho "left with $?"\nstty -a > .after\necho end\n`,
  );
  terminal.type('bash .run\r');
  await terminal.until((screen) => screen.includes('[1 Timeline]') && screen.includes('q quit'), 'the calendar');
  const decisions = () => parse(readFileSync(join(cwd, 'neap.plan.yaml'), 'utf8')).decisions;
  return { terminal, cwd, decisions };
}

/** After leaving: the shell's own screen, a cursor, and a terminal that takes and echoes lines. */
async function expectLeft({ terminal, cwd }: Started, code: number): Promise<void> {
  const screen = await terminal.until((shown) => shown.includes('\nend'), 'the end');
  expect(screen).toContain(`left with ${code}`);
  expectShell(terminal);
  const settings = readFileSync(join(cwd, '.after'), 'utf8').split(/[\s;]+/);
  expect(settings).toEqual(expect.arrayContaining(['icanon', 'echo', 'isig']));
}

function expectShell(terminal: PseudoTerminal): void {
  expect(terminal.onAlternateScreen()).toBe(false);
  expect(terminal.cursorIsVisible()).toBe(true);
}

describe.skipIf(!hasPseudoTerminal())('the built calendar in a real terminal', () => {
  it('accepts, moves, undoes, filters, follows the size, takes in what others write, and quits', async () => {
    const started = await start();
    const { terminal, cwd, decisions } = started;
    expect(terminal.onAlternateScreen()).toBe(true);

    terminal.type(':alpha\ra');
    await terminal.until((screen) => screen.includes('accepted alpha'), 'that alpha is accepted');
    expect(decisions()).toMatchObject([{ item: 'alpha', state: 'accepted', from: '2026-11-30', until: '2026-12-02' }]);

    // Seven days at once, as a held key arrives.
    terminal.type('m');
    await terminal.until((screen) => screen.includes('Moving alpha'), 'that alpha is held');
    terminal.type('lllllll');
    await terminal.until(
      (screen) => screen.includes('Mon 7 Dec 2026 to Tue 8 Dec 2026, 2 d'),
      'alpha tried on 7 December',
    );
    expect(decisions()).toMatchObject([{ from: '2026-11-30' }]);
    terminal.type('\r');
    await terminal.until((screen) => screen.includes('2026-12-07 to 2026-12-08'), 'that alpha is moved');
    expect(decisions()).toMatchObject([{ item: 'alpha', state: 'accepted', from: '2026-12-07', until: '2026-12-09' }]);

    terminal.type('u');
    await terminal.until((screen) => screen.includes('Undone: accepted alpha'), 'that the move is undone');
    expect(decisions()).toMatchObject([{ item: 'alpha', from: '2026-11-30' }]);
    terminal.type('U');
    await terminal.until((screen) => screen.includes('Done again'), 'that the move is done again');
    expect(decisions()).toMatchObject([{ item: 'alpha', from: '2026-12-07' }]);

    terminal.type('/beta\r');
    const filtered = await terminal.until((screen) => screen.includes('only "beta"'), 'the filter');
    expect(filtered).not.toContain('alpha: ');
    expect(filtered).toContain('beta');

    terminal.resize({ columns: 160, rows: 45 });
    await terminal.until((screen) => screen.split('\n').length === 45 && screen.includes('│ beta'), '160x45');
    terminal.resize({ columns: 40, rows: 10 });
    await terminal.until((screen) => screen.includes('neap needs 60x16'), 'too small');
    terminal.resize({ columns: 80, rows: 24 });
    await terminal.until((screen) => screen.includes('[1 Timeline]') && screen.split('\n').length === 24, '80x24');

    // Somebody else's pull request is merged meanwhile.
    const file = join(cwd, 'neap.plan.yaml');
    const theirs = readFileSync(file, 'utf8').replace('state: accepted', 'state: pinned');
    writeFileSync(file, `# theirs\n${theirs}`);
    await terminal.until((screen) => screen.includes('Read again'), 'what was written meanwhile');
    terminal.type('a');
    await terminal.until((screen) => screen.includes('accepted beta'), 'that beta is accepted');
    expect(decisions()).toMatchObject([
      { item: 'alpha', state: 'pinned', from: '2026-12-07' },
      { item: 'beta', state: 'accepted' },
    ]);
    expect(readFileSync(file, 'utf8')).toContain('# theirs');

    terminal.type('q');
    await expectLeft(started, 0);
  });

  it('is suspended and comes back', async () => {
    const started = await start();
    const { terminal } = started;
    terminal.type('\x1a');
    await terminal.until((screen) => screen.includes('Stopped'), 'the shell');
    expectShell(terminal);
    terminal.type('fg\r');
    await terminal.until((screen) => screen.includes('[1 Timeline]'), 'the calendar again');
    terminal.type('2');
    await terminal.until((screen) => screen.includes('[2 Month]'), 'the month');
    terminal.type('q');
    await expectLeft(started, 0);
  });

  it('is left by ctrl-C, also in the middle of a move', async () => {
    const started = await start();
    started.terminal.type(':alpha\rm');
    await started.terminal.until((screen) => screen.includes('Moving alpha'), 'that alpha is held');
    started.terminal.type('l\x03');
    await expectLeft(started, 0);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('leaves the terminal as it was after %s', async (signal, code) => {
    const started = await start();
    process.kill(Number(readFileSync(join(started.cwd, '.pid'), 'utf8')), signal);
    await expectLeft(started, code);
  });

  it('says what crashed it on the screen of the shell, with the terminal restored', async () => {
    const started = await start();
    started.terminal.type('n');
    process.kill(Number(readFileSync(join(started.cwd, '.pid'), 'utf8')), 'SIGUSR2');
    await expectLeft(started, 1);
    expect(await started.terminal.until((screen) => screen.includes('left with'), 'the end')).toContain(
      'crashed by a test',
    );
  });
});
