import { ASCII, type Glyphs, UNICODE } from './glyphs.ts';

export type ColorLevel = 'none' | '16' | '256' | 'truecolor';

export interface Settings {
  readonly colorLevel: ColorLevel;
  readonly ascii: boolean;
  /** The user's own keys by the name of what they do (`keymap.ts`); absent: the shipped ones. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** The terminal's background is light; absent: dark. */
  readonly light?: boolean;
}

/** What a cell means. Colour is only ever a second hint: each meaning has its own glyph or word as well. */
export type Role =
  | 'text'
  | 'dim'
  | 'strong'
  | 'status'
  | 'notice'
  | 'today'
  | 'cursor'
  | 'calm'
  | 'fitGood'
  | 'fitFair'
  | 'fitPoor'
  | 'freeze'
  | 'band'
  | 'median'
  | 'hue0'
  | 'hue1'
  | 'hue2'
  | 'proposed'
  | 'decided'
  | 'done'
  | 'alarm'
  | 'toast';

/** SGR parameters at 16 colours, 256 colours and true colour (Okabe-Ito), then attributes used with any of them. */
type Paint = readonly [basic: string, extended: string, full: string, attributes?: string];

const PAINTS: Readonly<Record<Role, Paint>> = {
  text: ['', '', ''],
  dim: ['90', '38;5;245', '38;2;138;138;138'],
  strong: ['', '', '', '1'],
  status: ['', '', '', '1'],
  notice: ['33', '38;5;220', '38;2;240;228;66'],
  today: ['36', '38;5;74', '38;2;86;180;233', '1'],
  cursor: ['36', '38;5;74', '38;2;86;180;233'],
  calm: ['34', '38;5;67', '38;2;70;140;200'],
  fitGood: ['32', '38;5;36', '38;2;0;158;115'],
  fitFair: ['33', '38;5;220', '38;2;240;228;66'],
  fitPoor: ['31', '38;5;166', '38;2;213;94;0'],
  freeze: ['31', '38;5;166', '38;2;213;94;0'],
  band: ['37', '38;5;247', '38;2;158;158;158'],
  median: ['93', '38;5;220', '38;2;240;228;66', '1'],
  hue0: ['32', '38;5;36', '38;2;0;158;115', '1'],
  hue1: ['33', '38;5;208', '38;2;230;159;0', '1'],
  hue2: ['36', '38;5;74', '38;2;86;180;233', '1'],
  proposed: ['33', '38;5;220', '38;2;240;228;66'],
  decided: ['32', '38;5;36', '38;2;0;158;115', '1'],
  done: ['90', '38;5;245', '38;2;138;138;138'],
  alarm: ['31', '38;5;166', '38;2;213;94;0', '1'],
  toast: ['36', '38;5;74', '38;2;86;180;233', '1'],
};

/** The same on a light background, darker: each at least 4.5 to 1 against white. */
const LIGHT_PAINTS: Readonly<Record<Role, Paint>> = {
  text: ['', '', ''],
  dim: ['90', '38;5;240', '38;2;90;90;90'],
  strong: ['', '', '', '1'],
  status: ['', '', '', '1'],
  notice: ['35', '38;5;94', '38;2;122;88;0'],
  today: ['34', '38;5;25', '38;2;0;92;150', '1'],
  cursor: ['34', '38;5;25', '38;2;0;92;150'],
  calm: ['34', '38;5;25', '38;2;0;80;160'],
  fitGood: ['32', '38;5;22', '38;2;0;105;75'],
  fitFair: ['35', '38;5;94', '38;2;122;88;0'],
  fitPoor: ['31', '38;5;124', '38;2;170;55;0'],
  freeze: ['31', '38;5;124', '38;2;170;55;0'],
  band: ['90', '38;5;241', '38;2;98;98;98'],
  median: ['35', '38;5;94', '38;2;122;88;0', '1'],
  hue0: ['32', '38;5;22', '38;2;0;105;75', '1'],
  hue1: ['35', '38;5;94', '38;2;145;75;0', '1'],
  hue2: ['34', '38;5;25', '38;2;0;92;150', '1'],
  proposed: ['35', '38;5;94', '38;2;122;88;0'],
  decided: ['32', '38;5;22', '38;2;0;105;75', '1'],
  done: ['90', '38;5;240', '38;2;90;90;90'],
  alarm: ['31', '38;5;124', '38;2;170;55;0', '1'],
  toast: ['34', '38;5;25', '38;2;0;92;150', '1'],
};

/** The paints of a background, for whoever wants to check them. */
export function paintsFor(light: boolean): Readonly<Record<Role, Paint>> {
  return light ? LIGHT_PAINTS : PAINTS;
}

export interface Theme {
  readonly glyphs: Glyphs;
  readonly ascii: boolean;
  /** SGR parameters of a role; `''` when it looks like plain text. Inverse video is no colour and works at every level. */
  readonly sgr: (role: Role, inverse: boolean) => string;
}

export function themeFor({ colorLevel, ascii, light = false }: Settings): Theme {
  const paints = paintsFor(light);
  const [plain, inverse] = [sgrTable(paints, colorLevel, ''), sgrTable(paints, colorLevel, '7')];
  return { glyphs: ascii ? ASCII : UNICODE, ascii, sgr: (role, inverted) => (inverted ? inverse : plain)[role] };
}

/** Made once, because every cell of every frame asks. */
function sgrTable(
  paints: Readonly<Record<Role, Paint>>,
  colorLevel: ColorLevel,
  more: string,
): Readonly<Record<Role, string>> {
  const column = { none: null, '16': 0, '256': 1, truecolor: 2 } as const;
  const index = column[colorLevel];
  const codes = (paint: Paint) => (index === null ? [more] : [paint[3] ?? '', paint[index], more]);
  const join = (paint: Paint) =>
    codes(paint)
      .filter((code) => code !== '')
      .join(';');
  return Object.fromEntries(Object.entries(paints).map(([role, paint]) => [role, join(paint)])) as Record<Role, string>;
}
