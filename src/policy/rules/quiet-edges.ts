import { lastBeforeRest, nearEdge } from '../quiet-edges.ts';
import { exception, less } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const quietEdges: Rule = {
  id: 'quiet-edges',
  intent: 'What cannot be taken back is not done when nobody will be there, nor on the first mornings after.',
  unit: 'working days missing',
  scope: 'alone',
  gate: 'none',
  relax: [less('engineUpgrades.quietEdges'), exception],
  check({ piece, window }, { config }) {
    const wanted = config.policy.engineUpgrades.quietEdges;
    if (piece.noWayBack !== true || wanted === 0) return null;
    const edge = nearEdge(config, piece.kind, window, wanted);
    if (edge !== null) {
      return {
        because: `it has no way back and lies ${edge.distance} working days from ${edge.what} (${edge.day}), ${wanted} are required`,
        facts: { day: edge.day, distance: edge.distance, quietEdges: wanted },
      };
    }
    const last = lastBeforeRest(config, piece.kind, window, piece.days);
    if (last === null) return null;
    return {
      because: `it has no way back, and ${last} is the last working day before days off`,
      facts: { day: last },
    };
  },
};
