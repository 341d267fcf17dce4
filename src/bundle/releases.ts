import type { ClaimRow, ReleaseRow } from '../catalogue/history-file.ts';
import { Problem } from '../domain/problem.ts';
import { readJson, utcDay } from './input.ts';
import { SOURCES } from './sources.ts';
import { possibleTagDay } from './tag-day.ts';
import type { Tally } from './tally.ts';

/** The fields used of releases/<product>.json. Its `date` is another's choice among them and is not taken. */
interface CollectedVersion {
  readonly version: string;
  readonly prerelease: boolean;
  readonly nightly?: boolean;
  readonly tagDate?: string | null;
  readonly tagSeen?: string | null;
  readonly notesDate?: string | null;
  readonly feedDate?: string | null;
  readonly feedSeen?: string | null;
  readonly changelogDate?: string | null;
  readonly hashPublishedAt?: string | null;
  readonly npmDate?: string | null;
  readonly dateSource?: string;
  readonly urgency?: string;
  readonly urgencyInferred?: string;
}

/** Which source the collected dates of a family of products come from. */
export type Family = 'mongodb' | 'redis' | 'npm';

/** docker-library began to record on this day: what it saw first then may have been there for long. */
const FIRST_OBSERVATION = '2021-05-14';
/** As the redis-notes feed says it. */
const WEEKDAY = 'the weekday in the notes contradicts the date';
const NIGHTLY = /-dev\.\d{8}\./;

/** Releases with every dated claim the collected file holds about them. */
export function releasesFrom(dir: string, path: string, family: Family, tally: Tally): readonly ReleaseRow[] {
  const contradicted = family === 'redis' ? contradictedNotes(dir) : new Set<string>();
  const { versions } = readJson<{ versions?: readonly CollectedVersion[] }>(dir, path);
  if (!Array.isArray(versions)) throw new Problem('it holds no list of `versions`', { where: path });
  const rows: ReleaseRow[] = [];
  for (const version of versions) {
    if (version.nightly === true || NIGHTLY.test(version.version)) {
      tally.leaveOut('nightly builds');
      continue;
    }
    if (version.npmDate != null && version.dateSource !== 'npm-mirror') {
      tally.leaveOut('publish times that tell when a mirror stored the version (claims, not versions)');
    }
    const claims = claimsOf(version, family, contradicted.has(version.version), tally);
    const urgency = version.urgency ?? version.urgencyInferred;
    rows.push({
      v: version.version,
      ...(version.prerelease ? { pre: true as const } : {}),
      ...(urgency === undefined ? {} : { urgency }),
      ...(claims.length === 0 ? {} : { claims }),
    });
  }
  return rows;
}

/** Versions whose notes give a weekday that their date is not: which of the two is meant, only others can tell. */
function contradictedNotes(dir: string): ReadonlySet<string> {
  const { releases } = readJson<{ releases: readonly { version: string; dateWarning?: string }[] }>(
    dir,
    'redis/release-urgency.json',
  );
  return new Set(releases.flatMap(({ version, dateWarning }) => (dateWarning === undefined ? [] : [version])));
}

function claimsOf(version: CollectedVersion, family: Family, contradicted: boolean, tally: Tally): readonly ClaimRow[] {
  const tags = family === 'npm' ? SOURCES.gitTags : SOURCES.releaseData;
  const notes = family === 'mongodb' ? SOURCES.mongodbNotes.id : SOURCES.redisNotes.id;
  const claims: ClaimRow[] = [];
  const add = (of: ClaimRow[0], text: string | null | undefined, source: string, suspect?: string) => {
    const written = dayOf(version.version, of, text);
    const value = of === 'tag' ? possibleTagDay(written, tags, tally) : written;
    if (value === null) return;
    claims.push(suspect === undefined ? [of, value, source] : [of, value, source, null, suspect]);
  };
  add('notes', version.notesDate, notes, contradicted ? WEEKDAY : undefined);
  const early =
    version.feedSeen === FIRST_OBSERVATION ? 'seen on the first day of recording; it may be older' : undefined;
  add('first-seen', version.feedSeen, SOURCES.mongodbFeed.id, early);
  add('first-seen', version.hashPublishedAt, SOURCES.redisHashes.id);
  add('tag', version.tagDate, tags.id);
  add('build', version.feedDate, SOURCES.mongodbFeed.id);
  add('tag-seen', version.tagSeen, SOURCES.releaseData.id);
  add('changelog', version.changelogDate, SOURCES.changelog.id);
  if (version.dateSource === 'npm-mirror') add('registry', version.npmDate, SOURCES.npmMirror.id);
  return claims;
}

function dayOf(version: string, of: string, text: string | null | undefined): ReturnType<typeof utcDay> {
  try {
    return utcDay(text);
  } catch (error) {
    throw error instanceof Problem ? new Problem(`${version}, ${of}: ${error.message}`) : error;
  }
}

/** Releases of a product that only endoflife's release-data knows. */
export function releasesFromReleaseData(dir: string, path: string, tally: Tally): readonly ReleaseRow[] {
  const { versions } = readJson<{ versions?: Record<string, { name: string; date: string }> }>(dir, path);
  if (versions === undefined) throw new Problem('it holds no `versions`', { where: path });
  return Object.values(versions).map(({ name, date }) => {
    const value = possibleTagDay(utcDay(date), SOURCES.releaseData, tally);
    return value === null ? { v: name } : { v: name, claims: [['tag', value, SOURCES.releaseData.id] as const] };
  });
}
