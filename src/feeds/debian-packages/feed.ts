import { basename } from 'node:path';
import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed, FeedRequest } from '../feed.ts';
import { readIndexFile } from './file.ts';
import { type Index, readStanzas } from './payload.ts';
import { fetchIndex, repositoryOf } from './repository.ts';
import { stanzasOf } from './stanzas.ts';
import { unpacked } from './unpacked.ts';

/** Letters, digits and `+-.` (Debian Policy, 5.6.1). */
const PACKAGE = /^[a-z0-9][a-z0-9+.-]{1,127}$/;

/** The Packages index of an apt repository, from the network or among apt's own lists. See README.md. */
export const debianPackagesFeed: Feed = {
  type: 'debian-packages',
  network: true,
  async read(request) {
    const { product, ref, today, http } = request;
    const name = ref.package ?? product.id;
    if (!PACKAGE.test(name)) {
      throw new Problem(`"${cleanText(name, 60)}" is not the name of a Debian package`, {
        hint: 'Mend `package` of the feed.',
      });
    }
    const { bytes, place, index } = await locate(request);
    const stanzas = await stanzasOf(unpacked(bytes, place, http.limits.bytes), name, place);
    return readStanzas(stanzas, { index, product, today });
  },
};

async function locate(request: FeedRequest): Promise<{ bytes: Uint8Array; place: string; index: Index }> {
  const { product, ref, baseDir, signal, http } = request;
  if ((ref.path === undefined) === (ref.url === undefined)) {
    throw new Problem(`a debian-packages feed of ${product.id} needs either \`path\` or \`url\``, {
      hint: 'Write {type: debian-packages, url: "https://deb.debian.org/debian", suite: bookworm, component: main, arch: amd64}.',
    });
  }
  if (ref.path !== undefined) {
    const { bytes, path } = await readIndexFile(ref.path, baseDir, http.limits.bytes, signal);
    return { bytes, place: path, index: indexOfFile(basename(path), ref) };
  }
  const repository = repositoryOf(ref, product.id);
  const { bytes, address } = await fetchIndex(repository, http, signal);
  return { bytes, place: address, index: repository.index };
}

/** apt names its lists after where they come from: `deb.debian.org_debian_dists_bookworm_main_binary-amd64_Packages`. */
const LIST = /_dists_(.+)_[^_]+_binary-([a-z0-9-]+)_Packages$/;

function indexOfFile(file: string, { suite, arch }: FeedRequest['ref']): Index {
  const name = cleanText(file.replace(/\.(?:gz|xz)$/, ''), 160);
  const list = LIST.exec(name);
  return {
    source: { id: `apt:${name}`, name: `apt list ${name}`, origin: null, licence: null },
    label: suite ?? list?.[1]?.replaceAll('_', '/') ?? name,
    arch: arch ?? list?.[2] ?? null,
  };
}
