import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { versionOfTag } from '../../src/feeds/tag-forms.ts';

const TAGS = '../shared/feeds/tags';

// What is not read: tags of other packages in the same repository, and names that are no version of the scheme.
test.skipIf(!existsSync(TAGS)).each([
  ['mongodb-driver', 502, 442],
  ['mongoose', 1009, 1008],
  ['redis', 311, 298],
  ['node-redis', 431, 157],
  ['ioredis', 242, 242],
  ['bullmq', 935, 768],
  ['valkey', 11, 9],
  ['pymongo', 190, 190],
  ['mongodb-java-driver', 260, 260],
  ['mongodb-go-driver', 163, 162],
  ['mongosh', 1161, 457],
  ['mongodb-tools', 468, 56],
  ['redis-py', 157, 157],
  ['go-redis', 525, 291],
  ['jedis', 144, 144],
])('%s: of %i tags its forms read %i, and each form is needed', (id, sent, read) => {
  const product = loadCatalogue(dataDir()).products.find((one) => one.id === id);
  const ref = product?.feeds.find(({ type }) => type === 'github-tags');
  const file = `${TAGS}/${ref?.repository?.replace('/', '__')}.json`;
  const { tags } = JSON.parse(readFileSync(file, 'utf8')) as { tags: readonly { tag: string }[] };
  const readBy = (forms: readonly string[] | undefined) =>
    tags.filter(({ tag }) => 'value' in versionOfTag(tag, forms, product?.versioning ?? 'semver')).length;
  expect([tags.length, readBy(ref?.tags)]).toEqual([sent, read]);
  for (const form of ref?.tags ?? [])
    expect([form, readBy(ref?.tags?.filter((one) => one !== form)) < read]).toEqual([form, true]);
});
