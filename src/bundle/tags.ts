import type { ReleaseRow } from '../catalogue/history-file.ts';
import type { Product } from '../domain/product.ts';
import { NIGHTLY } from '../feeds/nightly.ts';
import { versionOfTag } from '../feeds/tag-forms.ts';
import { readJson, utcDay } from './input.ts';
import { SOURCES } from './sources.ts';
import { possibleTagDay } from './tag-day.ts';
import type { Tally } from './tally.ts';

interface CollectedTag {
  readonly tag: string;
  readonly date: string | null;
}

/** Releases a repository has tags of, each dated by its tag. Tags are read as the product's own github-tags feed reads them. */
export function releasesFromTags(dir: string, path: string, product: Product, tally: Tally): readonly ReleaseRow[] {
  const { tags } = readJson<{ tags: readonly CollectedTag[] }>(dir, path);
  const forms = product.feeds.find((ref) => ref.type === 'github-tags')?.tags;
  const rows = new Map<string, ReleaseRow>();
  for (const { tag, date } of tags) {
    const decoded = versionOfTag(tag, forms, product.versioning);
    if ('because' in decoded) {
      tally.leaveOut(`tags: ${decoded.because}`);
      continue;
    }
    const { version, prerelease } = decoded.value;
    const day = possibleTagDay(utcDay(date), SOURCES.gitTags, tally);
    if (NIGHTLY.test(version)) tally.leaveOut('nightly builds');
    else if (rows.has(version)) tally.leaveOut('second tags of one version');
    else {
      const claims = day === null ? {} : { claims: [['tag', day, SOURCES.gitTags.id] as const] };
      rows.set(version, { v: version, ...(prerelease === null ? {} : { pre: true as const }), ...claims });
    }
  }
  return [...rows.values()];
}
