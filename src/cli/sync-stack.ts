import { dirname, join } from 'node:path';
import { sync } from '../app/sync.ts';
import { feeds } from '../feeds/feeds.ts';
import { createHttp } from '../feeds/http/client.ts';
import { keptBodies } from '../feeds/http/kept-bodies.ts';
import type { SyncProgress } from '../tui/shell.ts';
import { cacheHome } from './places.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Reads every feed of the stack anew, telling how far it is; says in a sentence how it went. */
export async function syncStack(
  session: Session,
  terminal: Terminal,
  report: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  const stack = new Set(session.config.stack.map((item) => item.product));
  let [done, all] = [0, 0];
  const result = await sync({
    store: session.store,
    feeds,
    products: [...session.products.values()].filter(({ id }) => stack.has(id)),
    today: session.today,
    baseDir: dirname(session.origin.path),
    signal,
    http: createHttp({ bodies: keptBodies(join(cacheHome(terminal), 'bodies')) }),
    env: terminal.env,
    report(event) {
      if (event.kind === 'begin') all = event.of;
      else done += 1;
      const { product, feed } = event.kind === 'begin' ? event.visit : event.result;
      report({ done, of: all, at: `${product} ${feed}` });
    },
  });
  const failed = result.feeds.filter(({ outcome }) => outcome === 'failed');
  const [first] = failed;
  if (result.interrupted) return 'Sync was interrupted; what was read until then is saved';
  if (first === undefined) return `Synced: ${result.feeds.length} feeds read`;
  return `Synced, but ${failed.length} of ${result.feeds.length} feeds failed, first ${first.product} ${first.feed}: ${first.problem?.message ?? ''}`;
}
