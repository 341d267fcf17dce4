import { piecesOf, whyHere, whyNot, withRelaxations } from '../../app/why.ts';
import { didYouMean } from '../../config/suggest.ts';
import { addDays, type Day, daysBetween, parseDay } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import { outlookOf } from '../../policy/periods.ts';
import type { Piece } from '../../policy/rule.ts';
import { type DayLines, whyHereText, whyNotText, whyNowhereText } from '../../report/why.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { askableOf, withSession } from '../session.ts';

/** Days that one question may span. */
const MOST_DAYS = 92;

/** Why here, why not then, why nowhere: of one item, or one of its windows. */
export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, (session) => {
    const asked = askableOf(session);
    const { plan } = asked.planned;
    const named = args[0] ?? '';
    const pieces = piecesOf(asked, named);
    const unplaced = plan.unplaced.filter(({ item }) => item === named || pieces.some((piece) => piece.item === item));
    if (pieces.length === 0 && unplaced.length === 0) {
      const known = new Set([...asked.planned.pieces.values()].flatMap(({ id, item }) => [item, id]));
      throw new Problem(`there is no work "${named}"${didYouMean(named, known)}`, {
        hint: known.size === 0 ? 'neap.yaml names no work.' : `There is: ${[...known].sort().join(', ')}`,
      });
    }
    const days = daysOf(options.on);
    if (days !== null && days.until <= plan.asOf) {
      throw new Problem(`--on: ${addDays(days.until, -1)} is over: the plan begins on ${plan.asOf}`, {
        hint: 'Add --as-of to ask about what was known then.',
      });
    }
    const answers =
      days === null ? [] : pieces.map((piece) => ({ id: piece.id, days: withCalm(piece, whyNot(asked, piece, days)) }));
    const windows = plan.windows.filter(({ id, item }) => id === named || item === named);
    const here = days === null ? windows.map((window) => whyHere(asked, window)) : [];
    const nowhere = days === null ? unplaced.map((entry) => withRelaxations(asked, entry)) : [];
    if (options.json === true) printJson(terminal, { item: named, here, nowhere, on: answers });
    else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(
        [
          ...here.map(whyHereText),
          ...nowhere.map(whyNowhereText),
          ...answers.flatMap(({ id, days: all }) => all.map((answer) => whyNotText(id, answer))),
        ].join('\n'),
      );
      if (here.length + nowhere.length + answers.length === 0)
        terminal.stdout.write(
          `${named} is due beyond the days planned for and found no room before; it waits for a later plan.\n`,
        );
    }
    return EXIT.ok;

    /** The days' own turbulence beside the windows that would start on them. */
    function withCalm(piece: Piece, found: ReturnType<typeof whyNot>): readonly DayLines[] {
      const { config, situation, planned } = asked;
      const products = planned.exposed.get(piece.store);
      const margins = config.policy.modelChanges;
      const { tolerance } = config.policy;
      const { asOf, horizon } = situation;
      const outlook =
        products === undefined
          ? null
          : outlookOf({ store: piece.store, products, margins, tolerance, days: horizon, asOf });
      return found.map((answer) => ({
        ...answer,
        turbulence: outlook?.turbulence[daysBetween(horizon.from, answer.day)] ?? null,
        period: outlook?.periods.find(({ from, until }) => from <= answer.day && answer.day < until) ?? null,
      }));
    }
  });

/** `2026-12-17`, or `2026-12-17..2026-12-20` with both ends included; `null`: no day is asked about. */
function daysOf(option: unknown): Interval | null {
  if (typeof option !== 'string') return null;
  const [first, last, more] = option.split('..').map((text) => parseDay(text));
  if (more !== undefined || first == null || last === null) {
    throw new Problem(`--on: "${option}" is not a day`, { hint: 'Write 2026-12-17, or 2026-12-17..2026-12-20.' });
  }
  const until: Day = addDays(last ?? first, 1);
  if (until <= first || daysBetween(first, until) > MOST_DAYS) {
    throw new Problem(`--on: "${option}" is no run of 1 to ${MOST_DAYS} days`);
  }
  return { from: first, until };
}
