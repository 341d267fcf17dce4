import { readFileSync } from 'node:fs';

/** Set by the build; absent when the sources run as they are. */
declare const NEAP_VERSION: string | undefined;

export function version(): string {
  if (typeof NEAP_VERSION === 'string') return NEAP_VERSION;
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
