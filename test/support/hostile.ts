import type { Overview } from '../../src/domain/overview.ts';
import { anOverview } from './overview.ts';

/** Text that moves cursors, runs scripts and breaks tables wherever it is not escaped. */
export const HOSTILE =
  '\x1b[2J\x1b]0;owned\x07<img src=x onerror=alert(1)> [a](javascript:b) | **c** `d` @team \u202eevil\r\n# heading';

/** The same picture with hostile text wherever a person or a vendor chooses words. */
export function aHostileOverview(): Overview {
  const overview = anOverview();
  return {
    ...overview,
    config: { ...overview.config, team: { ...overview.config.team, name: HOSTILE } },
    notices: [HOSTILE],
    plan: {
      ...overview.plan,
      windows: overview.plan.windows.map((window) => ({
        ...window,
        title: HOSTILE,
        reasons: [HOSTILE],
        wayBack: HOSTILE,
      })),
      unplaced: overview.plan.unplaced.map((entry) => ({
        ...entry,
        title: HOSTILE,
        blockers: entry.blockers.map((one) => ({ ...one, because: HOSTILE })),
      })),
      later: [{ item: HOSTILE, title: HOSTILE, from: null, because: HOSTILE }],
      noWay: [{ item: HOSTILE, title: HOSTILE, store: 'mongodb', because: HOSTILE }],
    },
  };
}
