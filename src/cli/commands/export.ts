import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { didYouMean } from '../../config/suggest.ts';
import type { Overview } from '../../domain/overview.ts';
import { EXIT, Problem } from '../../domain/problem.ts';
import { calendarEvents } from '../../export/calendar-events.ts';
import { onlyStore } from '../../export/choose-store.ts';
import { planCsv } from '../../export/csv.ts';
import { calendarText, type ExportedCalendar, readCalendar } from '../../export/ics.ts';
import { planJson } from '../../export/json.ts';
import { withOverview } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printNotices, SCHEMA_VERSION } from '../output.ts';
import { storesFor } from '../stores.ts';
import type { Terminal } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

const FORMATS = ['ics', 'csv', 'json'] as const;

export const execute: Execute = ({ options, terminal }) => {
  const format = formatOf(options.format, options.json === true);
  return withOverview(options, terminal, async (overview) => {
    const shown = wanted(overview, options.store);
    const write = {
      ics: async () => {
        const { config, asOf } = shown;
        const previous = await exportedBefore(options.output, terminal);
        return calendarText(calendarEvents(shown), { team: config.team.name, asOf, previous });
      },
      csv: async () => planCsv(shown),
      json: async () => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...planJson(shown) }, null, 2)}\n`,
    };
    await writeOut(await write[format](), options.output, terminal);
    printNotices(terminal, overview.notices);
    return EXIT.ok;
  });
};

function formatOf(format: unknown, json: boolean): (typeof FORMATS)[number] {
  if (typeof format !== 'string') return json ? 'json' : 'ics';
  const found = FORMATS.find((one) => one === format);
  if (found === undefined) {
    throw new Problem(`--format: "${format}" is not a format${didYouMean(format, FORMATS)}`, {
      hint: `Take one of ${FORMATS.join(', ')}.`,
    });
  }
  return found;
}

function wanted(overview: Overview, store: unknown): Overview {
  if (typeof store !== 'string') return overview;
  storesFor(
    store,
    overview.outlooks.map((outlook) => outlook.store),
  );
  return onlyStore(overview, store);
}

/** The calendar in the file that will be written; `null` when there is none yet. @throws Problem when the file is not of ours. */
async function exportedBefore(output: unknown, terminal: Terminal): Promise<ExportedCalendar | null> {
  if (typeof output !== 'string') return null;
  const path = resolve(terminal.cwd, output);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Problem(`cannot read ${path}: ${error.message}`, { hint: 'Name another file.' });
  });
  if (text === null) return null;
  const calendar = readCalendar(text);
  if (calendar === null) {
    throw new Problem(`${path} is not a calendar that neap exported`, {
      hint: 'Name another file, or remove this one; neap does not overwrite calendars of others.',
    });
  }
  return calendar;
}
