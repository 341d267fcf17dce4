import { dirname, join } from 'node:path';
import { type FeedResult, type SyncResult, sync } from '../../app/sync.ts';
import { EXIT, type ExitCode, Problem, worst } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import { feeds } from '../../feeds/feeds.ts';
import { createHttp } from '../../feeds/http/client.ts';
import { keptBodies } from '../../feeds/http/kept-bodies.ts';
import { feedLines, syncJson } from '../../report/sync.ts';
import type { Execute } from '../command.ts';
import { interruptible } from '../interrupt.ts';
import { printJson } from '../output.ts';
import { cacheHome } from '../places.ts';
import { startProgress } from '../progress.ts';
import { overviewOf, type Session, withSession } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, (session) =>
    interruptible(async (signal) => {
      const progress = startProgress(terminal);
      const json = options.json === true;
      const dryRun = options.dryRun === true;
      const maxAge = daysOf(options.maxAge);
      try {
        const result = await sync({
          store: session.store,
          feeds,
          products: wanted(session, listOf(options.product), options.all === true),
          today: session.today,
          baseDir: dirname(session.origin.path),
          signal,
          http: createHttp({ bodies: keptBodies(join(cacheHome(terminal), 'bodies')) }),
          env: terminal.env,
          dryRun,
          ...(maxAge === null ? {} : { maxAge }),
          ...(options.only === undefined ? {} : { only: listOf(options.only) }),
          report(event) {
            if (event.kind === 'begin') return progress.begin(event.visit, event.of);
            progress.done(event.result);
            if (!json) terminal.stdout.write(feedLines(event.result));
          },
        });
        progress.end();
        const broken = dryRun ? [] : brokenNow(session);
        if (json) printJson(terminal, { today: session.today, dryRun, ...syncJson(result), broken });
        else if (dryRun) terminal.stderr.write('neap: a dry run; nothing was saved\n');
        for (const { item, because } of json ? [] : broken) {
          terminal.stdout.write(`${item} was decided and breaks a rule now: ${because}\n`);
        }
        if (result.interrupted) terminal.stderr.write('neap: interrupted; what was read until then is saved\n');
        if (result.feeds.length === 0 && !result.interrupted) throw nothingToRead(listOf(options.product));
        return exitOf(result);
      } finally {
        progress.end();
      }
    }),
  );

/** Decided windows that break a rule under the facts that are known now; they stay where they are, and it is said. */
function brokenNow(session: Session) {
  if (session.decisions.length === 0) return [];
  return overviewOf(session).plan.windows.flatMap(({ state, findings }) => (state === 'proposed' ? [] : findings));
}

/** The named products; all neap knows; or those of the stack. */
function wanted(session: Session, named: readonly string[], all: boolean): readonly Product[] {
  const { products, config } = session;
  if (named.length > 0) {
    return named.map((id) => {
      const product = products.get(id);
      if (product !== undefined) return product;
      throw new Problem(`there is no product ${id} to sync`, {
        hint: `Known are: ${[...products.keys()].join(', ')}.`,
      });
    });
  }
  if (all) return [...products.values()];
  const stack = new Set(config.stack.map((item) => item.product));
  return [...products.values()].filter(({ id }) => stack.has(id));
}

function nothingToRead(named: readonly string[]): Problem {
  return new Problem(
    named.length === 0 ? 'there is nothing to read' : `${named.join(', ')} has no feed that sync could read`,
    {
      hint: 'Name a product of the catalogue with --product, or see --only.',
    },
  );
}

function exitOf({ feeds: results, interrupted }: SyncResult): ExitCode {
  const codes: ExitCode[] = interrupted ? [EXIT.interrupted] : [];
  if (results.some((result: FeedResult) => result.outcome === 'failed')) codes.push(EXIT.partial);
  return worst(codes);
}

function listOf(option: unknown): readonly string[] {
  return Array.isArray(option) ? option.map(String).flatMap((text) => text.split(',')) : [];
}

function daysOf(option: unknown): number | null {
  if (option === undefined) return null;
  if (typeof option === 'string' && /^\d{1,4}$/.test(option)) return Number(option);
  throw new Problem(`--max-age: "${String(option)}" is not a number of days`, { hint: 'Write it as --max-age 1.' });
}
