import type { Claim } from '../domain/claim.ts';
import type { LineClaimKind, Product } from '../domain/product.ts';
import type { Line, LineDate, Release } from '../domain/release.ts';
import { compareLines, compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** The product's lines, highest first, each with its first and newest general release and the ends its sources state. */
export function buildLines(product: Product, releases: readonly Release[], claims: readonly Claim[]): readonly Line[] {
  const scheme = schemeOf(product.versioning);
  const general = releases.filter((release) => release.level !== 'prerelease' && release.level !== 'development');
  const ends = claims.filter((claim) => claim.of === 'support-end' || claim.of === 'eol');
  return [...Map.groupBy(general, (release) => release.line)]
    .map(([line, members]) => {
      const parsed = (release: Release) => scheme.parse(release.version);
      const newest = members.reduce((a, b) => {
        const left = parsed(a);
        const right = parsed(b);
        return left !== null && right !== null && compareVersions(left, right) < 0 ? b : a;
      });
      return {
        product: product.id,
        line,
        selfManaged: members.some((release) => release.selfManaged),
        ga: members.find((release) => release.date !== null)?.date ?? null,
        latest: { version: newest.version, date: newest.date },
        releases: members.length,
        supportEnd: believed(ends, line, 'support-end'),
        eol: believed(ends, line, 'eol'),
      };
    })
    .sort((a, b) => compareLines(b.line, a.line));
}

/**
 * The word known last on one date of a line. A claim on a shorter name (`24` of Node.js) speaks for all lines below it, unless one
 * speaks of the line itself. `null` when no source says anything.
 */
function believed(claims: readonly Claim[], line: string, of: LineClaimKind): LineDate | null {
  const speaking = claims.filter(
    (claim) => claim.of === of && (claim.subject === line || line.startsWith(`${claim.subject}.`)),
  );
  const longest = Math.max(0, ...speaking.map((claim) => claim.subject.length));
  const last = speaking
    .filter((claim) => claim.subject.length === longest)
    .reduce<Claim | null>((a, b) => (a === null || b.knownFrom >= a.knownFrom ? b : a), null);
  return last === null ? null : { state: last.state, day: last.day, source: last.source, knownFrom: last.knownFrom };
}
