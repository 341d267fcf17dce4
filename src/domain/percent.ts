/** A chance (0..1) as people read it: `12 %`, `0.4 %`, `<0.1 %`, `>99 %`; 0 and 1 only where it is so. */
export function percent(chance: number): string {
  const hundred = chance * 100;
  if (hundred > 0 && hundred < 0.1) return '<0.1 %';
  if (hundred > 99 && hundred < 100) return '>99 %';
  if (hundred > 0 && hundred < 0.95) return `${hundred.toFixed(1)} %`;
  return `${Math.round(hundred)} %`;
}

/**
 * Two chances that are compared, with as many digits as tell them apart: `20.3 %` and `20 %`, not twice `20 %`. Chances below
 * 0.1 %, and chances that differ by less than 0.01 points, read the same; see `readsAlike`.
 */
export function percentsApart(a: number, b: number): readonly [string, string] {
  if (a === b || percent(a) !== percent(b)) return [percent(a), percent(b)];
  for (const digits of [1, 2]) {
    const [left, right] = [finer(a, digits), finer(b, digits)];
    if (left !== right) return [left, right];
  }
  return [percent(a), percent(b)];
}

/** Whether two chances read the same however they are compared, so that a sentence that compares them would say nothing. */
export function readsAlike(a: number, b: number): boolean {
  const [left, right] = percentsApart(a, b);
  return left === right;
}

/** A share of things counted, with the count: `7.0 % (3 of 43)`; `–` of none. */
export function shareText(count: number, of: number, what = ''): string {
  if (of === 0) return '–';
  return `${((count / of) * 100).toFixed(1)} % (${count} of ${of}${what === '' ? '' : ` ${what}`})`;
}

/** With digits, but never as 0 or 1 what is neither, and never finer than `<0.1 %`. */
function finer(chance: number, digits: number): string {
  const rounded = Number((chance * 100).toFixed(digits));
  const isEnd = (rounded === 0 && chance > 0) || (rounded === 100 && chance < 1);
  return isEnd || percent(chance).startsWith('<') ? percent(chance) : `${rounded} %`;
}
