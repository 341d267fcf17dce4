import { github } from './github.ts';
import type { Place } from './place.ts';

/** Where `neap report --publish` can publish. */
export const PLACES: readonly Place[] = [github];
