import { Problem } from '../../domain/problem.ts';
import { isObject, type JsonObject } from '../decode.ts';
import type { FeedRequest } from '../feed.ts';
import { githubClient } from '../github/client.ts';
import type { GitHubSettings } from '../github/settings.ts';
import { type Entry, type Fetched, type Place, VERSION } from './payload.ts';

/** GitHub's names of OSV's ecosystems. */
const NAMES: Readonly<Record<string, string>> = {
  npm: 'npm',
  PyPI: 'pip',
  Go: 'go',
  Maven: 'maven',
  NuGet: 'nuget',
  Packagist: 'composer',
  RubyGems: 'rubygems',
  'crates.io': 'rust',
};

/** Asks GitHub for all reviewed advisories on a package. */
export async function fetchFromGitHub(request: FeedRequest, place: Place, settings: GitHubSettings): Promise<Fetched> {
  const ecosystem = ecosystemOf(place.ecosystem);
  const github = await githubClient(request, settings);
  const query = new URLSearchParams({ ecosystem, affects: place.name, per_page: '100' });
  const { host, site } = github.api;
  return {
    entries: await github.list(`/advisories?${query}`),
    understand: (entry) => githubEntry(entry, place.name, ecosystem),
    source: {
      id: host === null ? 'github-advisories' : `github-advisories:${github.api.base.replace(/^https?:\/\//, '')}`,
      name: 'GitHub advisories',
      origin: `${site}/advisories`,
      licence: 'CC-BY 4.0',
    },
  };
}

function ecosystemOf(name: string): string {
  const found = NAMES[name] ?? Object.values(NAMES).find((own) => own === name);
  if (found !== undefined) return found;
  throw new Problem(`GitHub has no advisories for the ecosystem ${name}`, {
    hint: `Use one of ${Object.keys(NAMES).join(', ')}, or \`from: osv\`.`,
  });
}

function githubEntry(entry: JsonObject, name: string, ecosystem: string): Entry {
  const mine = (Array.isArray(entry.vulnerabilities) ? entry.vulnerabilities : []).filter(isObject).filter((one) => {
    const of = isObject(one.package) ? one.package : {};
    // Some ecosystems do not tell case apart, and GitHub finds the name in either.
    return of.ecosystem === ecosystem && typeof of.name === 'string' && of.name.toLowerCase() === name.toLowerCase();
  });
  const ranges = mine.map(({ vulnerable_version_range: range }) => (typeof range === 'string' ? rangeOf(range) : null));
  const fixed = mine.map(({ first_patched_version: version }) => version);
  return {
    id: entry.ghsa_id ?? entry.cve_id,
    severity: entry.severity,
    summary: entry.summary ?? entry.description,
    concerns: mine.length > 0,
    affected: ranges.filter((range) => range !== null),
    fixed: fixed.filter((version): version is string => typeof version === 'string' && VERSION.test(version)),
    published: entry.published_at,
    withdrawn: entry.withdrawn_at,
  };
}

/** `>= 8.0.0, < 8.0.4` as `>=8.0.0 <8.0.4`; `null` when it is written in another way. */
function rangeOf(text: string): string | null {
  const parts = text
    .slice(0, 1000)
    .split(',')
    .map((part) => /^\s*(>=|<=|>|<|=)\s*(\S+)\s*$/.exec(part));
  const read = parts.flatMap((part) => (part !== null && VERSION.test(part[2] ?? '') ? [`${part[1]}${part[2]}`] : []));
  return read.length === parts.length ? read.join(' ') : null;
}
