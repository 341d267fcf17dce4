// npm run bench: the built program as multiples of `node -e 0` in the same run (N). Interleaved runs, medians. With names of parts, such as
// `npm run bench -- calendar plan`, only those.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from '../../src/forecast/gap-model.ts';
import { bundleCalendar, measureCalendar } from './calendar.ts';
import { measureForecasts } from './forecast.ts';
import { measureIngest } from './ingest.ts';
import { measureNothingNew } from './nothing-new.ts';
import { measurePlan, measureWhatIf, measureWhy } from './plan.ts';
import { firstFrames, hasPseudoTerminal } from './pseudo-terminal.ts';
import { largeTeam } from './report.ts';
import { timeOf } from './time.ts';

const PARTS = ['start', 'forecast', 'plan', 'report', 'ingest', 'calendar'] as const;
const named = process.argv.slice(2);
const strange = named.find((name) => !PARTS.some((part) => part === name));
if (strange !== undefined) throw new Error(`no part ${strange}; there are ${PARTS.join(', ')}`);
const wants = (part: (typeof PARTS)[number]) => named.length === 0 || named.includes(part);

const ROUNDS = 20;
const program = resolve('dist/main.js');
const home = mkdtempSync(join(tmpdir(), 'neap-bench-'));
// A git root of its own, so that no neap.yaml above it is found.
mkdirSync(join(home, '.git'));
const env = { ...process.env, NEAP_HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
const node = (args: readonly string[]) => timeOf(process.execPath, args, { cwd: home, env });

// The gate opens for a team only, so the example is made one.
const team = join(home, 'team');
mkdirSync(join(team, '.git'), { recursive: true });
copyFileSync('data/example/neap.yaml', join(team, 'neap.yaml'));
const question = ['gate', '--change', 'model', '--store', 'mongodb', '--as-of', '2026-11-22'];
const gate = () => timeOf(process.execPath, [program, ...question], { cwd: team, env });
const calendar = () => firstFrames(`${process.execPath} ${program}`, { cwd: home, env, columns: 100, rows: 30 });
const answers = join(home, 'answers');
/** Bytes; of what is kept, only overviews are larger. */
const LARGE = 100_000;

const samples: Record<string, number[]> = {};
const add = (name: string, ms: number) => {
  samples[name] ??= [];
  samples[name].push(ms);
};

try {
  const first = await node([program, 'status']);
  await gate();
  const terminal = hasPseudoTerminal();
  for (let round = 0; round < ROUNDS; round++) {
    add('node -e 0', await node(['-e', '0']));
    if (!wants('start')) continue;
    add('neap --version', await node([program, '--version']));
    add('neap gate', await gate());
    for (const command of ['status', 'agenda', 'periods']) {
      add(`neap ${command}`, await node([program, command]));
    }
    if (!terminal) continue;
    const frames = await calendar();
    add('calendar: early paint, 100x30', frames.earlyPaint);
    add('calendar: first frame by Ink, 100x30', frames.ink);
  }
  // What a start costs when something has changed since the last: the answers kept for it are taken away.
  for (let round = 0; wants('start') && round < ROUNDS / 4; round++) {
    rmSync(answers, { recursive: true });
    add('neap status, nothing kept', await node([program, 'status']));
    for (const name of readdirSync(answers))
      if (statSync(join(answers, name)).size > LARGE) rmSync(join(answers, name));
    add('neap status, configuration kept', await node([program, 'status']));
    if (!terminal) continue;
    rmSync(answers, { recursive: true });
    const frames = await calendar();
    add('calendar: early paint, nothing kept', frames.earlyPaint);
    add('calendar: by Ink, nothing kept', frames.ink);
  }
  const n = median(samples['node -e 0'] ?? []);
  console.log(
    `N = node -e 0 = ${n.toFixed(1)} ms, median of ${ROUNDS} interleaved runs, Node.js ${process.versions.node}`,
  );
  for (const [name, times] of Object.entries(samples)) {
    const ms = median(times);
    console.log(`${name.padEnd(38)} ${(ms / n).toFixed(2).padStart(6)} N  ${ms.toFixed(1).padStart(7)} ms`);
  }
  console.log(
    `${'first start, taking the bundle in'.padEnd(38)} ${(first / n).toFixed(2).padStart(6)} N  ${first.toFixed(1).padStart(7)} ms`,
  );
  const line = (name: string, ms: number) =>
    console.log(`${name.padEnd(38)} ${(ms / n).toFixed(2).padStart(6)} N  ${ms.toFixed(1).padStart(7)} ms`);
  if (wants('forecast')) {
    const walks = [];
    for (let round = 0; round < 5; round++) walks.push(await node([program, 'backtest']));
    line('backtest of all bundled histories', median(walks));
    const { one, periods } = measureForecasts();
    line('one forecast after load', one);
    line('periods of 40 products, 52 weeks', periods);
  }
  if (wants('plan')) {
    for (const [products, work, weeks, upgrades] of [
      [8, 10, 26, false],
      [8, 30, 26, false],
      [8, 30, 26, true],
      [40, 100, 52, false],
      [40, 300, 52, false],
      [40, 1000, 52, false],
    ] as const) {
      const times: number[] = [];
      let last = measurePlan(products, work, weeks, upgrades);
      for (let round = 0; round < (work > 300 ? 1 : 5); round++) {
        last = measurePlan(products, work, weeks, upgrades);
        times.push(last.ms);
      }
      line(`plan, ${products} products, ${work} pieces${upgrades ? ' and an upgrade' : ''}`, median(times));
      const levels = last.plan.objective.map(({ value, bound }) =>
        value === bound ? 'proven' : `${value} of ${bound ?? '?'}`,
      );
      console.log(
        `${''.padEnd(38)} ${last.plan.unplaced.length} unplaced, load ${last.load.toFixed(2)}; levels: ${levels.join(', ')}`,
      );
    }
    const middle = (measure: () => number) => median(Array.from({ length: 20 }, measure));
    line(
      'what-if of one moved window, 30 pieces',
      middle(() => measureWhatIf(8, 30, 26)),
    );
    line(
      'explanations of 100 pieces',
      middle(() => measureWhy(40, 100, 52)),
    );
    line(
      'replay of four years, example team',
      await node([program, 'replay', '--from', '2022-01-01', '--until', '2026-01-01']),
    );
  }
  if (wants('report')) {
    const large = largeTeam(home);
    for (const format of ['markdown', 'html']) {
      const question = [program, 'report', '--format', format, '--as-of', '2026-11-22'];
      const times = [];
      for (let round = 0; round < 5; round++) times.push(await timeOf(process.execPath, question, { cwd: large, env }));
      line(`report as ${format}, 40 products, 300 pieces`, median(times));
    }
  }
  if (wants('ingest')) {
    for (const [releases, rounds] of [
      [100_000, 20],
      [300_000, 3],
      [1_000_000, 3],
    ] as const) {
      const { neap, shell, megabytes } = measureIngest(home, releases, rounds);
      const ratio =
        shell === null
          ? 'no sqlite3 shell to compare with'
          : `${(neap / shell).toFixed(2)} x .import (${shell.toFixed(0)} ms)`;
      console.log(
        `ingest ${releases} releases from a file`.padEnd(38),
        `${neap.toFixed(0).padStart(6)} ms, ${ratio}, ${megabytes.toFixed(0)} MB`,
      );
    }
    const { rows, sent, again } = await measureNothingNew(home);
    console.log(
      `sync with nothing new: rows written beside readings ${rows}; body bytes sent first ${sent}, then ${again}`,
    );
  }
  if (wants('calendar')) {
    const bundled = await bundleCalendar(home);
    for (const [columns, rows, lanes] of [
      [100, 30, 40],
      [200, 60, 40],
      [200, 60, 400],
    ] as const) {
      const { whole, rowKeys, dayKeys, scrolling, lag, compose, floor, early, late } = measureCalendar(
        bundled,
        columns,
        rows,
        lanes,
      );
      const name = `calendar ${columns}x${rows}, ${lanes} lanes:`;
      line(`${name} row key, p95`, rowKeys.p95);
      line(`${name} day key, p95`, dayKeys.p95);
      line(`${name} scrolling, p95`, scrolling.p95);
      line(`${name} late after 10 s held`, lag);
      line(`${name} compose`, compose);
      line(`${name} floor without Ink`, floor);
      const share = (bytes: number) => `${bytes} (${Math.round((100 * bytes) / whole)} %)`;
      console.log(
        `${''.padEnd(38)} bytes a key: row ${share(rowKeys.bytes)}, day ${share(dayKeys.bytes)}, scrolling ${share(scrolling.bytes)}; ${early.toFixed(0)} MB after 200 frames, ${late.toFixed(0)} MB after 2,000`,
      );
    }
  }
  if (!terminal)
    console.log(
      'calendar: first frames not measured, there is no `script` of util-linux on this machine to make a pseudo-terminal',
    );
} finally {
  rmSync(home, { recursive: true, force: true });
}
