import type { WeeklyReport } from '../../domain/weekly.ts';
import { plain } from '../text.ts';
import { sectionsOf, weekText } from './words.ts';

/** The weekly report as Markdown (CommonMark with tables). Pure: the same report gives the same bytes. Design.md section 11. */
export function weeklyMarkdown(report: WeeklyReport): string {
  return [
    md(report.status),
    '',
    `# ${md(report.team)}: ${md(weekText(report))}`,
    '',
    `As of ${report.asOf}; the report before spoke as of ${report.since}.`,
    ...report.notices.map((notice) => `\n> ${md(notice)}`),
    ...sectionsOf(report).flatMap(({ title, heading, rows, none }) => [
      '',
      `## ${md(title)}`,
      '',
      ...(rows.length === 0 ? [none] : tableOf(heading, rows)),
    ]),
    '',
  ].join('\n');
}

function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(md).join(' | ')} |`;
  return [line(heading), `|${heading.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** Text of others as Markdown that shows it and does nothing: no emphasis, links, images, HTML, mentions, references or table cells. */
export function md(text: string): string {
  return (
    plain(text)
      .replace(/[\\`*_{}[\]<>()#!|~&]/g, (mark) => `\\${mark}`)
      .replace(/@/g, '@\u200b')
      // GitHub and GitLab look for references and addresses in what is shown, where no backslash is left.
      .replace(/#(?=\d)/g, '#\u200b')
      .replace(/\b(GH|gh)-(?=\d)/g, '$1-\u200b')
      .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\u200b.`)
      .replace(/:\/\//g, ':\u200b//')
  );
}
