import type { Dispatcher } from 'undici';
import { HttpError } from './failures.ts';
import type { Kept, KeptBodies } from './kept-bodies.ts';
import type { FeedLimits } from './limits.ts';
import { unpack } from './unpack.ts';

/** Set on an answer whose body is that of an earlier visit. */
export const UNCHANGED = 'x-neap-unchanged';
const USER_AGENT = 'neap (plans around vendor releases)';
/** Of an answer, what speaks of its body and may be stored with it. */
const STORED_HEADERS = ['content-type', 'link'];

/**
 * One request, its body read whole within the limits. A GET that was answered before asks whether that still holds, and is answered from
 * `bodies` if so. Redirects are followed, without credentials to another host.
 */
export async function visit(url: URL, init: RequestInit, bodies: KeptBodies, limits: FeedLimits): Promise<Response> {
  const method = init.method ?? 'GET';
  const headers = new Headers(init.headers);
  headers.set('user-agent', USER_AGENT);
  headers.set('accept-encoding', 'gzip, deflate, br');
  const key = `${url.href} ${headers.get('accept') ?? ''}`;
  const kept = method === 'GET' ? await bodies.find(key) : null;
  if (kept?.etag != null) headers.set('if-none-match', kept.etag);
  else if (kept?.lastModified != null) headers.set('if-modified-since', kept.lastModified);

  const late = AbortSignal.timeout(limits.ms);
  const signal = init.signal == null ? late : AbortSignal.any([init.signal, late]);
  try {
    const { request } = await import('undici');
    const answer = await request(url, {
      method: method as Dispatcher.HttpMethod,
      headers: Object.fromEntries(headers),
      body: typeof init.body === 'string' ? init.body : null,
      dispatcher: await dispatcher(limits),
      signal,
    });
    const finalUrl = lastOf(answer.context) ?? url;
    if (answer.statusCode === 304 && kept !== null) {
      await answer.body.dump();
      return respond(200, new Headers({ ...kept.headers, [UNCHANGED]: '1' }), kept.bytes, finalUrl);
    }
    const received = toHeaders(answer.headers);
    const bytes = await readBody(answer.body, received, limits.bytes);
    if (method === 'GET' && answer.statusCode === 200) await keepFor(bodies, key, received, bytes);
    return respond(answer.statusCode, received, bytes, finalUrl);
  } catch (error) {
    if (late.aborted && init.signal?.aborted !== true) {
      throw new HttpError(`did not answer in full within ${Math.round(limits.ms / 1000)} s`, true);
    }
    // What undici says of a circle; its code alone would be that of a mistake of ours.
    if (error instanceof Error && error.message.startsWith('Redirect loop')) {
      throw new HttpError('sends on in a circle to other addresses', false);
    }
    throw error;
  }
}

/** undici is loaded with the first request: most commands never send one. */
async function dispatcher(limits: FeedLimits): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, interceptors } = await import('undici');
  shared ??= new EnvHttpProxyAgent({
    headersTimeout: limits.ms,
    bodyTimeout: limits.ms,
    connect: { timeout: Math.min(limits.ms, 20_000) },
    // A sync ends when its work ends, not when idle connections time out.
    keepAliveTimeout: 1000,
  }).compose(interceptors.redirect({ maxRedirections: 5 }));
  return shared;
}
let shared: Dispatcher | undefined;

async function readBody(body: Dispatcher.ResponseData['body'], headers: Headers, limit: number): Promise<Uint8Array> {
  const tooLarge = () => new HttpError(`sends more than ${megabytes(limit)}`, false);
  if (Number(headers.get('content-length') ?? 0) > limit) {
    body.on('error', () => undefined).destroy();
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  const packed = Buffer.concat(chunks);
  const encoding = headers.get('content-encoding');
  headers.delete('content-encoding');
  headers.delete('content-length');
  return encoding === null || packed.byteLength === 0 ? packed : unpack(packed, encoding, limit);
}

async function keepFor(bodies: KeptBodies, key: string, headers: Headers, bytes: Uint8Array): Promise<void> {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  if (etag === null && lastModified === null) return;
  const stored = STORED_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  await bodies.keep(key, { etag, lastModified, headers: Object.fromEntries(stored), bytes } satisfies Kept);
}

function respond(status: number, headers: Headers, bytes: Uint8Array, url: URL): Response {
  const bodyless = status === 204 || status === 205 || status === 304;
  const response = new Response(bodyless ? null : Buffer.from(bytes), { status, headers });
  // The standard gives no way to say where a made response came from; octokit and messages ask.
  Object.defineProperty(response, 'url', { value: url.href });
  return response;
}

function toHeaders(raw: Dispatcher.ResponseData['headers']): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}

/** The redirect interceptor notes every address it went through. */
function lastOf(context: object | undefined): URL | null {
  const history = context !== undefined && 'history' in context ? context.history : null;
  const last: unknown = Array.isArray(history) ? history.at(-1) : null;
  return last instanceof URL ? last : null;
}

export function megabytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${bytes} bytes`;
}
