import type { Plan } from '../../src/domain/plan.ts';
import type { Team } from './checker/team.ts';

/** The team and its plan as lines to read when a case fails. */
export function readable(seed: number, { config, decisions, hops, patches, vendors }: Team, plan: Plan | null): string {
  const { team, policy, freezes, modelChanges, exceptions } = config;
  const dated = freezes.filter(({ recurring }) => !recurring);
  const weekly = freezes.filter(({ recurring }) => recurring).slice(0, 1);
  return [
    `NEAP_SEED=${seed} npx vitest run test/properties`,
    `workdays ${team.workdays.join('')}, off ${team.daysOff.join(' ')}`,
    `sprints ${JSON.stringify(team.sprint)}`,
    `policy ${JSON.stringify(policy)}`,
    ...[...dated, ...weekly].map(
      ({ name, from, until, blocks, allow, recurring }) =>
        `freeze ${name} ${from}..${until} blocks ${blocks.join('+')} allow ${allow.join('+')}${recurring ? ' each week' : ''}`,
    ),
    ...[...vendors].flatMap(([store, all]) => all.map((one) => `vendor of ${store}: ${JSON.stringify(one)}`)),
    ...modelChanges.map((one) => `change ${compact(one)}`),
    ...hops.map(
      ({ steps, ...hop }) => `hop ${compact(hop)} steps ${steps.map(({ step, days }) => `${step}:${days}`).join(' ')}`,
    ),
    ...patches.map((one) => `patch ${compact(one)}`),
    ...exceptions.map(({ rule, item, expires }) => `exception ${rule} of ${item} to ${expires}`),
    ...decisions.map(
      ({ item, step, state, from, until }) => `decision ${state} ${item}/${step ?? ''} ${from}..${until}`,
    ),
    ...(plan === null ? [] : planned(plan)),
  ].join('\n');
}

function planned({ windows, holds, unplaced, later, disruptions }: Plan): readonly string[] {
  return [
    'plan:',
    ...windows.map(({ id, from, until, state, findings }) => {
      const found = findings.map(({ rule }) => rule).join(' ');
      return `  ${from}..${until} ${state} ${id}${found === '' ? '' : `  breaks ${found}`}`;
    }),
    ...disruptions.map(({ item, from, until }) => `  disruption ${item} ${from}..${until ?? ''}`),
    ...holds.map(({ product, from, until }) => `  hold ${product} ${from}..${until}`),
    ...unplaced.map(({ item, blockers }) => `  unplaced ${item}: ${blockers.map(({ rule }) => rule).join(' ')}`),
    ...later.map(({ item, from }) => `  later ${item} ${from ?? ''}`),
  ];
}

/** Without what is not there. */
function compact(one: object): string {
  const there = Object.entries(one).filter(([, value]) => value !== null && JSON.stringify(value) !== '[]');
  return there.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(' ');
}
