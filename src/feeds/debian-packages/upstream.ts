import type { Decoded } from '../decode.ts';
import type { DebianVersion } from './dpkg-version.ts';

/** What packagers append: `+dfsg1` and `+ds` (parts left out), `+~cs1.2` (parts put in), `~deb12u1`, `~bpo12+1`, `+ubuntu1`. */
const PACKAGING = /(?:\+~|[.+~](?:dfsg|ds\d*(?![a-z])|repack|debian|deb\d|bpo\d|ubuntu\d)).*$/;
/** What stands for a version that had to be taken back: `8.0+really7.4.2` is 7.4.2. */
const REALLY = /^.*\+really/;
/** A state between two versions: `8.0.0~git20240101.abc`, `1.2+git20240101`. */
const SNAPSHOT = /[.+~](?:git|svn|hg|cvs|bzr)/;
/** Debian's way of sorting a prerelease before its release. */
const PRERELEASE = /~(?=(?:alpha|beta|a|b|m|milestone|pre|preview|rc|dev)[.-]?\d*$)/i;

/** The version as its vendor writes it: `5:8.0~rc1+dfsg-1~deb12u1` is `8.0-rc1`. Whether the scheme knows it is for others to say. */
export function upstreamVersion({ upstream }: DebianVersion): Decoded<string> {
  const own = upstream.replace(REALLY, '').replace(PACKAGING, '');
  if (SNAPSHOT.test(own)) return { because: 'a snapshot between two versions' };
  return { value: own.replace(PRERELEASE, '-') };
}
