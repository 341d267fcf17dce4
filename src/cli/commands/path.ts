import { pathFor } from '../../app/chain.ts';
import type { Config, StackItem } from '../../domain/config.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { History } from '../../domain/release.ts';
import { buildHistory } from '../../ledger/history.ts';
import { pathJson, pathText } from '../../report/chain.ts';
import { TABLES } from '../../upgrade/tables.ts';
import { schemeOf } from '../../versioning/schemes.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { type Session, takeIn, withSession } from '../session.ts';
import { tablesIn } from './tables.ts';

type Given = Readonly<Record<string, unknown>>;

const EDITIONS = ['community', 'enterprise', 'atlas'];

export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, (session) => {
    const asked =
      typeof options.from === 'string' ? withoutConfig(options, args, session) : fromStack(options, args, session);
    const tables = tablesIn(
      session,
      asked.config.stack.map((item) => item.product),
    );
    const path = pathFor({
      ...asked,
      products: session.products,
      historyOf: historiesIn(session),
      asOf: session.asOf,
      tables,
    });
    if (options.json === true) printJson(terminal, { asOf: session.asOf, ...pathJson(path, tables) });
    else {
      if (typeof options.from !== 'string') printNotices(terminal, session.notices);
      terminal.stdout.write(pathText(path, { all: options.all === true, commands: options.commands === true, tables }));
    }
    const kind = path.result?.kind;
    return kind === 'none' || kind === 'later' ? EXIT.unplaced : EXIT.ok;
  });

/** Reads each product's history once. */
function historiesIn({ store, asOf }: Session): (product: Product) => History {
  const known = new Map<string, History>();
  return (product) => {
    const held = known.get(product.id);
    if (held !== undefined) return held;
    takeIn(store, [product]);
    const history = buildHistory(product, store.ledger(product.id, asOf));
    known.set(product.id, history);
    return history;
  };
}

interface Asked {
  readonly engine: StackItem;
  readonly to: string | null;
  /** Another engine to move to, as in `valkey@8.1`. */
  readonly toProduct: Product | null;
  readonly config: Config;
}

/** `neap path mongodb 9.0`: the engine of the stack, and the line wanted. */
function fromStack(options: Given, [name, wanted]: readonly string[], session: Session): Asked {
  const { config, products } = session;
  const engines = config.stack.filter((item) => products.get(item.product)?.kind === 'engine');
  const engine = name === undefined && engines.length === 1 ? engines[0] : engines.find(({ id }) => id === name);
  if (engine === undefined) {
    throw new Problem(name === undefined ? 'which engine?' : `there is no engine "${name}" in the stack`, {
      hint: `In the stack: ${engines.map(({ id }) => id).join(', ') || 'none'}. Without a configuration: neap path --from 4.4 --to 9.0`,
    });
  }
  if (engine.running === null) {
    throw new Problem(`neap.yaml does not say which version of ${engine.id} runs`, {
      hint: 'Fill in `running`, or use --from.',
    });
  }
  return {
    engine: overridden(engine, options),
    ...wish(wanted ?? options.to, products.get(engine.product), session),
    config,
  };
}

/** `neap path --from 4.4 --to 9.0 --with mongoose@8.19.1`: nothing of any configuration but its policy. */
function withoutConfig(options: Given, [name = 'mongodb', wanted]: readonly string[], session: Session): Asked {
  const product = session.products.get(name);
  if (product?.kind !== 'engine') {
    throw new Problem(`${name} is no engine`, { hint: 'Such as: neap path redis --from 6.2 --to 8.2' });
  }
  const running = String(options.from);
  if (schemeOf(product.versioning).parse(running) === null) {
    throw new Problem(`--from: "${running}" is no version of ${product.name}`, { hint: 'Write it as 7.0.31, or 7.0.' });
  }
  const nothing = { range: null, store: name, edition: null, topology: null, platform: null, fcv: null };
  const engine = overridden({ ...nothing, id: name, product: name, running }, options);
  const named = Array.isArray(options.with) ? options.with.map(String) : [];
  const packages = named.map((text): StackItem => {
    const at = text.lastIndexOf('@');
    const [id, version] = [text.slice(0, at), text.slice(at + 1)];
    const all = [...session.products.values()];
    // `mongodb` is the driver here: nobody runs a second engine beside.
    const known = all.find(({ npm }) => npm === id) ?? all.find((one) => one.id === id && one.kind !== 'engine');
    if (at <= 0 || known === undefined || schemeOf(known.versioning).parse(version) === null) {
      throw new Problem(`--with: "${text}" is no product and version`, { hint: 'Write it as mongoose@8.19.1.' });
    }
    const store = known.kind === 'runtime' ? null : name;
    return { ...nothing, id: known.id, product: known.id, running: version, store };
  });
  const config = { ...session.config, stack: [engine, ...packages], upgrades: [] };
  return { engine, ...wish(options.to ?? wanted, product, session), config };
}

function overridden(engine: StackItem, options: Given): StackItem {
  const text = (key: string) => (typeof options[key] === 'string' ? (options[key] as string) : null);
  const edition = text('edition');
  if (edition !== null && !EDITIONS.includes(edition)) {
    throw new Problem(`--edition: "${edition}" is none of ${EDITIONS.join(', ')}`);
  }
  const row = TABLES.engines.find(({ product }) => product === engine.product);
  const topology = text('topology');
  if (topology !== null && row !== undefined && !(topology in row.binariesDays)) {
    throw new Problem(`--topology: "${topology}" is none of ${Object.keys(row.binariesDays).join(', ')}`);
  }
  return {
    ...engine,
    running: text('from') ?? engine.running,
    edition: edition ?? engine.edition,
    topology: topology ?? engine.topology,
    platform: text('platform') ?? engine.platform,
    fcv: text('fcv') ?? engine.fcv,
  };
}

/** `9.0`, or `valkey@8.1` for a move to another engine. */
function wish(wanted: unknown, product: Product | undefined, session: Session): Pick<Asked, 'to' | 'toProduct'> {
  const at = typeof wanted === 'string' ? wanted.indexOf('@') : -1;
  if (typeof wanted !== 'string' || at <= 0) return { to: lineOf(wanted, product), toProduct: null };
  const other = session.products.get(wanted.slice(0, at));
  if (other?.kind !== 'engine') {
    throw new Problem(`"${wanted.slice(0, at)}" is no engine`, { hint: 'Write a move as valkey@8.1.' });
  }
  return { to: lineOf(wanted.slice(at + 1), other), toProduct: other.id === product?.id ? null : other };
}

/** The line a person means by `9.0` or `9.0.4`; `null` when nothing was asked for. */
function lineOf(wanted: unknown, product: Product | undefined): string | null {
  if (typeof wanted !== 'string' || product === undefined) return null;
  const line = schemeOf(product.versioning).parse(wanted)?.line;
  if (line === undefined) {
    throw new Problem(`"${wanted}" is no line of ${product.name}`, { hint: 'Write it as 9.0.' });
  }
  return line;
}
