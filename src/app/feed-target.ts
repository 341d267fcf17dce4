import { cleanText } from '../domain/clean-text.ts';
import type { FeedRef, Product } from '../domain/product.ts';

/** What a feed reads, as shown and as stored beside its readings: the same for two references exactly when they read the same. */
export function targetOf({ id }: Pick<Product, 'id'>, ref: FeedRef): string {
  const { package: name, path, repository, url, suite, component, arch, ecosystem, from } = ref;
  const parts = [name, path, repository, ref.name, withoutSecrets(url), suite, component, arch, ecosystem, from];
  return cleanText(parts.filter((part) => part !== undefined).join(' '), 300) || id;
}

function withoutSecrets(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return url?.replace(/[?#].*$/s, '');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
