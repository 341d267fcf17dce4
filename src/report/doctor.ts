import { plain } from './text.ts';

/** Cases shown under a finding; the rest is counted. */
const SHOWN = 3;

/** A finding in the shape of src/app/doctor.ts. */
interface Finding {
  readonly kind: string;
  readonly blocks: boolean;
  readonly what: string;
  readonly fix: string | null;
  readonly cases: readonly string[];
}

/** What the doctor found, as text: what blocks first. `all` shows every case. */
export function findingsText(findings: readonly Finding[], all: boolean): string {
  if (findings.length === 0) return 'Nothing to report: the facts are fresh, and their sources agree.\n';
  return findings
    .flatMap(({ blocks, kind, what, fix, cases }) => {
      const shown = all ? cases : cases.slice(0, SHOWN);
      const more = cases.length - shown.length;
      return [
        `${blocks ? 'BLOCKS' : 'note  '}  ${kind}: ${plain(what)}`,
        ...(fix === null ? [] : [`        do: ${plain(fix)}`]),
        ...shown.map((one) => `        ${plain(one)}`),
        ...(more === 0 ? [] : [`        … and ${more} more: --all`]),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}
