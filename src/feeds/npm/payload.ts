import semver from 'semver';
import type { Day } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadRelease, Rejected } from '../../domain/reading.ts';
import { decodeInstant, decodeVersion, isObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import { NIGHTLY } from '../nightly.ts';
import { tagFacts, versionFacts } from './facts.ts';
import { type Published, suspectDays } from './suspect.ts';

/**
 * Turns a packument into a reading with one `registry` claim per version, and what else it tells of them as facts. Pure: nothing of the
 * packument is kept alive by what is handed back.
 * @param place.registry address without credentials.
 * @throws Problem when it is not a packument of this package.
 */
export function readPackument(
  json: unknown,
  place: { name: string; product: Product; registry: string; today: Day },
): FeedReading {
  const { name, product, registry, today } = place;
  const fail = (what: string): never => {
    throw new Problem(`${name} at ${registry}: ${what}`, {
      hint: 'Check that the registry setting of npm names an npm registry.',
    });
  };
  if (!isObject(json)) return fail('the answer is not an object');
  if (json.name !== name) return fail(`the answer is of a package "${show(json.name)}"`);
  const { versions, time = {} } = json;
  if (!isObject(versions)) return fail('`versions` is not an object');
  if (!isObject(time)) return fail('`time` is not an object');
  // An unpublished package answers so; that it never had a release would be false.
  if (Object.keys(versions).length === 0) return fail('it has no versions');

  const rejected: Rejected[] = [];
  const taken: { text: string; prerelease: boolean; day: Day | null }[] = [];
  const published: Published[] = [];
  for (const text of Object.keys(versions)) {
    const reject = (because: string) => rejected.push({ what: show(text), because });
    const decoded = decodeVersion(text, product.versioning);
    if ('because' in decoded) {
      reject(decoded.because);
    } else if (NIGHTLY.test(text)) {
      reject('a nightly build');
    } else if (Object.hasOwn(time, text)) {
      const day = decodeInstant(time[text]);
      if ('because' in day) {
        reject(day.because);
        continue;
      }
      taken.push({ text, prerelease: decoded.value.prerelease !== null, day: day.value });
      const version = semver.parse(text);
      if (version !== null) published.push({ version, day: day.value });
    } else {
      taken.push({ text, prerelease: decoded.value.prerelease !== null, day: null });
    }
  }
  for (const text of Object.keys(time)) {
    if (text === 'created' || text === 'modified' || Object.hasOwn(versions, text)) continue;
    rejected.push({ what: show(text), because: text === 'unpublished' ? 'not a version' : 'unpublished' });
  }

  const suspects = suspectDays(published, today);
  const accepted = taken.map(({ text, prerelease, day }): ReadRelease => {
    const suspect = suspects.get(semver.parse(text)?.version ?? text) ?? null;
    const state = day === null ? 'unknown' : 'dated';
    const claim = { subject: text, of: 'registry', state, day, precision: 'day', suspect, knownFrom: null } as const;
    return { version: text, prerelease, claims: [claim], urgency: null };
  });
  const source = {
    id: registry === 'https://registry.npmjs.org' ? 'npm' : `npm:${registry.replace(/^https?:\/\//, '')}`,
    name: `npm registry ${registry.replace(/^https?:\/\//, '')}`,
    origin: `${registry}/${name}`,
    licence: null,
  };
  const names = new Set(taken.map(({ text }) => text));
  const facts = [...tagFacts(json['dist-tags'], names, rejected), ...versionFacts(versions, names)];
  return { source, accepted, rejected, lineClaims: [], complete: true, readOn: today, facts };
}
