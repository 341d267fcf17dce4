/** The part of Ink's key event that is read; every flag may be missing. */
export interface KeyFlags {
  readonly upArrow?: boolean;
  readonly downArrow?: boolean;
  readonly leftArrow?: boolean;
  readonly rightArrow?: boolean;
  readonly pageDown?: boolean;
  readonly pageUp?: boolean;
  readonly home?: boolean;
  readonly end?: boolean;
  readonly return?: boolean;
  readonly escape?: boolean;
  readonly ctrl?: boolean;
  readonly tab?: boolean;
  readonly backspace?: boolean;
  readonly delete?: boolean;
  readonly meta?: boolean;
  readonly eventType?: 'press' | 'repeat' | 'release';
}

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pagedown'],
  ['pageUp', 'pageup'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const;

const CONTROL: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\x7f': 'backspace',
  '\x1b': 'escape',
  '\x03': 'ctrl-c',
};

/**
 * One event of Ink as the keys that were pressed, in order: names (`enter`, `left`), or single characters. A terminal may deliver several
 * keys at once, and Ink hands plain ones on as one event: `"jj"`, `"j\r"`.
 */
export function normalise(input: string, flags: KeyFlags): readonly string[] {
  if (flags.eventType === 'release') return [];
  for (const [flag, name] of NAMED) if (flags[flag] === true) return [name];
  if (flags.ctrl === true) return input.length === 1 ? [`ctrl-${input}`] : [];
  const escaped = flags.escape === true || flags.meta === true ? ['escape'] : [];
  return [...escaped, ...split(input)];
}

function split(input: string): readonly string[] {
  // A Windows line end is one Enter.
  return Array.from(input.replaceAll('\r\n', '\r'), (char) => CONTROL[char] ?? char).filter(
    (key) => key.length > 1 || !/\p{Cc}/u.test(key),
  );
}
