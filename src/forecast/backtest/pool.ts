import type { Baselines, Coverage, Score } from './backtest.ts';
import { type Bucket, Calibration } from './calibration.ts';

/** Forecasts from which on a product's own coverage says something. */
const ENOUGH = 40;
/** How far from 0.8 the 80 % band of such a product may be. */
const TOLERATED = 0.1;

/** Several products together; each counts the same, whatever its number of forecasts. */
export interface Pooled {
  readonly products: number;
  readonly forecasts: number;
  /** Geometric means of the products' ratios; `null` where no product has one. */
  readonly ratios: Baselines;
  /** Products that score better than the seasonal reference. */
  readonly betterThanSeasonal: number;
  /** Means of the products' coverage. */
  readonly coverage: Coverage;
  /** Products with at least 40 forecasts, and how many of them have an 80 % band within 0.10. */
  readonly steady: { readonly products: number; readonly within: number };
  /** Means of the products' rates; `null` where no window has an outcome. */
  readonly placement: PooledPlacement | null;
  /** Over all windows of all products. */
  readonly calibration: { readonly chosen: readonly Bucket[]; readonly anyStart: readonly Bucket[] };
}

export interface PooledPlacement {
  readonly collided: number;
  readonly random: number;
  readonly now: number;
  readonly noneFree: number;
  /** `collided` over `random`; `null` where nothing could collide. */
  readonly ofRandom: number | null;
}

/** Design.md section 7. Scores without forecasts are left out. */
export function pool(all: readonly Score[]): Pooled {
  const scores = all.filter(({ forecasts }) => forecasts > 0);
  const steady = scores.filter(({ forecasts }) => forecasts >= ENOUGH);
  const ratio = (name: keyof Baselines) => geometricMean(scores.map(({ ratios }) => ratios[name]));
  const covered = (name: keyof Coverage) => mean(scores.map(({ coverage }) => coverage[name]));
  return {
    products: scores.length,
    forecasts: scores.reduce((sum, { forecasts }) => sum + forecasts, 0),
    ratios: { meanGap: ratio('meanGap'), lastGap: ratio('lastGap'), seasonal: ratio('seasonal') },
    betterThanSeasonal: scores.filter(({ ratios }) => ratios.seasonal !== null && ratios.seasonal < 1).length,
    coverage: { band50: covered('band50'), band80: covered('band80'), band90: covered('band90') },
    steady: {
      products: steady.length,
      within: steady.filter(({ coverage }) => Math.abs((coverage.band80 ?? 0) - 0.8) <= TOLERATED + 1e-9).length,
    },
    placement: placementOf(scores),
    calibration: {
      chosen: merged(scores.map(({ calibration }) => calibration.chosen)),
      anyStart: merged(scores.map(({ calibration }) => calibration.anyStart)),
    },
  };
}

function placementOf(scores: readonly Score[]): PooledPlacement | null {
  const placed = scores.flatMap(({ placement }) => placement ?? []);
  const collided = mean(placed.map((placement) => placement.collided));
  const random = mean(placed.map((placement) => placement.random));
  const now = mean(placed.map((placement) => placement.now));
  const noneFree = mean(placed.map((placement) => placement.noneFree));
  if (collided === null || random === null || now === null || noneFree === null) return null;
  return { collided, random, now, noneFree, ofRandom: random === 0 ? null : collided / random };
}

function merged(parts: readonly Calibration[]): readonly Bucket[] {
  const whole = new Calibration();
  for (const part of parts) whole.merge(part);
  return whole.buckets();
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function geometricMean(values: readonly (number | null)[]): number | null {
  const logs = mean(values.map((value) => (value === null ? null : Math.log(value))));
  return logs === null ? null : Math.exp(logs);
}
