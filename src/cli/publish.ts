import { appendFile } from 'node:fs/promises';
import { addDays } from '../domain/day.ts';
import { EXIT, type ExitCode, Problem } from '../domain/problem.ts';
import type { WeeklyReport } from '../domain/weekly.ts';
import { createHttp } from '../feeds/http/client.ts';
import { cutTo } from '../publish/cut.ts';
import type { Published } from '../publish/place.ts';
import { PLACES } from '../publish/places.ts';
import { weeklyMarkdown } from '../report/weekly/markdown.ts';
import { weekText } from '../report/weekly/words.ts';
import { interruptible } from './interrupt.ts';
import { printJson } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface PublishOptions {
  readonly publish?: unknown;
  readonly repo?: unknown;
  readonly dryRun?: unknown;
  readonly json?: unknown;
}

/** Puts the report where `--publish` says, in place of the one of the same week that is there. */
export async function publish(report: WeeklyReport, options: PublishOptions, terminal: Terminal): Promise<ExitCode> {
  const place = PLACES.find(({ id }) => id === options.publish);
  if (place === undefined) {
    throw new Problem(`--publish: "${options.publish}" is not a place`, {
      hint: `Take one of ${PLACES.map(({ id }) => id).join(', ')}.`,
    });
  }
  const { team, week } = report;
  const publication = {
    key: `${team} ${week.name}`,
    title: `${team}: ${weekText(report)}`,
    markdown: weeklyMarkdown(report),
    command: `neap report --week ${week.name} --output report.md`,
  };
  const dryRun = options.dryRun === true;
  return interruptible(async (signal) => {
    try {
      const published = await place.publish(publication, {
        repository: typeof options.repo === 'string' ? options.repo : null,
        env: terminal.env,
        http: createHttp(),
        signal,
        dryRun,
        // The week may have begun up to a day earlier on somebody's clock.
        since: `${addDays(week.from, -1)}T00:00:00Z`,
      });
      if (options.json === true) printJson(terminal, { dryRun, place: place.id, ...published });
      else terminal.stdout.write(said(published, dryRun));
      return EXIT.ok;
    } catch (error) {
      if (!signal.aborted) throw error;
      terminal.stderr.write('neap: interrupted; the same command looks for what is there and goes on\n');
      return EXIT.interrupted;
    }
  });
}

function said({ did, number, address, closed }: Published, dryRun: boolean): string {
  const issue = number === null ? 'an issue' : `issue ${number}`;
  const verbs = dryRun
    ? { create: `would create ${issue}`, update: `would update ${issue}`, nothing: `${issue} is as it should be` }
    : { create: `created ${issue}`, update: `updated ${issue}`, nothing: `${issue} was as it should be` };
  const others = closed.map((one) => `${dryRun ? 'would close' : 'closed'} issue ${one}, of the same report\n`);
  return `${verbs[did]}${address === null ? '' : `: ${address}`}\n${others.join('')}`;
}

/** Bytes GitHub takes as the summary of a step. */
const LONGEST_SUMMARY = 1_048_576;
const bytes = (text: string) => Buffer.byteLength(text);

/** Appends the report to the summary of the job that runs this. @throws Problem outside of a job, and where the file cannot be written. */
export async function addToSummary(report: WeeklyReport, terminal: Terminal): Promise<ExitCode> {
  const file = terminal.env.GITHUB_STEP_SUMMARY ?? '';
  if (file === '') {
    throw new Problem('--summary needs GITHUB_STEP_SUMMARY in the environment', {
      hint: 'It is set in steps of GitHub Actions; elsewhere use --output.',
    });
  }
  const note = `The report is longer than a summary can be. \`neap report --week ${report.week.name}\` writes the whole of it.`;
  const text = cutTo(`${weeklyMarkdown(report).trim()}\n`, LONGEST_SUMMARY, { note, length: bytes }) ?? note;
  await appendFile(file, text).catch((error: Error) => {
    throw new Problem(`cannot write GITHUB_STEP_SUMMARY: ${error.message}`);
  });
  terminal.stderr.write('added to the summary of the job\n');
  return EXIT.ok;
}
