import type { Config } from '../domain/config.ts';
import type { Product } from '../domain/product.ts';
import { keep, type Question, recall, type Validity, witnessOf } from './kept.ts';
import { answersDir } from './places.ts';
import { programWords } from './program-words.ts';
import type { Terminal } from './terminal.ts';

/** The text and the year say all. */
const ALWAYS: Validity = { from: 0, until: Number.MAX_SAFE_INTEGER };

/**
 * The configuration as `loadConfig` gives it. What reads and checks it, and the holidays of the whole world, are loaded only when its text
 * is another than last time.
 */
export async function keptConfig(
  path: string,
  known: { readonly products: readonly Product[]; readonly aroundYear: number },
  terminal: Terminal,
): Promise<Config> {
  const program = programWords(terminal);
  const question: Question | null = program && {
    folder: answersDir(terminal),
    words: ['configuration', ...program, path, String(known.aroundYear)],
    files: [path],
    database: null,
  };
  const kept = question === null ? null : recall(question, terminal.now().getTime());
  if (kept !== null) return JSON.parse(kept.part(0)) as Config;
  const seen = question === null ? null : witnessOf(question);
  const { loadConfig } = await import('../config/load.ts');
  const { config } = await loadConfig(path, known);
  if (question !== null && seen !== null) keep(question, seen, ALWAYS, [JSON.stringify(config)]);
  return config;
}
