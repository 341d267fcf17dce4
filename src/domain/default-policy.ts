import type { Policy } from './config.ts';

/** What a team that says nothing plans by; design.md section 4. Written once: neap.yaml, tests and examples spread it. */
export const DEFAULT_POLICY: Policy = {
  tolerance: 0.2,
  daysPerPoint: 7,
  steady: 7,
  lead: { engine: 10, model: 1 },
  separation: 14,
  patchSeparation: 2,
  modelChanges: { guard: 7, settle: 14, perDay: 2, contractAfter: 7, maxSpan: 56 },
  engineUpgrades: {
    minAge: 60,
    minPatch: 3,
    burnIn: 14,
    soak: 7,
    leaveBeforeEol: 90,
    effort: 3,
    freshBackup: 3,
    quietEdges: 2,
  },
  packages: { settle: 14 },
  watch: { engine: 'vendor', default: 'reach' },
  staleAfter: 45,
  neverRelax: ['freeze'],
};
