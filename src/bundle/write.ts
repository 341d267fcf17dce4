import type { HistoryFile } from '../catalogue/history-file.ts';

/** The file as text: one release and one line per row, so that a refresh reads as a list of what changed. */
export function historyText({ schemaVersion, product, sources, releases, lines }: HistoryFile): string {
  const list = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join(',\n');
  return [
    `{"schemaVersion":${schemaVersion},"product":${JSON.stringify(product)},`,
    `"sources":[\n${list(sources)}\n],`,
    `"releases":[\n${list(releases)}\n],`,
    `"lines":[\n${list(lines)}\n]}`,
    '',
  ].join('\n');
}
