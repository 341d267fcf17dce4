// npm run forecast:fit: fits the coefficients of the pool on the bundled histories, and says how they do on products left out.
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { dataDir } from '../catalogue/data-dir.ts';
import { FEATURES } from '../forecast/pool/features.ts';
import { examples } from './examples.ts';
import { fitOn, MIXTURE } from './fit.ts';
import { lossOf } from './loss.ts';

/** Products are dealt into so many parts; each part is scored by coefficients fitted on the others. */
const FOLDS = 5;

const products = examples();
const score = (losses: readonly number[]) => Math.exp(losses.reduce((a, b) => a + b, 0) / losses.length);
console.log(`${products.length} products; score: geometric mean of CRPS over the mean-gap forecast's`);
console.log(`mixture alone ${score(products.map((one) => lossOf(one, MIXTURE).loss)).toFixed(4)}`);
const folds = Array.from({ length: FOLDS }, (_, fold) => {
  const coefficients = fitOn(products.filter((_, i) => i % FOLDS !== fold));
  return products.flatMap((one, i) =>
    i % FOLDS === fold ? [{ coefficients, product: one.product, loss: lossOf(one, coefficients).loss }] : [],
  );
}).flat();
console.log(`left out ${score(folds.map(({ loss }) => loss)).toFixed(4)}`);
const coefficients = fitOn(products);
console.log(`fitted on all ${score(products.map((one) => lossOf(one, coefficients).loss)).toFixed(4)}`);
const named = (values: readonly number[]) =>
  Object.fromEntries(FEATURES.map((name, f) => [name, Number((values[f] ?? 0).toFixed(4))]));
const file = {
  schemaVersion: 1,
  source: 'npm run forecast:fit, on the bundled histories',
  coefficients: named(coefficients),
  // What the backtest uses for each bundled product, so that no product is forecast by what was fitted on it.
  leftOut: Object.fromEntries(folds.map(({ product, coefficients: own }) => [product, named(own)])),
};
writeFileAtomic.sync(join(dataDir(), 'forecast', 'pool.json'), `${JSON.stringify(file, null, 2)}\n`);
