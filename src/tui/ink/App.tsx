import { Text, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { memo, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { fromNumber } from '../../domain/day.ts';
import type { Overview } from '../../domain/overview.ts';
import { composeGrid } from '../compose/compose.ts';
import type { Grid } from '../compose/grid.ts';
import { perform } from '../effects.ts';
import { normalise } from '../keys.ts';
import type { Size } from '../layout.ts';
import type { Personal } from '../personal.ts';
import type { Shell } from '../shell.ts';
import { initialState, reduce } from '../state.ts';
import type { Theme } from '../theme.ts';
import { suspendWith } from './suspend.ts';

export interface AppProps {
  readonly overview: Overview;
  readonly size: Size;
  readonly theme: Theme;
  readonly shell: Shell;
  readonly personal: Personal;
  /** Writes to the terminal: the frames, and what a terminal takes without drawing. */
  readonly write: (bytes: string) => void;
  /** Milliseconds without a key before a moved window is tried. */
  readonly patience?: number;
  /** Milliseconds between looks at the day and the files. */
  readonly lookEvery?: number;
}

const PATIENCE = 60;
const LOOK_EVERY = 3000;

/** Keys to the reducer, its state to the screen, and its wishes to the shell. */
export function App(props: AppProps) {
  const { overview, size, theme, shell, personal, write, patience = PATIENCE, lookEvery = LOOK_EVERY } = props;
  const [state, dispatch] = useReducer(reduce, null, () => initialState(overview, size, personal));
  const { columns, rows } = useWindowSize();
  const { exit, suspendTerminal, waitUntilRenderFlush } = useApp();

  const { request, leaving, tried } = state;
  const syncing = state.sync !== null;

  // Ink would read through every cell of the screen for each key. It is given blank rows, which it never writes again while they stay
  // blank, and what changed is painted beside it.
  const painted = useRef<Grid | null>(null);
  // While the shell has the terminal, or for good, nothing is painted.
  const away = useRef(false);
  const paint = () => {
    if (away.current) return;
    const grid = composeGrid(state.model, state, { columns, rows }, theme);
    const changes = grid.changesSince(painted.current, theme);
    painted.current = grid;
    if (changes !== '') write(`${BEGIN}${changes}${END}`);
  };
  const latest = useRef(paint);
  useLayoutEffect(() => {
    latest.current = paint;
    paint();
  });

  useEffect(
    () => () => {
      away.current = true;
    },
    [],
  );

  useInput((input, flags) => {
    for (const key of normalise(input, flags)) dispatch({ type: 'key', key });
  });
  usePaste((text) => dispatch({ type: 'paste', text }));

  useEffect(() => dispatch({ type: 'resize', size: { columns, rows } }), [columns, rows]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a request is carried out once, with the state it came from.
  useEffect(() => {
    if (request === null) return;
    const suspend = suspendWith(suspendTerminal);
    const repainting = async () => {
      away.current = true;
      await suspend();
      await waitUntilRenderFlush();
      away.current = false;
      painted.current = null;
      latest.current();
    };
    const tools = { shell, theme, write, suspend: repainting };
    perform(request, state, tools).then((answer) => dispatch({ type: 'answered', answer }), crash(exit));
  }, [request]);

  useEffect(() => {
    if (tried === null || tried.trial !== null) return;
    const { windowId, day } = tried;
    // Held keys move a window faster than the planner thinks.
    const timer = setTimeout(() => {
      shell
        .tryOn(windowId, fromNumber(day))
        .then((trial) => dispatch({ type: 'tried', windowId, day, trial }), crash(exit));
    }, patience);
    return () => clearTimeout(timer);
  }, [tried, shell, patience, exit]);

  const asking = state.relaxed?.found === null ? state.relaxed.item : null;
  useEffect(() => {
    if (asking === null) return;
    // After the frame that says so: it may take a while.
    const timer = setTimeout(() => {
      shell.relaxations(asking).then((found) => dispatch({ type: 'relaxed', item: asking, found }), crash(exit));
    }, patience);
    return () => clearTimeout(timer);
  }, [asking, shell, patience, exit]);

  useEffect(() => {
    if (!syncing) return;
    const abort = new AbortController();
    shell
      .sync((progress) => dispatch({ type: 'syncing', progress }), abort.signal)
      .then((answer) => dispatch({ type: 'synced', answer }), crash(exit));
    return () => abort.abort();
  }, [syncing, shell, exit]);

  useEffect(() => {
    const timer = setInterval(() => {
      shell.refresh(false).then((answer) => {
        if (answer !== null) dispatch({ type: 'refreshed', answer });
      }, crash(exit));
    }, lookEvery);
    return () => clearInterval(timer);
  }, [shell, lookEvery, exit]);

  // A decision on its way is written before the calendar closes.
  useEffect(() => {
    if (leaving && request === null) exit();
  }, [leaving, request, exit]);

  // Of another size, Ink clears the screen, perhaps only after the next frame; then everything is painted anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what this waits for.
  useEffect(() => {
    waitUntilRenderFlush().then(() => {
      painted.current = null;
      latest.current();
    }, crash(exit));
  }, [columns, rows, waitUntilRenderFlush, exit]);

  // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its position.
  return Array.from({ length: rows }, (_, y) => <Blank key={y} />);
}

/** One frame, which terminals that know the mode show at once; Ink's cursor is left where it was. */
const BEGIN = '\x1b[?2026h\x1b7';
const END = '\x1b8\x1b[?2026l';

function crash(exit: (error: Error) => void) {
  return (error: unknown) => exit(error instanceof Error ? error : new Error(String(error)));
}

/** An empty `<Text>` takes no row, a blank one does. */
const Blank = memo(() => <Text> </Text>);
