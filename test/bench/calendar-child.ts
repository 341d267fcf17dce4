// Run by calendar.ts in a process of its own: the calendar in Ink on streams that only count, one JSON line of measurements.
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Overview } from '../../src/domain/overview.ts';
import { compose } from '../../src/tui/compose/compose.ts';
import { mount } from '../../src/tui/ink/mount.ts';
import { personalOf } from '../../src/tui/personal.ts';
import { initialState, reduce } from '../../src/tui/state.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { anOverview } from '../support/overview.ts';

const [columns = 100, rows = 30, lanes = 40] = process.argv.slice(2).map(Number);
const size = { columns, rows };
const theme = themeFor({ colorLevel: '256', ascii: false });
const END = '\x1b[?2026l';

/** The example's lanes over and over. */
function manyLanes(count: number): Overview {
  const overview = anOverview();
  const copies = Array.from({ length: count }, (_, index) => {
    const lane = overview.lanes[index % overview.lanes.length];
    if (lane === undefined) throw new Error('there are no lanes');
    return {
      ...lane,
      product: { ...lane.product, id: `${lane.product.id}-${index}`, name: `${lane.product.name} ${index}` },
    };
  });
  return { ...overview, lanes: copies };
}

const overview = manyLanes(lanes);
let bytes = 0;
let framed: () => void = () => {};
const stdout = Object.assign(new EventEmitter(), {
  ...size,
  isTTY: true,
  write(chunk: string, done?: unknown) {
    bytes += Buffer.byteLength(chunk);
    if (chunk.includes(END)) framed();
    if (typeof done === 'function') done();
    return true;
  },
});
const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {} });
const never = async (): Promise<never> => {
  throw new Error('not asked');
};
const shell = {
  decide: never,
  publish: never,
  restore: never,
  writeRunning: never,
  tryOn: never,
  relaxations: never,
  relax: never,
  refresh: async () => null,
  sync: never,
  save: never,
  savePlan: never,
};
const app = mount(
  {
    overview,
    size,
    theme,
    shell,
    personal: personalOf({}),
    write: (bytes: string) => stdout.write(bytes),
    lookEvery: 1_000_000,
  },
  { stdin: stdin as unknown as NodeJS.ReadStream, stdout: stdout as unknown as NodeJS.WriteStream },
);

/** Milliseconds and bytes from a key to the end of its frame. */
async function press(key: string): Promise<readonly [number, number]> {
  const before = bytes;
  const start = performance.now();
  const frame = new Promise<void>((resolve) => {
    framed = resolve;
  });
  stdin.write(key);
  await frame;
  return [performance.now() - start, bytes - before];
}

async function series(keys: readonly string[], count: number) {
  const all: (readonly [number, number])[] = [];
  for (let index = 0; index < count; index++) {
    // The frame rate is limited: a key right after a frame would wait for its turn.
    await new Promise((resolve) => setTimeout(resolve, 20));
    all.push(await press(keys[index % keys.length] ?? ''));
  }
  const times = all.map(([ms]) => ms).sort((a, b) => a - b);
  const sizes = all.map(([, count]) => count).sort((a, b) => a - b);
  const at = (list: readonly number[], share: number) =>
    list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;
  return { median: at(times, 0.5), p95: at(times, 0.95), bytes: at(sizes, 0.5), mostBytes: sizes.at(-1) ?? 0 };
}

/** A key repeated 33 times a second: how late the last frame comes after the last key. */
async function held(seconds: number): Promise<number> {
  for (let index = 0; index < seconds * 33; index++) {
    stdin.write(index % 66 < 33 ? 'l' : 'h');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return (await press('j'))[0];
}

async function rss(frames: number): Promise<number> {
  for (let index = 0; index < frames; index++) await press(index % 2 === 0 ? 'l' : 'h');
  return process.memoryUsage.rss() / 1e6;
}

/** Reducing a key, drawing the frame as text and finding the rows that changed: what is left without Ink. */
function floor(): number {
  let state = initialState(overview, size);
  let before: readonly string[] = [];
  const times: number[] = [];
  let changed = 0;
  for (let index = 0; index < 60; index++) {
    const start = performance.now();
    state = reduce(state, { type: 'key', key: index % 2 === 0 ? 'l' : 'j' });
    const lines = compose(state.model, state, size, theme);
    changed += lines.filter((line, y) => line !== before[y]).length;
    times.push(performance.now() - start);
    before = lines;
  }
  if (changed === 0) throw new Error('no key changed anything');
  return times.slice(20).sort((a, b) => a - b)[20] ?? 0;
}

function composing(): number {
  let state = initialState(overview, size);
  const times: number[] = [];
  for (let index = 0; index < 60; index++) {
    state = reduce(state, { type: 'key', key: index % 2 === 0 ? 'l' : 'j' });
    const start = performance.now();
    compose(state.model, state, size, theme);
    times.push(performance.now() - start);
  }
  return times.slice(20).sort((a, b) => a - b)[20] ?? 0;
}

await new Promise((resolve) => setTimeout(resolve, 300));
const whole = Buffer.byteLength(
  compose(initialState(overview, size).model, initialState(overview, size), size, theme).join('\r\n'),
);
await series(['j', 'k'], 30);
const rowKeys = await series(['k', 'k', 'k', 'j', 'j', 'j'], 80);
const dayKeys = await series(['l', 'l', 'l', 'h', 'h', 'h'], 80);
const scrolling = await series(['L', 'L', 'H', 'H'], 40);
const lag = await held(10);
const early = await rss(200);
const late = await rss(1800);
console.log(
  JSON.stringify({ whole, rowKeys, dayKeys, scrolling, lag, compose: composing(), floor: floor(), early, late }),
);
app.unmount();
process.exit(0);
