import type { Policy } from './config.ts';

/** What a team that says nothing plans by; design.md section 4. Written once: neap.yaml, tests and examples spread it. */
export const DEFAULT_POLICY: Policy = {
  tolerance: 0.2,
  riskStep: 0,
  separation: 14,
  modelChanges: { guard: 7, settle: 14 },
  engineUpgrades: { minAge: 60, minPatch: 3, burnIn: 14, soak: 7, leaveBeforeEol: 90, effort: 3 },
  watch: { engine: 'vendor', default: 'reach' },
  staleAfter: 45,
  neverRelax: ['freeze'],
};
