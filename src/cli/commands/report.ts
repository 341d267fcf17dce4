import { weeklyReport } from '../../app/weekly.ts';
import { addDays, minDay } from '../../domain/day.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import { parseWeek, type Week, weekOf } from '../../domain/week.ts';
import type { WeeklyReport } from '../../domain/weekly.ts';
import { weeklyCsv } from '../../report/weekly/csv.ts';
import { weeklyHtml } from '../../report/weekly/html.ts';
import { weeklyJson } from '../../report/weekly/json.ts';
import { weeklyMarkdown } from '../../report/weekly/markdown.ts';
import { chosenDay } from '../asked.ts';
import type { Execute } from '../command.ts';
import type { Options } from '../options.ts';
import { SCHEMA_VERSION } from '../output.ts';
import { addToSummary, publish } from '../publish.ts';
import { withSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

const FORMATS: Readonly<Record<string, (report: WeeklyReport) => string>> = {
  markdown: weeklyMarkdown,
  html: weeklyHtml,
  csv: weeklyCsv,
  json: (report) => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...weeklyJson(report) }, null, 2)}\n`,
};

export const execute: Execute = async ({ options, terminal }) => {
  const write = formatOf(options);
  const way = wayOf(options);
  const week = weekNamed(options.week);
  const dated = week === null ? options : await asOfWeek(week, options, terminal);
  return withSession(dated, terminal, async (session) => {
    const report = weeklyReport(session);
    if (way === 'publish') return publish(report, options, terminal);
    if (way === 'summary') return addToSummary(report, terminal);
    await writeOut(write(report), options.output, terminal);
    return EXIT.ok;
  });
};

/** Options by where the report goes. */
const GOES_WITH = {
  here: ['format', 'output', 'json'],
  publish: ['repo', 'dryRun', 'json'],
  summary: [],
} as const;

/** Where the report goes: stdout or a file, a place, the summary of a job. @throws Problem for options that belong to another way out. */
function wayOf(options: Parameters<Execute>[0]['options']): keyof typeof GOES_WITH {
  const isGiven = (name: string) => options[name] !== undefined && options[name] !== false;
  const [way = 'here', second] = (['publish', 'summary'] as const).filter(isGiven);
  const own: readonly string[] = GOES_WITH[way];
  const stray =
    second ??
    Object.values(GOES_WITH)
      .flat()
      .find((name) => isGiven(name) && !own.includes(name));
  if (stray === undefined) return way;
  const flag = `--${stray.replace('dryRun', 'dry-run')}`;
  throw way === 'here'
    ? new Problem(`${flag} goes with --publish`, { hint: 'Add --publish github.' })
    : new Problem(`--${way} and ${flag} do not go together`, {
        hint: 'What goes there is Markdown. Run the command once for each.',
      });
}

function formatOf({ format, json }: Parameters<Execute>[0]['options']): (report: WeeklyReport) => string {
  const name = typeof format === 'string' ? format : json === true ? 'json' : 'markdown';
  const write = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (write === undefined) {
    throw new Problem(`--format: "${name}" is not a format`, {
      hint: `Take one of ${Object.keys(FORMATS).join(', ')}.`,
    });
  }
  return write;
}

function weekNamed(option: unknown): Week | null {
  if (typeof option !== 'string') return null;
  const week = parseWeek(option);
  if (week === null) throw new Problem(`--week: "${option}" is not a week`, { hint: 'Write it as 2026-W48.' });
  return week;
}

/** The options with the day the week is told as of: its Sunday or today, whichever is earlier, unless `--as-of` names another of its days. */
async function asOfWeek<T extends Options>(week: Week, options: T, terminal: Terminal): Promise<T> {
  const named = chosenDay(options, terminal);
  if (named !== null) {
    if (weekOf(named).name === week.name) return options;
    throw new Problem(`--as-of ${named} is not in the week ${week.name}`, {
      hint: `It lasts from ${week.from} to ${addDays(week.until, -1)}.`,
    });
  }
  const today = await withSession(options, terminal, ({ asOf }) => asOf);
  if (week.from > today) {
    throw new Problem(`--week: ${week.name} begins on ${week.from}, after ${today}`, {
      hint: 'A report tells of a week that has begun; neap plan tells of those to come.',
    });
  }
  return { ...options, asOf: minDay(addDays(week.until, -1), today) };
}
