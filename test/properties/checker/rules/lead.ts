import { workingDays } from '../calendar.ts';
import { eachAlone } from '../conflict.ts';
import { count } from '../days.ts';

/** A proposal leaves the team its notice; a grave patch needs none. */
export const lead = eachAlone('lead', ({ item, kind, from, proposed }, { team }) => {
  if (!proposed || team.patches.some((one) => one.item === item && one.grave)) return null;
  const wanted = kind === 'engine' ? team.config.policy.lead.engine : team.config.policy.lead.model;
  const given = workingDays(team.config, { from: count(team.asOf) + 1, until: from + 1 });
  return given < wanted ? `${given} of ${wanted} working days` : null;
});
