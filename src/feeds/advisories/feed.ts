import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed, FeedRequest } from '../feed.ts';
import { type GitHubSettings, SETTINGS } from '../github/settings.ts';
import { fetchFromGitHub } from './github.ts';
import { fetchFromOsv } from './osv.ts';
import { readAdvisories } from './payload.ts';

/** Published weaknesses of a package, from OSV or GitHub. See README.md. */
export const advisoriesFeed: Feed = createAdvisories(SETTINGS);

export function createAdvisories(settings: GitHubSettings): Feed {
  return {
    type: 'advisories',
    network: true,
    async read(request) {
      const place = { ...packageOf(request), product: request.product, today: request.today };
      const fetched =
        (request.ref.from ?? 'osv') === 'osv'
          ? await fetchFromOsv(request, place)
          : await fetchFromGitHub(request, place, settings);
      return readAdvisories(fetched, place);
    },
  };
}

/** A name in an ecosystem: `npm` and the product's own package there unless the feed says otherwise. */
function packageOf({ product, ref }: FeedRequest): { readonly name: string; readonly ecosystem: string } {
  const ecosystem = ref.ecosystem ?? 'npm';
  if (!/^[A-Za-z][A-Za-z0-9 ._-]{0,39}(?::[A-Za-z0-9 ._:-]{1,40})?$/.test(ecosystem)) {
    throw new Problem(`"${cleanText(ecosystem, 60)}" is not an ecosystem`, {
      hint: 'Write it as OSV does: npm, PyPI, Go, Maven, Debian:12 …',
    });
  }
  const name = ref.package ?? (ecosystem === 'npm' ? product.npm : null);
  if (name === null) {
    throw new Problem(`an advisories feed of ${product.id} has no \`package\``, {
      hint: 'Write {type: advisories, ecosystem: npm, package: NAME}.',
    });
  }
  // A comma would be two packages to GitHub, an @ within the name a version.
  if (!/^@?[^\s,@\p{Cc}]{1,214}$/u.test(name)) {
    throw new Problem(`"${cleanText(name, 60)}" is not the name of a package`, { hint: 'Mend `package` of the feed.' });
  }
  return { name, ecosystem };
}
