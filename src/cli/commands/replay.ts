import { replay } from '../../app/replay/replay.ts';
import type { Config, Freeze } from '../../domain/config.ts';
import { addDays, type Day, daysBetween, parseDay } from '../../domain/day.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import { replaySummary, replayText } from '../../report/replay.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { type Session, withSession } from '../session.ts';

/** Years whose days off one reading of the configuration knows, its own and those around it. */
const YEARS_AT_ONCE = 3;

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, async (session) => {
    const from = dayOf('--from', options.from);
    const until = dayOf('--until', options.until) ?? session.asOf;
    if (from === null) throw new Problem('--from is missing', { hint: 'Such as: neap replay --from 2022-01-01' });
    if (until <= from) throw new Problem(`--until ${until} does not come after --from ${from}`);
    if (until > session.asOf)
      throw new Problem(`--until ${until} lies after ${session.asOf}: nobody knows yet what came out then`);
    const data = replay({ ...session, config: await overYears(session, from, until), from, until });
    if (options.json === true) printJson(terminal, { ...data, summary: replaySummary(data) });
    else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(replayText(data));
    }
    return EXIT.ok;
  });

/** The configuration with the days off and recurring freezes of all the years, and its dated freezes in each of them. */
async function overYears(session: Session, from: Day, until: Day): Promise<Config> {
  const { config, products, origin } = session;
  const [first, last] = [from, until].map((day) => Number(day.slice(0, 4))) as [number, number];
  const { loadConfig } = await import('../../config/load.ts');
  const known = [...products.values()].filter(({ id }) => !config.products.some((own) => own.id === id));
  const daysOff = new Set(config.team.daysOff);
  const freezes = new Map<string, Freeze>();
  for (let year = first; year <= last + 1; year += YEARS_AT_ONCE) {
    const { config: around } = await loadConfig(origin.path, { products: known, aroundYear: year });
    for (const day of around.team.daysOff) daysOff.add(day);
    for (const freeze of around.freezes) {
      for (let back = 0; back <= Number(freeze.from.slice(0, 4)) - first; back++) {
        const start = yearsBefore(freeze.from, back);
        const one = { ...freeze, from: start, until: addDays(start, daysBetween(freeze.from, freeze.until)) };
        if (back === 0 || !recurs(freeze, around.freezes)) freezes.set(`${one.name} ${one.from}`, one);
      }
    }
  }
  return { ...config, team: { ...config.team, daysOff: [...daysOff].sort() }, freezes: [...freezes.values()] };
}

/** A freeze that comes several times is written as recurring, and was worked out for each year already. */
function recurs(freeze: Freeze, all: readonly Freeze[]): boolean {
  return all.filter(({ name }) => name === freeze.name).length > 1;
}

/** The same day so many years earlier; 29 February is the first of March where there is none. */
function yearsBefore(day: Day, years: number): Day {
  const text = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
  return parseDay(text) ?? addDays(parseDay(`${text.slice(0, 4)}-02-28`) as Day, 1);
}

function dayOf(name: string, option: unknown): Day | null {
  if (typeof option !== 'string') return null;
  const day = parseDay(option);
  if (day === null) throw new Problem(`${name}: "${option}" is not a day`, { hint: 'Write it as 2022-01-01.' });
  return day;
}
