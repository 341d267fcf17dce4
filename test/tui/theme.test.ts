import { describe, expect, it } from 'vitest';
import { paintsFor, type Role, themeFor } from '../../src/tui/theme.ts';

type Rgb = readonly [number, number, number];

const BACKGROUNDS = { dark: [0, 0, 0], light: [255, 255, 255] } as const;

/** Pairs whose meaning must not be mixed up where they stand side by side on one row or as one kind of bar. */
const APART: readonly (readonly [Role, Role])[] = [
  ['calm', 'fitPoor'],
  ['fitGood', 'fitPoor'],
  ['proposed', 'decided'],
  ['decided', 'alarm'],
  ['calm', 'freeze'],
  ['text', 'alarm'],
];

describe.each(['dark', 'light'] as const)('on a %s background', (ground) => {
  const paints = paintsFor(ground === 'light');
  const plain: Rgb = ground === 'dark' ? [229, 229, 229] : [0, 0, 0];
  const rgb = (role: Role): Rgb => {
    const full = /38;2;(\d+);(\d+);(\d+)/.exec(paints[role][2]);
    return full === null ? plain : [Number(full[1]), Number(full[2]), Number(full[3])];
  };

  it.each(Object.keys(paints) as Role[])('%s can be read', (role) => {
    expect(contrast(rgb(role), BACKGROUNDS[ground])).toBeGreaterThanOrEqual(4.5);
    const indexed = /38;5;(\d+)/.exec(paints[role][1]);
    if (indexed !== null) {
      expect(contrast(ofPalette(Number(indexed[1])), BACKGROUNDS[ground])).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(APART)('%s and %s stay apart for people who see no green', (one, other) => {
    const [a, b] = [deuteranopia(rgb(one)), deuteranopia(rgb(other))];
    const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    expect(distance).toBeGreaterThan(40);
  });
});

it('writes no colour where none is wanted, only inverse video', () => {
  const { sgr } = themeFor({ colorLevel: 'none', ascii: false });
  for (const role of Object.keys(paintsFor(false)) as Role[]) {
    expect(sgr(role, false)).toBe('');
    expect(sgr(role, true)).toBe('7');
  }
});

/** WCAG 2.2: ratio of relative luminances. */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
function deuteranopia(color: Rgb): Rgb {
  const [r, g, b] = color.map(linear) as [number, number, number];
  const back = (value: number) => 255 * Math.min(1, Math.max(0, value)) ** (1 / 2.2);
  return [
    back(0.367322 * r + 0.860646 * g - 0.227968 * b),
    back(0.280085 * r + 0.672501 * g + 0.047413 * b),
    back(-0.01182 * r + 0.04294 * g + 0.968881 * b),
  ];
}

/** The 6x6x6 cube and the greys of 256 colours. */
function ofPalette(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232);
    return [grey, grey, grey];
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  const at = index - 16;
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)];
}
