import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';

/** An address as it may be shown: without user name, password, query and fragment, which may hold tokens. */
export function shown(url: string | URL): string {
  if (typeof url === 'string' && !URL.canParse(url)) return cleanText(url.replace(/[?#].*$/s, ''), 120);
  const { protocol, host, pathname } = new URL(url);
  return cleanText(`${protocol}//${host}${pathname}`, 200);
}

/**
 * The address of a feed as the configuration gives it.
 * @throws Problem when it is no http(s) address or holds a password (the environment is the only place for secrets).
 */
export function httpAddress(text: string, ofWhat: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Problem(`${ofWhat}: "${cleanText(text, 80)}" is not an address`, {
      hint: 'Write it as https://host/path.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new Problem(`${ofWhat}: the address ${shown(url)} holds a user name or password`, {
      hint: 'Take it out; tokens come from the environment only.',
    });
  }
  return url;
}
