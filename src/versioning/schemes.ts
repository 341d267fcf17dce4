import type { SchemeId } from '../domain/product.ts';
import { calverScheme } from './calver.ts';
import { dottedScheme } from './dotted-scheme.ts';
import { mongodbScheme } from './mongodb.ts';
import { redisScheme } from './redis.ts';
import type { Scheme } from './scheme.ts';
import { semverScheme } from './semver.ts';
import { twoPartScheme } from './two-part.ts';

const SCHEMES: readonly Scheme[] = [
  calverScheme,
  dottedScheme,
  mongodbScheme,
  redisScheme,
  semverScheme,
  twoPartScheme,
];

export function schemeOf(id: SchemeId): Scheme {
  const scheme = SCHEMES.find((candidate) => candidate.id === id);
  if (scheme === undefined) throw new RangeError(`there is no versioning scheme "${id}"`);
  return scheme;
}
