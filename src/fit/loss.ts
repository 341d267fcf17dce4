import { FEATURES, pooled } from '../forecast/pool/features.ts';
import type { Example, Silence } from './examples.ts';

/** A survival below this is taken for this: what lies there is forecast otherwise. */
const LEAST_LEFT = 1e-4;

/**
 * Log of (summed discrete CRPS ÷ the mean-gap forecast's) of one product, and its gradient by the coefficients.
 * CRPS = Σ over days (F(k) − 1{k ≥ x})²; Gneiting and Raftery 2007, section 4.2. At each look F is conditional on the silence so far.
 */
export function lossOf(
  { silences, unit }: Example,
  coefficients: readonly number[],
): { readonly loss: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(FEATURES.length);
  let sum = 0;
  for (const silence of silences) sum += addSilence(silence, coefficients, gradient);
  return { loss: Math.log(sum / unit), gradient: gradient.map((value) => value / sum) };
}

function addSilence(
  { features, gap, looks }: Silence,
  coefficients: readonly number[],
  gradient: Float64Array,
): number {
  const density = pooled(features, coefficients);
  const length = density.length;
  const x = Math.min(gap, length - 1);
  const upTo = density.slice();
  for (let k = 1; k < length; k++) upTo[k] = (upTo[k] ?? 0) + (upTo[k - 1] ?? 0);
  /** Derivative by the cumulative probability of each day. */
  const byCumulative = new Float64Array(length);
  let loss = 0;
  for (const elapsed of looks) {
    if (elapsed >= length - 2) continue;
    const start = upTo[elapsed] ?? 1;
    const left = Math.max(LEAST_LEFT, 1 - start);
    const unit = 1 / (left * left);
    let [before, after, slope] = [0, 0, 0];
    for (let k = elapsed + 1; k < x; k++) {
      const distance = (upTo[k] ?? 0) - start;
      before += distance * distance;
      slope += distance;
      byCumulative[k] = (byCumulative[k] ?? 0) + 2 * distance * unit;
    }
    for (let k = x; k < length; k++) {
      const distance = 1 - (upTo[k] ?? 0);
      if (distance < 1e-7) break;
      after += distance * distance;
      byCumulative[k] = (byCumulative[k] ?? 0) - 2 * distance * unit;
    }
    loss += (before + after) * unit;
    const byLeft = left > LEAST_LEFT ? (2 * (before + after) * unit) / left : 0;
    byCumulative[elapsed] = (byCumulative[elapsed] ?? 0) - 2 * slope * unit + byLeft;
  }
  // From the cumulative to each day's own chance, and through the soft maximum to the logits.
  const byLogit = new Float64Array(length);
  let [rest, mean] = [0, 0];
  for (let k = length - 1; k >= 1; k--) {
    rest += byCumulative[k] ?? 0;
    byLogit[k] = rest;
    mean += (density[k] ?? 0) * rest;
  }
  for (let k = 1; k < length; k++) byLogit[k] = (density[k] ?? 0) * ((byLogit[k] ?? 0) - mean);
  features.values.forEach((feature, f) => {
    let total = 0;
    for (let k = 1; k < length; k++) total += (byLogit[k] ?? 0) * (feature[k] ?? 0);
    gradient[f] = (gradient[f] ?? 0) + total;
  });
  return loss;
}
