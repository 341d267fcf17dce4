import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type ForecastLine, historyOfReading, runBacktest, type Tested } from '../../app/backtest.ts';
import { loadCatalogue } from '../../catalogue/catalogue.ts';
import { dataDir } from '../../catalogue/data-dir.ts';
import { didYouMean } from '../../config/suggest.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { type Day, day, parseDay } from '../../domain/day.ts';
import { parseJson } from '../../domain/json.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import { fileFeed } from '../../feeds/file/feed.ts';
import { createHttp } from '../../feeds/http/client.ts';
import { backtestText } from '../../report/backtest.ts';
import type { Execute } from '../command.ts';
import type { Options } from '../options.ts';
import { printJson, printNotices } from '../output.ts';
import { withSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { historiesOf } from './histories.ts';

export const execute: Execute = async ({ args, options, terminal }) => {
  const files = Array.isArray(options.file) ? options.file.map(String) : [];
  if (files.length > 0) {
    if (args.length > 0) {
      throw new Problem('backtest walks products or files, not both', { hint: 'Run it once for each.' });
    }
    const today = day(terminal.now().toISOString().slice(0, 10));
    const asOf = namedDay(options, terminal) ?? today;
    const tested: Tested[] = [];
    for (const file of files) tested.push(await fromFile(resolve(terminal.cwd, file), { today, asOf }));
    show(tested, asOf, options, terminal);
    return EXIT.ok;
  }
  return withSession(options, terminal, (session) => {
    const bundled = loadCatalogue(dataDir()).products.map(({ id }) => id);
    const ids = args.length > 0 ? [...new Set(args)] : bundled;
    for (const id of ids) {
      if (session.products.has(id)) continue;
      throw new Problem(`there is no product "${cleanText(id)}"${didYouMean(id, session.products.keys())}`, {
        hint: `Known: ${[...session.products.keys()].join(', ')}`,
      });
    }
    const tested = ids
      .flatMap((id) => historiesOf(session, id))
      .filter(({ history }) => args.length > 0 || history.releases.length > 0);
    printNotices(terminal, session.notices);
    show(tested, session.asOf, options, terminal);
    return EXIT.ok;
  });
};

function show(
  tested: readonly Tested[],
  asOf: Day,
  options: Options & Readonly<Record<string, unknown>>,
  terminal: Terminal,
): void {
  const detail = options.detail === true;
  const result = runBacktest(tested, asOf, {
    ...(detail ? { each: (line: ForecastLine) => terminal.stdout.write(`${JSON.stringify(line)}\n`) } : {}),
  });
  if (detail) return;
  if (options.json === true) printJson(terminal, result);
  else terminal.stdout.write(backtestText(result));
}

/**
 * A history in the format of the file feed; no configuration is needed. A product neap does not know is read as dotted numbers.
 * The file is read as it is today, whatever day is asked about.
 */
async function fromFile(path: string, { today, asOf }: { today: Day; asOf: Day }): Promise<Tested> {
  const product = productOf(path);
  const reading = await fileFeed.read({
    product,
    ref: { type: 'file', path: basename(path) },
    baseDir: dirname(path),
    today,
    signal: new AbortController().signal,
    http: createHttp(),
    env: {},
  });
  return { product, history: historyOfReading(product, reading, asOf) };
}

function productOf(path: string): Product {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Problem(`${path} cannot be read${code}`, { where: path });
  }
  const json = parseJson(text, path);
  const id = typeof json === 'object' && json !== null && 'product' in json ? json.product : null;
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,60}$/.test(id)) {
    throw new Problem(`${path}: \`product\` is not the id of a product`, {
      hint: 'Lower case, digits and hyphens; the shape is described in data/schemas/history.schema.json.',
      where: path,
    });
  }
  const known = loadCatalogue(dataDir()).products.find((product) => product.id === id);
  const stranger = {
    name: cleanText(id),
    kind: 'engine',
    vendor: id,
    versioning: 'dotted',
    effective: ['declared'],
    npm: null,
  } as const;
  return known === undefined ? { id, feeds: [], ...stranger } : { ...known, effective: ['declared'] };
}

function namedDay(options: Options, terminal: Terminal): Day | null {
  const text = options.asOf ?? (terminal.env.NEAP_AS_OF || undefined);
  if (text === undefined) return null;
  const named = parseDay(text);
  if (named !== null) return named;
  throw new Problem(`--as-of: "${cleanText(text)}" is not a day`, { hint: 'Write it as 2026-11-22.' });
}
