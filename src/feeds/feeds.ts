import { advisoriesFeed } from './advisories/feed.ts';
import { atomFeed } from './atom/feed.ts';
import { correctionsFeed } from './corrections/feed.ts';
import { debianPackagesFeed } from './debian-packages/feed.ts';
import { endoflifeFeed } from './endoflife/feed.ts';
import type { Feed } from './feed.ts';
import { fileFeed } from './file/feed.ts';
import { githubReleasesFeed } from './github-releases/feed.ts';
import { githubTagsFeed } from './github-tags/feed.ts';
import { mongodbFeed } from './mongodb-feed/feed.ts';
import { npmFeed } from './npm/feed.ts';
import { pypiFeed } from './pypi/feed.ts';
import { redisNotesFeed } from './redis-notes/feed.ts';

/** Every feed neap has, by type. A new one is a folder and a line here. */
export const feeds: readonly Feed[] = [
  advisoriesFeed,
  atomFeed,
  correctionsFeed,
  debianPackagesFeed,
  endoflifeFeed,
  fileFeed,
  githubReleasesFeed,
  githubTagsFeed,
  mongodbFeed,
  npmFeed,
  pypiFeed,
  redisNotesFeed,
];
