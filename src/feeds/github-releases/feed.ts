import type { Feed } from '../feed.ts';
import { repositoryOf } from '../github/address.ts';
import { githubClient } from '../github/client.ts';
import { type GitHubSettings, SETTINGS } from '../github/settings.ts';
import { readReleases } from './payload.ts';

/** The releases page of a repository on GitHub. See README.md. */
export const githubReleasesFeed: Feed = createGithubReleases(SETTINGS);

export function createGithubReleases(settings: GitHubSettings): Feed {
  return {
    type: 'github-releases',
    network: true,
    async read(request) {
      const { product, ref, today } = request;
      const { owner, name } = repositoryOf(ref, product.id);
      const github = await githubClient(request, settings);
      const entries = await github.list(`/repos/${owner}/${name}/releases?per_page=100`);
      const { host, site } = github.api;
      const source = {
        id: `github:${host === null ? '' : `${host}/`}${owner}/${name}/releases`,
        name: `GitHub releases of ${owner}/${name}`,
        origin: `${site}/${owner}/${name}/releases`,
        licence: null,
      };
      return readReleases(entries, { product, source, tags: ref.tags, complete: ref.complete ?? false, today });
    },
  };
}
