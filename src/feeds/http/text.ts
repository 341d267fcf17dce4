import { Problem } from '../../domain/problem.ts';
import type { Body } from './http.ts';

/** The body as UTF-8 text. @throws Problem when it is not; a byte order mark is skipped. */
export function textOf({ bytes, address }: Body): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(`${address} is not text in UTF-8`, { hint: 'Check the address; run `neap sync` again later.' });
  }
}

/** The body as JSON. @throws Problem for a web page in its place, for what was cut off, and for what is no JSON. */
export function jsonOf(body: Body): unknown {
  const text = textOf(body);
  try {
    return JSON.parse(text);
  } catch {
    if (text.trimStart().startsWith('<')) {
      throw new Problem(`${body.address} is a web page, not data`, {
        hint: 'Something between you and it (a sign-in page, a proxy) answered, or the address is wrong.',
      });
    }
    throw new Problem(`${body.address} is not valid JSON; it may have been cut off`, {
      hint: 'Run `neap sync` again.',
    });
  }
}
