import type { SourceRow } from '../catalogue/history-file.ts';
import { type Day, day } from '../domain/day.ts';

/** Day on which the newest stored copies of most sources were made. */
const SNAPSHOT: Day = day('2026-08-22');

/** Where the compiled facts come from; data/README.md tells it to people. */
export const SOURCES = {
  mongodbNotes: {
    id: 'mongodb-release-notes',
    name: 'MongoDB release notes',
    origin: 'mongodb/docs, release notes of 7.0, 8.0, 8.2, 8.3, 9.0 (copies of 2025-12 to 2026-10)',
    licence: 'facts',
    readOn: day('2026-10-31'),
    complete: false,
  },
  mongodbFeed: {
    id: 'mongodb-current-json',
    name: 'MongoDB current.json, as docker-library/mongo recorded it',
    origin: 'docker-library/mongo@2c69a57b939a',
    licence: 'facts',
    readOn: day('2026-06-11'),
    complete: false,
  },
  releaseData: {
    id: 'endoflife-release-data',
    name: 'git tags, as endoflife-date/release-data recorded them',
    origin: 'endoflife-date/release-data@f626bdef8bf9',
    licence: 'MIT',
    readOn: SNAPSHOT,
    complete: true,
  },
  lifecycle: {
    id: 'endoflife-date',
    name: 'endoflife.date',
    origin: 'endoflife-date/endoflife.date@a70eca337600',
    licence: 'MIT',
    readOn: SNAPSHOT,
    complete: false,
  },
  redisNotes: {
    id: 'redis-release-notes',
    name: 'Redis release notes',
    origin: 'redis/redis 00-RELEASENOTES and redis/docs@63f31f699859',
    licence: 'facts',
    readOn: day('2026-08-21'),
    complete: false,
  },
  redisHashes: {
    id: 'redis-hashes',
    name: 'redis-hashes, first commit of each tarball',
    origin: 'redis/redis-hashes@1dc01150a990',
    licence: 'facts',
    readOn: day('2026-07-23'),
    complete: false,
  },
  gitTags: {
    id: 'git-tags',
    name: 'git tags of the project',
    origin: 'the project’s repository on GitHub, tag dates',
    licence: 'facts',
    readOn: SNAPSHOT,
    complete: true,
  },
  changelog: {
    id: 'changelog',
    name: 'changelog of the project',
    origin: 'the project’s repository on GitHub, changelog headings',
    licence: 'facts',
    readOn: SNAPSHOT,
    complete: false,
  },
  npmMirror: {
    id: 'npm-mirror',
    name: 'a mirror of the npm registry',
    origin: 'npm packument read through a mirror; times above the newest tag only, unverified',
    licence: 'facts',
    readOn: day('2026-11-22'),
    complete: true,
  },
} as const satisfies Record<string, SourceRow>;
