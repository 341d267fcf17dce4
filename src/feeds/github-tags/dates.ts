import type { Day } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import { compareVersions } from '../../versioning/scheme.ts';
import { isObject, type JsonObject } from '../decode.ts';
import type { GitHub } from '../github/client.ts';
import { RateLimited } from '../github/problems.ts';
import type { KeptBodies } from '../http/kept-bodies.ts';
import { recall, remember } from './memory.ts';
import { type Dated, dayOf, SHA, type Tag } from './payload.ts';

/** Objects per question of GraphQL. */
const AT_ONCE = 100;
/** Objects per visit without a token: GitHub allows an address 60 requests an hour then. */
const MOST_WITHOUT_TOKEN = 40;

interface Place {
  readonly github: GitHub;
  readonly owner: string;
  readonly name: string;
  readonly kept: KeptBodies;
}

/**
 * The days of the tags' objects by sha: what earlier visits learned, and what this one asks for. With a token all of them; without, those
 * of the newest versions, as many as GitHub allows.
 */
export async function datesOf(tags: readonly Tag[], place: Place): Promise<ReadonlyMap<string, Dated>> {
  const { github, owner, name, kept } = place;
  const key = `dates of ${github.api.base}/repos/${owner}/${name}`;
  const known = await recall(kept, key);
  const dates = new Map<string, Dated>([...known].map(([sha, value]) => [sha, { value }]));
  const unknown = new Map(tags.filter(({ sha }) => !known.has(sha)).map((tag) => [tag.sha, tag]));
  if (unknown.size === 0) return dates;
  const newest = [...unknown.values()].sort((a, b) => compareVersions(b.parsed, a.parsed));
  const learned = new Map<string, Day | null>();
  const learn = (sha: string, dated: Dated) => {
    dates.set(sha, dated);
    if ('value' in dated) learned.set(sha, dated.value);
  };
  try {
    if (github.api.token === null) await askOneByOne(newest, place, learn);
    else await askTogether(newest, place, learn);
  } finally {
    // Also when it broke off: the next visit goes on from there.
    if (learned.size > 0) await remember(kept, key, learned);
  }
  return dates;
}

type Learn = (sha: string, dated: Dated) => void;

async function askTogether(tags: readonly Tag[], { github, owner, name }: Place, learn: Learn): Promise<void> {
  for (let from = 0; from < tags.length; from += AT_ONCE) {
    const some = tags.slice(from, from + AT_ONCE);
    const objects = some.map(({ sha }, i) => `o${i}: object(oid: "${sha}") { ...dates }`).join('\n');
    const data = await github.graphql(
      `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n${objects}\n} }\n${DATES}`,
      { owner, name },
    );
    const repository = isObject(data) ? data.repository : null;
    if (!isObject(repository)) {
      throw new Problem(`GraphQL for ${owner}/${name}: the answer has no repository`, {
        hint: 'Check what the token may read.',
      });
    }
    some.forEach(({ sha, type }, i) => {
      const object = repository[`o${i}`];
      // One that is gone between the list and this has nothing to say.
      if (!isObject(object)) return;
      const { tagger, target, committedDate } = object;
      const own = isObject(tagger) ? tagger.date : null;
      const date = own ?? (isObject(target) ? target.committedDate : committedDate);
      if (date !== undefined || mayBeUndated(type)) learn(sha, dayOf(date));
    });
  }
}

/** A tag of its own has its own date, apart from very old ones; else the commit's counts. */
const DATES = `fragment dates on GitObject {
  ... on Tag { tagger { date } target { ... on Commit { committedDate } } }
  ... on Commit { committedDate }
}`;

/** Every commit has a date; an answer without one is not worth remembering. */
function mayBeUndated(type: string): boolean {
  return type !== 'commit';
}

async function askOneByOne(tags: readonly Tag[], { github, owner, name }: Place, learn: Learn): Promise<void> {
  const ask = async (type: 'tag' | 'commit', sha: string): Promise<JsonObject> => {
    const object = await github.one(`/repos/${owner}/${name}/git/${type}s/${sha}`);
    if (isObject(object) && object.sha === sha) return object;
    throw new Problem(`${owner}/${name}: the answer is not the ${type} that was asked for`, {
      hint: 'Check `url` of the feed; run `neap sync` again later.',
    });
  };
  const learnCommit = async (sha: string, commit: string): Promise<void> => {
    const { committer } = await ask('commit', commit);
    if (isObject(committer) && typeof committer.date === 'string') learn(sha, dayOf(committer.date));
  };
  try {
    for (const { sha, type } of tags.slice(0, MOST_WITHOUT_TOKEN)) {
      if (type === 'commit') await learnCommit(sha, sha);
      else if (type !== 'tag') learn(sha, { value: null });
      else {
        const { tagger, object } = await ask('tag', sha);
        const commit = isObject(object) && object.type === 'commit' ? object.sha : null;
        if (isObject(tagger) && typeof tagger.date === 'string') learn(sha, dayOf(tagger.date));
        else if (typeof commit === 'string' && SHA.test(commit)) await learnCommit(sha, commit);
        else learn(sha, { value: null });
      }
    }
  } catch (error) {
    // The list is whole; the dates come with later visits.
    if (!(error instanceof RateLimited)) throw error;
  }
}
