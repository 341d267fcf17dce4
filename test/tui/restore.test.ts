import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs in a process of its own, because what ends it is the point: while Ink is being loaded nobody else would clean up. */
function run(ending: string) {
  const script = `
    import { restoreOnExit } from './src/tui/restore.ts';
    const write = (text) => process.stdout.write(text);
    const early = restoreOnExit({ setRawMode: (on) => write('raw ' + on) }, { write });
    setTimeout(() => {}, 5000);
    ${ending}
  `;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' });
}

const LEFT = '\x1b[0m\x1b[?25h\x1b[?1049lraw false';

describe('the terminal is left as it was found', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])('by %s, which still ends the process', (signal) => {
    expect(run(`process.kill(process.pid, '${signal}')`)).toMatchObject({ stdout: LEFT, signal });
  });

  it('by process.exit', () => {
    expect(run('process.exit(3)')).toMatchObject({ stdout: LEFT, status: 3 });
  });

  it('by a crash', () => {
    expect(run(`throw new Error('boom')`)).toMatchObject({ stdout: LEFT, status: 1 });
  });

  it('once, when asked twice', () => {
    expect(run('early.restore(); early.restore(); process.exit(0)').stdout).toBe(LEFT);
  });

  it('by somebody else once released', () => {
    expect(run('early.release(); process.exit(0)').stdout).toBe('');
  });
});
