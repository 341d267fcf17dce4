import { dirname, join } from 'node:path';
import { type FeedResult, sync } from '../../app/sync.ts';
import { EXIT, type ExitCode, Problem, worst } from '../../domain/problem.ts';
import { feeds } from '../../feeds/feeds.ts';
import { createHttp } from '../../feeds/http/client.ts';
import { keptBodies } from '../../feeds/http/kept-bodies.ts';
import { plain } from '../../report/text.ts';
import type { Execute } from '../command.ts';
import { printJson } from '../output.ts';
import { cacheHome } from '../places.ts';
import { withSession } from '../session.ts';

/** Rejections shown one by one; the rest is counted. */
const SHOWN = 3;

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, async (session) => {
    const abort = new AbortController();
    const interrupt = () => abort.abort();
    process.once('SIGINT', interrupt);
    const only = typeof options.product === 'string' ? [options.product] : undefined;
    try {
      const result = await sync({
        store: session.store,
        feeds,
        products: [...session.products.values()].filter(
          (product) => product.feeds.length > 0 || only?.includes(product.id),
        ),
        today: session.today,
        baseDir: dirname(session.origin.path),
        signal: abort.signal,
        http: createHttp({ bodies: keptBodies(join(cacheHome(terminal), 'bodies')) }),
        env: terminal.env,
        ...(only === undefined ? {} : { only }),
        ...(options.json === true ? {} : { report: (feed) => terminal.stdout.write(feedLines(feed)) }),
      });
      if (options.json === true)
        printJson(terminal, { today: session.today, ...result, feeds: result.feeds.map(feedJson) });
      if (result.feeds.length === 0 && !result.interrupted && only !== undefined) {
        throw new Problem(`${only[0]} has no feed that sync could read`, {
          hint: 'It lives on the bundled facts alone.',
        });
      }
      return exitOf(result.feeds, result.interrupted);
    } finally {
      process.off('SIGINT', interrupt);
    }
  });

function exitOf(results: readonly FeedResult[], interrupted: boolean): ExitCode {
  const codes: ExitCode[] = interrupted ? [EXIT.interrupted] : [];
  if (results.some((result) => result.outcome === 'failed')) codes.push(EXIT.partial);
  return worst(codes);
}

function feedLines(result: FeedResult): string {
  const name = `${result.product}: ${result.feed} ${plain(result.target)}`;
  if (result.outcome === 'failed') {
    const { message, hint } = result.problem;
    return `${name}: failed: ${plain(message)}${hint === null ? '' : `; ${plain(hint)}`}\n`;
  }
  const { added, changed, unchanged, rejected } = result.saved;
  const doubt = result.suspect === 0 ? '' : `; ${result.suspect} with a suspect date, not believed`;
  const line = `${name}: ${added} new, ${changed} with new claims, ${unchanged} unchanged, ${rejected} rejected${doubt}\n`;
  const reasons = [...Map.groupBy(result.rejected, (one) => one.because)]
    .toSorted((a, b) => b[1].length - a[1].length)
    .slice(0, SHOWN)
    .map(([because, all]) => `    rejected ${all.length}: ${plain(because)} (such as ${plain(all[0]?.what ?? '')})\n`);
  return line + reasons.join('');
}

function feedJson({ problem, ...result }: FeedResult): object {
  return { ...result, problem: problem === null ? null : { message: problem.message, hint: problem.hint } };
}
