import type { Feed } from './feed.ts';
import { fileFeed } from './file/feed.ts';
import { npmFeed } from './npm/feed.ts';

/** Every feed neap has, by type. A new one is a folder and a line here. */
export const feeds: readonly Feed[] = [fileFeed, npmFeed];
