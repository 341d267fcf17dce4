/** A chance (0..1) as people read it: `12 %`, `0.4 %`, `<0.1 %`, `>99 %`; 0 and 1 only where it is so. */
export function percent(chance: number): string {
  const hundred = chance * 100;
  if (hundred > 0 && hundred < 0.1) return '<0.1 %';
  if (hundred > 99 && hundred < 100) return '>99 %';
  if (hundred > 0 && hundred < 0.95) return `${hundred.toFixed(1)} %`;
  return `${Math.round(hundred)} %`;
}

/** Two chances that are compared, with as many digits as tell them apart: `20.3 %` and `20 %`, not twice `20 %`. */
export function percentsApart(a: number, b: number): readonly [string, string] {
  if (a === b || percent(a) !== percent(b)) return [percent(a), percent(b)];
  for (const digits of [1, 2]) {
    const [left, right] = [a, b].map((chance) => (chance * 100).toFixed(digits));
    if (left !== right) return [`${Number(left)} %`, `${Number(right)} %`];
  }
  return [percent(a), percent(b)];
}
