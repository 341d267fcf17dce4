import semver from 'semver';
import { compareLines } from '../versioning/scheme.ts';
import { admission, compatOf } from './compat.ts';
import type { Finding } from './findings.ts';
import type { Package } from './packages.ts';
import type { ChainRequest } from './request.ts';
import type { Tables } from './tables.ts';

/** What is wrong or not known before the first step: the platform, and packages that do not admit what runs today. */
export function startFindings(request: ChainRequest, line: string): readonly Finding[] {
  const found: Finding[] = [];
  if (request.platform === null && request.tables.platforms.some(({ product }) => product === request.product.id)) {
    found.push({
      severity: 'medium',
      step: null,
      text: `neap.yaml does not say on which platform ${request.product.name} runs: whether the next lines run there was not looked at`,
      source: null,
      verified: true,
    });
  }
  for (const one of request.packages) {
    if (one.running === null) {
      found.push({
        severity: 'high',
        step: null,
        text: `nobody said which ${one.product.name} runs: whether it admits the next lines was not looked at`,
        source: null,
        verified: true,
      });
      continue;
    }
    const compat = compatOf(request.tables, one.product.id);
    const now = compat === null ? null : admission(compat, one.product.name, one.running, line);
    if (now !== null && now.fit !== 'yes') {
      found.push({
        severity: now.fit === 'no' ? 'high' : 'medium',
        step: null,
        text: `today already: ${now.because}`,
        source: now.row?.source ?? null,
        verified: now.verified,
      });
    }
  }
  return found;
}

/** What is known to go wrong between a version of a package and the line entered. */
export function packageFindings(
  tables: Tables,
  one: Package,
  running: string | null,
  line: string,
): readonly Finding[] {
  const compat = compatOf(tables, one.product.id);
  if (compat === null || running === null || semver.valid(running) === null) return [];
  const reaches = (floor: string | null) => floor === null || compareLines(line, floor) >= 0;
  return compat.notes
    .filter((note) => semver.satisfies(running, note.versions) && reaches(note.engineFrom) && note.severity !== 'low')
    .map((note) => ({
      severity: note.severity,
      step: `${line}/prepare`,
      text: `${one.product.name} ${running}: ${note.text}`,
      source: note.source,
      verified: note.verified,
    }));
}
