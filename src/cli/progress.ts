import type { Visit } from '../app/sync.ts';
import { plain } from '../report/text.ts';
import type { Terminal } from './terminal.ts';

/** One line on a terminal that says what is being read; nothing elsewhere. */
export interface Progress {
  begin(visit: Visit, of: number): void;
  done(visit: Visit): void;
  /** Clears the line; may be called again. */
  end(): void;
}

const CLEAR = '\r\x1b[2K';

export function startProgress({ stderr, env }: Pick<Terminal, 'stderr' | 'env'>): Progress {
  if (stderr.isTTY !== true || env.TERM === 'dumb') return { begin() {}, done() {}, end() {} };
  const running = new Map<string, Visit>();
  let [finished, all] = [0, 0];
  const draw = () => {
    const names = [...running.values()].map(({ product, feed }) => `${product} ${feed}`).join(', ');
    const line = plain(`${finished}/${all} ${names}`);
    const columns = 'columns' in stderr && typeof stderr.columns === 'number' ? stderr.columns : 80;
    stderr.write(`${CLEAR}${line.length < columns ? line : `${line.slice(0, columns - 2)}…`}`);
  };
  const keyOf = ({ product, feed, target }: Visit) => `${product} ${feed} ${target}`;
  return {
    begin(visit, of) {
      all = of;
      running.set(keyOf(visit), visit);
      draw();
    },
    done(visit) {
      finished += 1;
      running.delete(keyOf(visit));
      // The result itself goes to stdout, which may be the same screen.
      stderr.write(CLEAR);
      queueMicrotask(() => {
        if (running.size > 0) draw();
      });
    },
    end() {
      if (running.size > 0 || finished > 0) stderr.write(CLEAR);
      running.clear();
    },
  };
}
