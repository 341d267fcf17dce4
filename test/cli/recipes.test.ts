import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands.ts';

const folder = 'data/recipes';
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const names = readdirSync(folder);

/** Every call of neap in a recipe, comments left out: the command and its options. */
function calls(name: string): readonly { readonly command: string; readonly options: readonly string[] }[] {
  const lines = read(name)
    .split('\n')
    .filter((line) => !/^\s*#/.test(line));
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:\bneap|\$NEAP) ([a-z]+)([^|>&]*)/g)].map(([, command = '', rest = '']) => ({
      command,
      options: [...rest.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option),
    })),
  );
}

describe('the recipes', () => {
  it('are those the README names', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const name of names) expect(readme).toContain(`\`${name}\``);
  });

  it.each(names)('%s calls neap only in ways there are', (name) => {
    const known = new Map(
      COMMANDS.map((spec) => [spec.name, spec.options.map(([flags]) => flags.split(' ')[0] ?? '')]),
    );
    expect(calls(name).length).toBeGreaterThan(0);
    for (const { command, options } of calls(name)) {
      expect([...known.keys()]).toContain(command);
      for (const option of options) expect(known.get(command), `${command} ${option}`).toContain(option);
    }
  });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

describe('github-actions.yml', () => {
  const workflow = parse(read('github-actions.yml')) as {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions: object;
    readonly jobs: Readonly<
      Record<'gate' | 'report', { readonly permissions?: object; readonly steps: readonly Step[] }>
    >;
  };

  it('runs the gate on pull requests with the whole history, the report weekly, and may write nothing by default', () => {
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'merge_group', 'schedule', 'workflow_dispatch']);
    expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* 1$/) }]);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.gate.steps[0]).toMatchObject({ with: { 'fetch-depth': 0 } });
    expect(workflow.jobs.gate.steps.at(-1)?.run).toContain('neap gate --diff "$BASE"');
  });

  it('publishes the plan after the report that says what moved since the one before, and commits only a new one', () => {
    const { permissions, steps } = workflow.jobs.report;
    const runs = steps.map(({ run = '' }) => run);
    const [publish, reports] = [
      runs.findIndex((run) => run.includes('plan --publish')),
      runs.map((run) => /neap report/.test(run)),
    ];
    expect(publish).toBeGreaterThan(reports.lastIndexOf(true));
    expect(runs[publish]).toMatch(/git add neap\.plan\.yaml\n.*--quiet && exit 0\n.*commit/);
    expect(permissions).toEqual({ contents: 'write', issues: 'write' });
  });

  it('puts nothing that others write into a script', () => {
    for (const { steps } of Object.values(workflow.jobs)) {
      for (const { run = '' } of steps) expect(run).not.toContain('${{');
    }
  });
});

it('gitlab-ci.yml runs the gate on merge requests with the whole history, the report on a schedule', () => {
  const pipeline = parse(read('gitlab-ci.yml')) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  expect(pipeline['.neap']?.variables).toMatchObject({ GIT_DEPTH: '0' });
  expect(pipeline['neap gate']).toMatchObject({
    extends: '.neap',
    rules: [{ if: expect.stringContaining('merge_request_event') }],
    script: ['npx --no neap gate --diff "$CI_MERGE_REQUEST_DIFF_BASE_SHA"'],
  });
  expect(pipeline['neap report']).toMatchObject({ rules: [{ if: expect.stringContaining('schedule') }] });
});

it('pre-push is a script that the shell can read and git can run', () => {
  execFileSync('sh', ['-n', join(folder, 'pre-push')]);
  expect(statSync(join(folder, 'pre-push')).mode & 0o100).toBe(0o100);
});

it('crontab has times, settings, comments and nothing else, and no bare percent sign', () => {
  for (const line of read('crontab')
    .split('\n')
    .filter((text) => text !== '' && !text.startsWith('#'))) {
    expect(line).toMatch(/^(?:[A-Z_]+=\S+|(?:[\d*]+ ){4}[\d*]+ {2}\S.*)$/);
    expect(line.replaceAll('\\%', '')).not.toContain('%');
    const command = /^(?:[\d*]+ ){4}[\d*]+ {2}(.*)$/.exec(line)?.[1];
    if (command !== undefined) execFileSync('sh', ['-n', '-c', command]);
  }
});
