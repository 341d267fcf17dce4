import type { Feed } from '../feed.ts';
import { repositoryOf } from '../github/address.ts';
import { githubClient } from '../github/client.ts';
import { type GitHubSettings, SETTINGS } from '../github/settings.ts';
import { datesOf } from './dates.ts';
import { readTags, tagsOf } from './payload.ts';

/** The tags of a repository on GitHub. See README.md. */
export const githubTagsFeed: Feed = createGithubTags(SETTINGS);

export function createGithubTags(settings: GitHubSettings): Feed {
  return {
    type: 'github-tags',
    network: true,
    async read(request) {
      const { product, ref, today, http } = request;
      const { owner, name } = repositoryOf(ref, product.id);
      const github = await githubClient(request, settings);
      // Without a slash at its end, which octokit would take away; what else begins like this is rejected.
      const refs = await github.list(`/repos/${owner}/${name}/git/matching-refs/tags`);
      const { tags, rejected } = tagsOf(refs, ref.tags, product.versioning);
      const dates = await datesOf(tags, { github, owner, name, kept: http.kept });
      const { host, site } = github.api;
      const source = {
        id: `github:${host === null ? '' : `${host}/`}${owner}/${name}/tags`,
        name: `GitHub tags of ${owner}/${name}`,
        origin: `${site}/${owner}/${name}/tags`,
        licence: null,
      };
      return readTags(tags, rejected, dates, { source, today });
    },
  };
}
