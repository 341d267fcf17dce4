/**
 * A collision probability as plans compare it, in whole millionths: level 4 of design.md section 10. With a step, chances are rounded down to
 * whole steps first, so that of days that differ by less the earlier one wins.
 * @param step of the policy (`riskStep`), 0..1; 0 compares to the millionth.
 */
export function costOf(risk: number, step: number): number {
  const millionths = Math.round(risk * MILLION);
  const whole = Math.round(step * MILLION);
  return whole <= 1 ? millionths : Math.floor(millionths / whole) * whole;
}

const MILLION = 1_000_000;
