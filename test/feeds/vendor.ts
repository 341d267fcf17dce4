import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach } from 'vitest';

export type Answer = (request: Received, response: ServerResponse) => void;

export interface Received {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A vendor's server on this machine. `answer` is what it does; `received` what it was asked, in order, emptied before each test. */
export interface Vendor {
  readonly url: string;
  answer: Answer;
  readonly received: Received[];
  /** Hosts it was asked to tunnel to, as a proxy is; it refuses. */
  readonly connects: string[];
}

/** Starts a server for the tests of a file; it is closed after the last of them. */
export async function aVendor(): Promise<Vendor> {
  const received: Received[] = [];
  const connects: string[] = [];
  const vendor = { url: '', received, connects, answer: sends('not found', { status: 404 }) };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      vendor.answer(one, response);
    });
  });
  server.on('connect', ({ url = '' }, socket) => {
    connects.push(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vendor.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  beforeEach(() => {
    received.length = 0;
    connects.length = 0;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return vendor;
}

/** Always the same answer: text or bytes as they are, anything else as JSON. */
export function sends(body: unknown, more: { status?: number; headers?: Record<string, string> } = {}): Answer {
  return (_, response) => {
    const text = typeof body === 'string' || body instanceof Uint8Array;
    response.writeHead(more.status ?? 200, {
      'content-type': text ? 'text/plain' : 'application/json',
      ...more.headers,
    });
    response.end(text ? body : JSON.stringify(body));
  };
}

/** One answer after the other; the last is repeated. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let next = 0;
  return (request, response) => {
    answers[Math.min(next, answers.length - 1)]?.(request, response);
    next += 1;
  };
}
