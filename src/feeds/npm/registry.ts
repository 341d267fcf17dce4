import { EventEmitter } from 'node:events';
import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { NpmOptions } from './options.ts';

export interface Packument {
  readonly json: unknown;
  /** Host and path of the registry that answered, without user name, password and query. */
  readonly registry: string;
}

/** npm allows more; a name with anything else is a mistake or an attack on the address. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-zA-Z0-9~-][a-zA-Z0-9._~-]*$/;

/**
 * Fetches all that a registry tells of a package, with the credentials and proxies of `options`, through npm's own HTTP cache (an
 * unchanged packument is answered by 304).
 * @param limits.bytes largest body taken, unpacked; `limits.ms` for the whole visit.
 * @throws Problem naming package and registry; never with the text of an upstream error, which may hold tokens.
 */
export async function fetchPackument(
  name: string,
  options: NpmOptions,
  limits: { bytes: number; ms: number },
  signal: AbortSignal,
): Promise<Packument> {
  if (!NAME.test(name) || name.length > 214) {
    throw new Problem(`"${cleanText(name, 60)}" is not the name of an npm package`, {
      hint: 'Mend `package` of the feed.',
    });
  }
  const { default: npmFetch } = await import('npm-registry-fetch');
  const registry = addressOf(npmFetch.pickRegistry(name, options));
  const place = `${name} at ${registry}`;
  const late = AbortSignal.timeout(limits.ms);
  try {
    const response = await npmFetch(`/${name.replace('/', '%2f')}`, {
      ...options,
      // Lets npm choose the scope's own registry.
      spec: name,
      headers: { accept: 'application/json' },
      // Ask whether the cached copy still holds; npm alone would take it as it is for five minutes.
      preferOnline: true,
      // npm waits 10 s before its first retry, too long for somebody who is looking.
      fetchRetryMintimeout: 500,
      fetchRetryMaxtimeout: 4000,
      timeout: limits.ms,
      signal: AbortSignal.any([signal, late]),
    });
    const text = await readBody(response.body, limits.bytes, place);
    return { json: parse(text, place), registry };
  } catch (error) {
    if (error instanceof Problem || signal.aborted) throw error;
    if (late.aborted)
      throw new Problem(`${place} did not answer within ${Math.round(limits.ms / 1000)} s`, { hint: OFFLINE });
    throw explained(error, name, registry);
  }
}

const OFFLINE = 'Check network and proxy (`npm ping` uses the same settings), then run `neap sync` again.';

function readBody(body: unknown, limit: number, place: string): Promise<string> {
  if (!(body instanceof EventEmitter)) throw new TypeError('a response has no body to read');
  const chunks: Buffer[] = [];
  let size = 0;
  // By events: npm's streams leave a listener behind for every step of `for await`.
  return new Promise((resolve, reject) => {
    body.on('error', reject);
    body.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    body.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(
        new Problem(`${place} sends more than ${megabytes(limit)}`, {
          hint: 'Check that the package is the right one.',
        }),
      );
      if ('destroy' in body && typeof body.destroy === 'function') body.destroy();
    });
  });
}

function megabytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${bytes} bytes`;
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (text.trimStart().startsWith('<')) {
      throw new Problem(`${place} is a web page, not package data`, {
        hint: 'Something between you and the registry (a sign-in page, a proxy) answered, or the registry setting is wrong.',
      });
    }
    throw new Problem(`${place} is not valid JSON; it may have been cut off`, { hint: 'Run `neap sync` again.' });
  }
}

function explained(error: unknown, name: string, registry: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'E404') {
    return new Problem(`${registry} has no package ${name}`, {
      hint: 'Check the name; a private package needs its registry and token in .npmrc.',
    });
  }
  if (code === 'E401' || code === 'E403' || code === 'EOTP') {
    return new Problem(`${registry} does not let you read ${name} (${code})`, { hint: 'Check the token in .npmrc.' });
  }
  if (code === 'ENOTCACHED') {
    return new Problem(`npm is set to work offline, and ${name} is not in its cache`, {
      hint: 'Unset `offline` in .npmrc.',
    });
  }
  if (/^E\d{3}$/.test(code)) {
    return new Problem(`${registry} answers ${code.slice(1)} for ${name}`, { hint: 'Run `neap sync` again later.' });
  }
  // Node's and npm's codes are upper case; anything else could be text from outside. An error without a code is a defect of ours.
  if (!/^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return error;
  return new Problem(`${registry} cannot be reached for ${name} (${code})`, { hint: OFFLINE });
}

function addressOf(registry: string): string {
  if (!URL.canParse(registry)) {
    throw new Problem('the npm registry in your configuration is not an address', {
      hint: 'See `npm config get registry`.',
    });
  }
  const { protocol, host, pathname } = new URL(registry);
  return `${protocol}//${host}${pathname.replace(/\/$/, '')}`;
}
