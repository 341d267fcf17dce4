import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';
import { isMajorStep } from '../../src/domain/step-name.ts';
import { windowId } from '../../src/domain/work-id.ts';
import { seeds } from './cases.ts';
import { breaches } from './checker/breaches.ts';
import { conflictsIn } from './checker/conflicts.ts';
import { count, text } from './checker/days.ts';
import { missingFindings } from './checker/findings.ts';
import { sceneOfDecided } from './checker/placed.ts';
import type { Team } from './checker/team.ts';
import { drawFor } from './draw.ts';
import { aPlan, type Row } from './hand-made.ts';
import { aRandomTeam } from './random-team.ts';

/** Teams that cost nothing, for none of them is planned. */
const MANY = 500;

/** What the team decided, and nothing proposed. */
function decidedOnly(team: Team) {
  const rows = team.decisions
    .filter(({ state }) => state === 'accepted' || state === 'pinned')
    .map((one): Row => [windowId(one), one.from, text(count(one.until) - 1)]);
  return aPlan(team, rows, 'accepted');
}

describe('a stream', () => {
  it('belongs to its field: another draw elsewhere changes nothing', () => {
    const numbers = (field: string) => Array.from({ length: 5 }, () => drawFor(3, field).int(0, 1000));
    const one = drawFor(3, 'a');
    const before = numbers('b');
    one.int(0, 1);
    expect(numbers('b')).toEqual(before);
    const many = new Set(['a', 'b', 'c'].flatMap((field) => [1, 2, 3].map((seed) => drawFor(seed, field).int(0, 1e9))));
    expect(many.size).toBe(9);
  });
});

describe('random teams', () => {
  const teams = seeds(MANY).map(aRandomTeam);
  const some = (what: (team: (typeof teams)[number]) => boolean) => teams.filter(what).length;

  it('are the same for the same seed', () => {
    for (const { seed } of teams.slice(0, 5)) expect(aRandomTeam(seed)).toEqual(aRandomTeam(seed));
  });

  it.skipIf(teams.length < MANY)('have all that rules speak of', () => {
    expect(
      [
        some(({ hops }) => hops.length > 1),
        some(({ hops }) => hops.some(({ after }) => after.length > 0)),
        some(({ hops }) => hops.some(({ begun }) => begun)),
        some(({ hops }) => hops.some(({ hasFcv }) => !hasFcv)),
        some(({ hops }) => hops.some(({ noReturn }) => noReturn === 'binaries')),
        some(({ hops }) => hops.some(({ steps }) => steps.some(({ step }) => step === 'runtime'))),
        some(({ hops }) => hops.some(({ needed }) => needed.length > 0)),
        some(({ patches }) => patches.length > 0),
        some(({ config }) => config.freezes.some(({ recurring }) => recurring)),
        some(({ config }) => config.freezes.some(({ blocks }) => blocks.includes('disruption'))),
        some(({ config }) => config.modelChanges.length === 0),
        some(({ config }) => config.modelChanges.length === 12),
        some(({ config }) => config.exceptions.length > 0),
        some(({ decisions }) => decisions.some(({ state }) => state === 'rejected')),
        some(({ decisions }) => decisions.some(({ state }) => state === 'done')),
        some(({ decisions, hops }) =>
          hops.some(({ item, steps }) => {
            const own = decisions.filter((one) => one.item === item).length;
            return own > 0 && own < steps.length;
          }),
        ),
      ].filter((number) => number < 5),
    ).toEqual([]);
  });

  it.skipIf(teams.length < MANY)('decide what breaks rules, and what breaks none', () => {
    const broken = teams.map((team) => missingFindings(team, decidedOnly(team)).length);
    const decides = some(({ decisions }) => decisions.some(({ state }) => state === 'accepted' || state === 'pinned'));
    const breaks = broken.filter((number) => number > 0).length;
    expect([breaks > 20, decides - breaks > 20]).toEqual([true, true]);
  });

  it.skipIf(teams.length < MANY)('break every rule somewhere', () => {
    const rules = new Set(
      teams.flatMap((team) => [
        ...conflictsIn(sceneOfDecided(team, decidedOnly(team))).map(({ rule }) => rule),
        ...breaches(team, { ...decidedOnly(team), windows: proposed(team) }).map(({ rule }) => rule),
      ]),
    );
    // Until every major is a step of its own there is too little that has to settle.
    const steps = teams.flatMap(({ hops }) => hops.flatMap((hop) => hop.steps.map(({ step }) => step)));
    // No decision of these teams puts binaries before their line is old enough; the rule has tests of its own.
    const few = ['release-age', ...(steps.some(isMajorStep) ? [] : ['packages-settled'])];
    expect(RULE_IDS.filter((rule) => !rules.has(rule) && !few.includes(rule))).toEqual([]);
  });
});

/** What the team decided as if it had been proposed. */
function proposed(team: Team) {
  const rows = team.decisions.map((one): Row => [windowId(one), one.from, text(count(one.until) - 1)]);
  return aPlan(team, rows).windows;
}
