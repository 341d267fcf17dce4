import type { Entry } from '../entries.ts';
import type { Role, Theme } from '../theme.ts';
import { hueOf } from './lanes.ts';
import { roleOfState } from './work.ts';

/** The sign of an entry and its colour: the same as on the timeline. */
export function signOf({ what, hue }: Entry, { glyphs }: Theme): readonly [string, Role] {
  switch (what.kind) {
    case 'sprint':
      return [glyphs.sprint, 'dim'];
    case 'freeze':
      return [glyphs.freeze, 'freeze'];
    case 'day-off':
      return [glyphs.dayOff, 'dim'];
    case 'calm':
      return [glyphs.calm, 'calm'];
    case 'unknown-calm':
      return [glyphs.uncertain, 'calm'];
    case 'forecast':
      return [glyphs.median, 'median'];
    case 'eol':
      return [glyphs.eol, 'alarm'];
    case 'advisory':
      return [glyphs.advisory, 'alarm'];
    case 'deadline':
      return [glyphs.deadline, 'alarm'];
    case 'no-return':
      return [glyphs.noReturn, 'alarm'];
    case 'wait':
      return [glyphs.wait, 'decided'];
    case 'hold':
      return [glyphs.hold, 'calm'];
    case 'release':
      return [
        what.level === 'major' ? glyphs.major : what.level === 'minor' ? glyphs.minor : glyphs.patch,
        what.level === 'patch' ? 'text' : hueOf({ hue }),
      ];
    case 'work':
      return [glyphs.marks[what.state], roleOfState(what.state)];
  }
}
