import { type Instance, render } from 'ink';
import { createElement } from 'react';
import { App, type AppProps } from './App.tsx';

interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** The calendar as an Ink application. The only way to Ink; everything else works without it. */
export function mount(props: AppProps, { stdin, stdout }: Streams): Instance {
  return render(createElement(App, props), {
    stdin,
    stdout,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    patchConsole: false,
    exitOnCtrlC: true,
    // Ink shows nothing at all when CI is set, even in a real terminal.
    interactive: true,
  });
}
