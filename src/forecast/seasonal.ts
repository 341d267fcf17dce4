import type { DayNumber } from '../domain/day.ts';
import { gapDensity } from './gap-model.ts';
import type { Method } from './method.ts';
import { seasonalWeight } from './season.ts';

/** Fewer gaps than this are no rhythm. */
const FEWEST_GAPS = 3;
const LONGEST = 2600;

/** Kernels on past gaps, weighted by recency and by the season: the reference that better methods are measured against. */
export const seasonal: Method = {
  id: 'seasonal',
  begin() {
    const days: DayNumber[] = [];
    return {
      add(day) {
        days.push(day);
      },
      gap() {
        const last = days.at(-1);
        if (last === undefined || days.length <= FEWEST_GAPS) return null;
        const density = gapDensity(days, LONGEST);
        const season = seasonalWeight(days);
        let total = 0;
        for (let k = 1; k < LONGEST; k++) {
          density[k] = (density[k] ?? 0) * season(last + k);
          total += density[k] ?? 0;
        }
        if (total > 0) for (let k = 1; k < LONGEST; k++) density[k] = (density[k] ?? 0) / total;
        return density;
      },
    };
  },
};
