import type { AnyFeed } from 'feedsmith';
import { Problem } from '../../domain/problem.ts';

/** A feed of any of the three formats, reduced to what names and dates releases. `null`: the feed does not say. */
export interface NewsFeed {
  readonly title: string | null;
  readonly entries: readonly NewsEntry[];
}

export interface NewsEntry {
  readonly id: string | null;
  readonly link: string | null;
  readonly title: string | null;
  /** Day or point in time as it is written there: publication, or the last change where the entry has no other. */
  readonly written: string | null;
}

/** Characters. The newest releases of a product need a few hundred thousand; reading XML costs many times its size in memory. */
const MAX_LENGTH = 16 * 1024 * 1024;
const HINT = 'Check the address: it must be that of an Atom, RSS 2.0 or RDF feed.';

/**
 * Reads the XML of a feed. Entities that the document itself declares stay as they are written, and nothing outside of it is loaded.
 * @param address as shown in messages.
 * @throws Problem for what is no feed, cut off, or larger than 16 million characters.
 */
export async function parseNews(text: string, address: string): Promise<NewsFeed> {
  const body = text.trim();
  if (body.length > MAX_LENGTH) throw new Problem(`${address} is larger than a feed neap reads`, { hint: HINT });
  if (/^<(?:!doctype\s+html|html)\b/i.test(body))
    throw new Problem(`${address} is a web page, not a feed`, { hint: HINT });
  const { parseFeed } = await import('feedsmith');
  let parsed: AnyFeed;
  try {
    parsed = parseFeed(body);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The parser's own words may quote the document.
    const found = error.name === 'DetectError' ? 'is neither Atom, RSS nor RDF' : 'is not well-formed, or cut off';
    throw new Problem(`${address} ${found}`, { hint: HINT });
  }
  if (parsed.format === 'json')
    throw new Problem(`${address} is a JSON feed, which neap does not read`, { hint: HINT });
  // The parser takes a feed whose end is missing for a shorter one.
  if (!ROOT_END.test(withoutLastComment(body))) {
    throw new Problem(`${address} is cut off`, { hint: 'Run `neap sync` again.' });
  }
  return reduce(parsed);
}

const ROOT_END = /<\/(?:[\w-]+:)?(?:feed|rss|rdf)\s*>$/i;

/** Some generators sign their feeds with a comment behind the end. */
function withoutLastComment(body: string): string {
  return body.endsWith('-->') ? body.slice(0, Math.max(0, body.lastIndexOf('<!--'))).trimEnd() : body;
}

function reduce(parsed: Exclude<AnyFeed, { format: 'json' }>): NewsFeed {
  if (parsed.format === 'atom') {
    const { title, entries = [] } = parsed.feed;
    return {
      title: title?.value ?? null,
      entries: entries.map((entry) => ({
        id: entry.id ?? null,
        link: pageOf(entry.links ?? []),
        title: entry.title?.value ?? null,
        written: entry.published ?? entry.updated ?? null,
      })),
    };
  }
  if (parsed.format === 'rss') {
    const { title, items = [] } = parsed.feed;
    return {
      title: title ?? null,
      entries: items.map((item) => ({
        id: item.guid?.value ?? null,
        link: item.link ?? null,
        title: item.title ?? null,
        written: item.pubDate ?? item.dc?.dates?.[0] ?? null,
      })),
    };
  }
  const { title, items = [] } = parsed.feed;
  return {
    title: title ?? null,
    entries: items.map((item) => ({
      id: item.rdf?.about ?? null,
      link: item.link ?? null,
      title: item.title ?? null,
      written: item.dc?.dates?.[0] ?? null,
    })),
  };
}

/** The page of an entry among its links; others lead to comments, files or related pages. */
function pageOf(links: readonly { readonly href?: string; readonly rel?: string }[]): string | null {
  const page = links.find(({ rel }) => rel === undefined || rel === 'alternate');
  return page?.href ?? null;
}
