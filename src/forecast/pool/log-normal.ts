import { quickNormalCdf } from '../normal.ts';

/** Log of `k + 0.5`, grown as needed: the upper edge of each whole day on the scale of log gaps. */
let edges = new Float64Array(0);

function edgesUpTo(length: number): Float64Array {
  if (edges.length < length) edges = Float64Array.from({ length: Math.max(length, 4000) }, (_, k) => Math.log(k + 0.5));
  return edges;
}

/** Log days beyond which a log-normal of width 1 has nothing left worth adding. */
const TAIL = 6;

/**
 * Adds `weight` times the chance of each whole gap under a log-normal law to `into`.
 * @param centre its median, in log days.
 * @param width its standard deviation, in log days.
 */
export function addLogNormal(into: Float64Array, centre: number, width: number, weight: number): void {
  const upper = edgesUpTo(into.length);
  const first = Math.max(1, Math.floor(Math.exp(centre - TAIL * width)));
  const last = Math.min(into.length - 1, Math.ceil(Math.exp(centre + TAIL * width)));
  const scale = 1 / width;
  let below = quickNormalCdf(((upper[first - 1] ?? 0) - centre) * scale);
  for (let k = first; k <= last; k++) {
    const upTo = quickNormalCdf(((upper[k] ?? 0) - centre) * scale);
    into[k] = (into[k] ?? 0) + weight * (upTo - below);
    below = upTo;
  }
}
