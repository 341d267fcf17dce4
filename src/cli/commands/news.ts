import { addDays, parseDay } from '../../domain/day.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import { buildHistory } from '../../ledger/history.ts';
import { newsBetween } from '../../ledger/news.ts';
import { newsJson, newsText } from '../../report/news.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { withSession } from '../session.ts';
import { historiesOf } from './histories.ts';

/** Days looked back without `--since`. */
const A_WEEK = 7;

export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, (session) => {
    const { store, asOf } = session;
    const since = sinceOf(options.since) ?? addDays(asOf, -A_WEEK);
    if (since > asOf) {
      throw new Problem(`--since: ${since} is after ${asOf}`, { hint: 'Name an earlier day, or a later --as-of.' });
    }
    const eve = addDays(since, -1);
    const news = historiesOf(session, args[0]).map(({ product, history }) => {
      const before = {
        history: buildHistory(product, store.ledger(product.id, eve)),
        facts: store.facts(product.id, eve),
      };
      return { product, items: newsBetween(product, before, { history, facts: store.facts(product.id, asOf) }) };
    });
    if (options.json === true) printJson(terminal, { since, asOf, ...newsJson(news) });
    else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(newsText(news, since));
    }
    return EXIT.ok;
  });

function sinceOf(option: unknown) {
  if (typeof option !== 'string') return null;
  const day = parseDay(option);
  if (day === null) throw new Problem(`--since: "${option}" is not a day`, { hint: 'Write it as 2026-11-22.' });
  return day;
}
