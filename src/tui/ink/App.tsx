import { Text, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { memo, useEffect, useReducer } from 'react';
import type { Overview } from '../../domain/overview.ts';
import { compose } from '../compose/compose.ts';
import type { Decide } from '../decide.ts';
import { normalise } from '../keys.ts';
import type { Size } from '../layout.ts';
import { initialState, reduce } from '../state.ts';
import type { Theme } from '../theme.ts';

export interface AppProps {
  readonly overview: Overview;
  readonly size: Size;
  readonly theme: Theme;
  readonly decide: Decide;
}

/** Keys to the reducer, its state to the screen, and the one effect there is: writing a decision. */
export function App({ overview, size, theme, decide }: AppProps) {
  const [state, dispatch] = useReducer(reduce, null, () => initialState(overview, size));
  const { columns, rows } = useWindowSize();
  const { exit } = useApp();
  const { request, leaving } = state;

  useInput((input, flags) => {
    for (const key of normalise(input, flags)) dispatch({ type: 'key', key });
  });
  usePaste((text) => dispatch({ type: 'paste', text }));

  useEffect(() => dispatch({ type: 'resize', size: { columns, rows } }), [columns, rows]);

  useEffect(() => {
    if (request === null) return;
    decide(request).then(
      (result) => dispatch({ type: 'decided', overview: result.ok ? result.overview : null, message: result.message }),
      (error: unknown) => exit(error instanceof Error ? error : new Error(String(error))),
    );
  }, [request, decide, exit]);

  // A decision on its way is written before the calendar closes.
  useEffect(() => {
    if (leaving && request === null) exit();
  }, [leaving, request, exit]);

  const lines = compose(state.model, state, { columns, rows }, theme);
  // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its position.
  return lines.map((line, y) => <Line key={y} line={line} />);
}

/** An empty `<Text>` takes no row, so a blank one is kept. */
const Line = memo(({ line }: { readonly line: string }) => <Text wrap="truncate-end">{line === '' ? ' ' : line}</Text>);
