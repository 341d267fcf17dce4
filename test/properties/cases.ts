/** Any seed: `NEAP_SEED=17`; more of them: `NEAP_CASES=2000`. */
export function seeds(few: number): readonly number[] {
  const { NEAP_SEED, NEAP_CASES } = process.env;
  const first = Number(NEAP_SEED ?? 1);
  const length = NEAP_CASES !== undefined ? Number(NEAP_CASES) : NEAP_SEED === undefined ? few : 1;
  return Array.from({ length }, (_, i) => first + i);
}
