import type { Product } from '../domain/product.ts';
import type { LineDate, Release } from '../domain/release.ts';
import { advisoryOf, type NewsItem } from '../ledger/news.ts';
import { plain, withPrecision } from './text.ts';

/** News of one product. */
export interface ProductNews {
  readonly product: Product;
  readonly items: readonly NewsItem[];
}

/** What became known, product by product; those without news are named in one line. */
export function newsText(news: readonly ProductNews[], since: string): string {
  const loud = news.filter(({ items }) => items.length > 0);
  const quiet = news.filter(({ items }) => items.length === 0).map(({ product }) => product.name);
  const blocks = loud.map(({ product, items }) =>
    [product.name, ...items.map((item) => `  ${plain(sentence(item))}`)].map((line) => `${line}\n`).join(''),
  );
  const rest = quiet.length === 0 ? '' : `Nothing new since ${since}: ${quiet.join(', ')}\n`;
  return [...blocks, ...(rest === '' ? [] : [rest])].join('\n');
}

export function newsJson(news: readonly ProductNews[]): object {
  return {
    products: news.map(({ product, items }) => ({
      product: product.id,
      items: items.map((item) => {
        if (item.kind === 'release') return { kind: item.kind, ...ofRelease(item.release) };
        if (item.kind === 'redated') return { kind: item.kind, from: item.from, ...ofRelease(item.release) };
        return item.kind === 'fact' ? { ...item, advisory: advisoryOf(item.fact) } : item;
      }),
    })),
  };
}

function ofRelease({ version, line, level, feature, date, precision, dateFrom, urgency }: Release): object {
  return { version, line, level, feature, date, precision, dateFrom, urgency };
}

function sentence(item: NewsItem): string {
  if (item.kind === 'release') {
    const { version, level, feature, date, precision, urgency } = item.release;
    const when = date === null ? 'date unknown' : withPrecision(date, precision);
    return `${version}: ${level}${feature ? ', feature release' : ''}, ${when}${urgency === null ? '' : `, urgency ${urgency}`}`;
  }
  if (item.kind === 'redated') {
    const { version, date, dateFrom } = item.release;
    return `${version}: date was ${item.from ?? 'unknown'}, is ${date ?? 'unknown'}${dateFrom === null ? '' : ` (${dateFrom.of}, ${dateFrom.source})`}`;
  }
  if (item.kind === 'line') {
    const name = item.of === 'eol' ? 'end of life' : 'end of active support';
    return `line ${item.line}: ${name} was ${lineDate(item.from)}, is ${lineDate(item.to)}`;
  }
  const { subject, key, value } = item.fact;
  const advisory = advisoryOf(item.fact);
  if (advisory !== null) {
    const fixed = advisory.fixed.length === 0 ? 'no fix named' : `fixed in ${advisory.fixed.join(', ')}`;
    const changed = item.from === null ? '' : ' (changed)';
    return `advisory ${subject}${changed}: ${advisory.severity ?? 'severity not given'}, ${fixed}: ${advisory.summary}`;
  }
  if (key === 'dist-tag') return `dist-tag ${subject} ${item.from === null ? '' : `was ${item.from}, `}is ${value}`;
  return `${subject} ${key}: ${value}`;
}

function lineDate(date: LineDate | null): string {
  if (date === null) return 'not told';
  if (date.day !== null) return date.day;
  return date.state === 'over' ? 'over' : date.state === 'none' ? 'none' : 'unknown';
}
