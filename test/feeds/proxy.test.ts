import { afterAll, expect, test } from 'vitest';
import { createHttp } from '../../src/feeds/http/client.ts';
import { aVendor, sends } from './vendor.ts';

// The client reads the environment with its first request, so these stand in a file of their own.
const vendor = await aVendor();
const before = { ...process.env };
Object.assign(process.env, {
  HTTP_PROXY: vendor.url,
  http_proxy: vendor.url,
  NO_PROXY: '127.0.0.1',
  no_proxy: '127.0.0.1',
});
afterAll(() => {
  process.env = before;
});
const http = createHttp({ limits: { ms: 2000, retries: 0 } });
const { signal } = new AbortController();

test('a proxy of the environment carries the requests', async () => {
  vendor.answer = sends('from the proxy');
  // A proxy may be asked for a tunnel also for plain http; either way it hears the name of the host.
  const asked = http.get('http://vendor.invalid/full.json', { signal }).catch(() => null);
  await asked;
  const heard = vendor.received.map(({ url, headers }) => `${url} ${headers.host}`).join();
  expect(heard + vendor.connects.join()).toContain('vendor.invalid');
});

test('NO_PROXY is asked directly', async () => {
  vendor.answer = sends('direct');
  const { bytes } = await http.get(`${vendor.url}/direct`, { signal });
  expect([Buffer.from(bytes).toString(), vendor.received.map(({ url }) => url)]).toEqual(['direct', ['/direct']]);
});
