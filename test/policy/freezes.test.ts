import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { blocksKind, freezeOn } from '../../src/policy/freezes.ts';
import { aFreeze } from '../support/team.ts';

describe('a freeze blocks', () => {
  it('the kinds it names and no others', () => {
    const engines = aFreeze({ blocks: ['engine', 'disruption'] });
    expect(blocksKind(engines, 'engine')).toBe(true);
    expect(blocksKind(engines, 'disruption')).toBe(true);
    expect(blocksKind(engines, 'model')).toBe(false);
    expect(blocksKind(engines, 'package')).toBe(false);
  });

  it('not what it allows', () => {
    const freeze = aFreeze({ allow: ['model'] });
    expect(blocksKind(freeze, 'model')).toBe(false);
    expect(blocksKind(freeze, 'engine')).toBe(true);
  });

  it('urgent work unless it allows `security`, which lets nothing else through', () => {
    expect(blocksKind(aFreeze(), 'engine', true)).toBe(true);
    expect(blocksKind(aFreeze({ allow: ['security'] }), 'engine', true)).toBe(false);
    expect(blocksKind(aFreeze({ allow: ['security'] }), 'engine')).toBe(true);
  });
});

describe('of several freezes on a day', () => {
  const allows = aFreeze({ name: 'Allows', allow: ['model'] });
  const denies = aFreeze({ name: 'Denies', from: day('2026-12-07'), until: day('2026-12-09') });

  it('one that blocks is enough', () => {
    expect(freezeOn([allows, denies], 'model', day('2026-12-06'))).toBeNull();
    expect(freezeOn([allows, denies], 'model', day('2026-12-07'))?.name).toBe('Denies');
    expect(freezeOn([denies, allows], 'model', day('2026-12-07'))?.name).toBe('Denies');
  });

  it('the last day counts and the day after does not', () => {
    expect(freezeOn([denies], 'model', day('2026-12-08'))?.name).toBe('Denies');
    expect(freezeOn([denies], 'model', day('2026-12-09'))).toBeNull();
  });
});
