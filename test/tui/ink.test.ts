import { expect, it } from 'vitest';
import type { Answer, DecideRequest, SyncProgress } from '../../src/tui/shell.ts';
import { anOverview } from '../support/overview.ts';
import { pressing, text } from './screen.ts';
import { emulate } from './terminal.ts';

const size = { columns: 100, rows: 30 };

it('draws, moves, decides, follows the size of the terminal, and leaves it as it was', async () => {
  const asked: DecideRequest[] = [];
  const decide = async (request: DecideRequest): Promise<Answer> => {
    asked.push(request);
    return request.kind === 'accept'
      ? yes('accepted session-ttl')
      : { ok: false, message: 'the plan file is read-only' };
  };
  const emulated = await emulate(size, { decide });
  const shown = () => emulated.lines().join('\n');
  expect(emulated.onAlternateScreen()).toBe(true);
  expect(emulated.isRaw()).toBe(true);
  expect(shown()).toBe(trimmed(text(pressing([], size))));

  // Both keys arrive as one event.
  await emulated.send('nn');
  expect(shown()).toBe(trimmed(text(pressing(['n', 'n'], size))));
  await emulated.send('a');
  expect(asked).toMatchObject([{ kind: 'accept', windowId: 'session-ttl', reason: null }]);
  expect(shown()).toContain('accepted session-ttl');
  expect(shown()).toContain('▶✓ session-ttl');

  await emulated.send('x');
  await emulated.send('too early\r');
  expect(asked[1]).toMatchObject({ kind: 'reject', windowId: 'session-ttl', reason: 'too early' });
  expect(shown()).toContain('the plan file is read-only');

  await emulated.resize({ columns: 160, rows: 50 });
  expect(shown()).toContain('Unplaced');
  await emulated.resize({ columns: 40, rows: 10 });
  expect(shown()).toContain('neap needs 60x16');
  await emulated.resize({ columns: 80, rows: 24 });
  expect(shown()).toContain('▶✓ session-ttl');

  await emulated.send('?');
  expect(shown()).toContain('Keys and signs');
  const gone = emulated.app.waitUntilExit();
  await emulated.send('q');
  await gone;
  expect(emulated.onAlternateScreen()).toBe(false);
  expect(emulated.isRaw()).toBe(false);
});

it('reports what crashes it, with the terminal restored', async () => {
  const emulated = await emulate(size, { decide: () => Promise.reject(new Error('disk full')) });
  const gone = emulated.app.waitUntilExit();
  const failed = expect(gone).rejects.toThrow('disk full');
  await emulated.send('a');
  await failed;
  expect(emulated.onAlternateScreen()).toBe(false);
});

it('writes a decision on its way before it closes', async () => {
  let write: (result: Answer) => void = () => {};
  const emulated = await emulate(size, { decide: () => new Promise((resolve) => (write = resolve)) });
  let open = true;
  const gone = emulated.app.waitUntilExit().then(() => {
    open = false;
  });
  await emulated.send('aq');
  expect(open).toBe(true);
  expect(emulated.lines().join('\n')).toContain('Writing: accept orders-split');
  write(yes('accepted'));
  await gone;
  expect(emulated.onAlternateScreen()).toBe(false);
});

it('leaves by ctrl-C, also while a reason is typed', async () => {
  const emulated = await emulate(size);
  const gone = emulated.app.waitUntilExit();
  await emulated.send('xno');
  expect(emulated.lines().join('\n')).toContain('Reject orders-split, why? no');
  await emulated.send('\x03');
  await gone;
  expect(emulated.isRaw()).toBe(false);
});

it('syncs with progress while keys are answered, and stops when it is left', async () => {
  const told: ((progress: SyncProgress) => void)[] = [];
  const stopped: string[] = [];
  const emulated = await emulate(size, {
    sync: (report, signal) =>
      new Promise((resolve) => {
        told.push(report);
        signal.addEventListener('abort', () => {
          stopped.push('stopped');
          resolve({ ok: false, message: 'interrupted' });
        });
      }),
  });
  const shown = () => emulated.lines().join('\n');
  await emulated.send('R');
  expect(shown()).toContain('syncing');
  told[0]?.({ done: 3, of: 20, at: 'mongodb notes' });
  await emulated.send('2');
  expect(shown()).toContain('syncing 3/20 mongodb notes');
  expect(shown()).toContain('[2 Month]');
  await emulated.send('R');
  expect(shown()).toContain('Already syncing');
  expect(told).toHaveLength(1);
  const gone = emulated.app.waitUntilExit();
  await emulated.send('q');
  await gone;
  expect(stopped).toEqual(['stopped']);
});

it('shows what was synced', async () => {
  const emulated = await emulate(size, { sync: async () => yes('Synced: 20 feeds read') });
  await emulated.send('R');
  expect(emulated.lines().join('\n')).toContain('Synced: 20 feeds read');
  expect(emulated.lines().join('\n')).not.toContain('syncing');
  emulated.app.unmount();
});

it('copies a window the way terminals take it', async () => {
  const written: string[] = [];
  const emulated = await emulate(size, {}, (bytes) => written.push(bytes));
  await emulated.send('y');
  const [, encoded = ''] = /^\x1b\]52;c;([A-Za-z0-9+/=]+)\x07$/.exec(written[0] ?? '') ?? [];
  const text = Buffer.from(encoded, 'base64').toString();
  expect(text).toContain('**orders: split shipments  (orders-split)**');
  expect(text).toContain('- way back: run the migration down');
  emulated.app.unmount();
});

function yes(message: string): Answer {
  return { ok: true, picture: { overview: accepted(), changed: [] }, message, change: null };
}

function accepted() {
  const overview = anOverview();
  const windows = overview.plan.windows.map((window) => ({ ...window, state: 'accepted' as const }));
  return { ...overview, plan: { ...overview.plan, windows } };
}

function trimmed(screen: string): string {
  return screen
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
