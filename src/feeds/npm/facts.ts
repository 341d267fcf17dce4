import { cleanText } from '../../domain/clean-text.ts';
import type { ReadFact, Rejected } from '../../domain/reading.ts';
import { isObject, type JsonObject, show } from '../decode.ts';

/** Packages whose ranges matter to those who plan around another: the databases' drivers and clients, and what is built on them. */
const FOLLOWED = ['mongodb', 'mongoose', 'bson', 'redis', '@redis/client', 'ioredis', 'bullmq'];
const TAG_NAME = /^[A-Za-z0-9._-]{1,60}$/;

/**
 * What a packument tells of its versions beside their dates: deprecation, the Node.js range, and the ranges of followed packages. Parts of
 * another shape than npm's are left out: nothing hangs on them.
 * @param versions as in the packument.
 * @param accepted versions that were taken; nothing is told of others.
 */
export function versionFacts(versions: JsonObject, accepted: Iterable<string>): readonly ReadFact[] {
  const facts: ReadFact[] = [];
  for (const subject of accepted) {
    const manifest = versions[subject];
    if (!isObject(manifest)) continue;
    const deprecated = deprecation(manifest.deprecated);
    if (deprecated !== '') facts.push({ subject, key: 'deprecated', value: deprecated });
    const node = isObject(manifest.engines) ? rangeOf(manifest.engines.node) : null;
    if (node !== null) facts.push({ subject, key: 'engines', value: `node ${node}` });
    for (const name of FOLLOWED) {
      const range = dependency(manifest.dependencies, name) ?? dependency(manifest.peerDependencies, name);
      if (range !== null) facts.push({ subject, key: `dependency:${name}`, value: range });
    }
  }
  return facts;
}

/** The registry's tags. One that cannot be stored, or that points to a version that was not taken, goes to `rejected`. */
export function tagFacts(tags: unknown, accepted: ReadonlySet<string>, rejected: Rejected[]): readonly ReadFact[] {
  const facts: ReadFact[] = [];
  for (const [name, version] of isObject(tags) ? Object.entries(tags) : []) {
    const reject = (because: string) => rejected.push({ what: `dist-tag ${show(name)}`, because });
    if (!TAG_NAME.test(name)) reject('not the name of a dist-tag');
    else if (typeof version !== 'string' || !accepted.has(version)) reject('points to no version that was taken');
    else facts.push({ subject: name, key: 'dist-tag', value: version });
  }
  return facts;
}

/** Registries take a deprecation back by an empty text, some by `false`. Empty when there is none. */
function deprecation(value: unknown): string {
  if (value === true) return 'no reason given';
  return typeof value === 'string' ? cleanText(value, 200) : '';
}

function dependency(dependencies: unknown, name: string): string | null {
  return isObject(dependencies) && Object.hasOwn(dependencies, name) ? rangeOf(dependencies[name]) : null;
}

/** An empty range is any version, as npm reads it; `null` when it is not text. */
function rangeOf(value: unknown): string | null {
  return typeof value === 'string' ? cleanText(value, 100) || '*' : null;
}
