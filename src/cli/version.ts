import { readFileSync } from 'node:fs';

/** Set by the build; absent when the sources run as they are. */
declare const NEAP_VERSION: string | undefined;

/** Set by the build: a sum of the sources, the data and the packages. */
declare const NEAP_BUILD: string | undefined;

export function version(): string {
  if (typeof NEAP_VERSION === 'string') return NEAP_VERSION;
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

/** This program on this Node.js, so that two that differ in anything differ here; `null` when the sources run as they are. */
export function build(): string | null {
  return typeof NEAP_BUILD === 'string' ? `${NEAP_BUILD} ${process.versions.node} ${process.arch}` : null;
}
