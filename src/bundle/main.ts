// npm run data:build -- --from DIR: compiles data/histories from collected feeds. data/README.md says what DIR holds.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { loadCatalogue } from '../catalogue/catalogue.ts';
import { correctionsOf } from '../catalogue/corrections.ts';
import { dataDir } from '../catalogue/data-dir.ts';
import { Problem } from '../domain/problem.ts';
import { compile } from './compile.ts';
import { historyText } from './write.ts';

try {
  const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
  if (from === undefined) throw new Problem('say where the collected feeds are: npm run data:build -- --from DIR');
  const data = dataDir();
  const { asOf, products } = loadCatalogue(data);
  const histories: Record<string, string> = {};
  // Everything is compiled and checked before the first file is written: a bad input leaves the old bundle whole.
  const compiled = products.flatMap((product) => {
    const one = compile(from, product);
    return one === null ? [] : [{ product, ...one }];
  });
  mkdirSync(join(data, 'histories'), { recursive: true });
  for (const { product, file, leftOut } of compiled) {
    const text = historyText(file);
    const corrections = JSON.stringify(correctionsOf(data, product.id));
    histories[product.id] = createHash('sha256').update(text).update(corrections).digest('hex').slice(0, 16);
    writeFileAtomic.sync(join(data, 'histories', `${product.id}.json`), text);
    const claims = [...file.releases, ...file.lines].reduce((sum, row) => sum + (row.claims?.length ?? 0), 0);
    console.log(`${product.id}: ${file.releases.length} releases, ${file.lines.length} lines, ${claims} claims`);
    for (const [because, count] of leftOut.entries()) console.log(`    left out ${count}: ${because}`);
    for (const [because, count] of leftOut.marks()) console.log(`    marked suspect ${count}: ${because}`);
  }
  writeFileAtomic.sync(
    join(data, 'bundle.json'),
    `${JSON.stringify({ schemaVersion: 1, asOf, histories }, null, 2)}\n`,
  );
  console.log(`${compiled.length} histories of ${products.length} products, as of ${asOf}`);
} catch (error) {
  const usage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof Problem) && !usage) throw error;
  const where = error instanceof Problem && error.where !== null ? `${error.where}: ` : '';
  const hint = error instanceof Problem && error.hint !== null ? `\n${error.hint}` : '';
  console.error(`data:build: ${where}${(error as Error).message}${hint}`);
  process.exitCode = 2;
}
