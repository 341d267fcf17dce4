// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose files name their variables like that.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { detectImages } from '../../src/detect/containers.ts';

const found = (files: Readonly<Record<string, string>>) => {
  const dir = mkdtempSync(join(tmpdir(), 'neap-images-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return detectImages(dir);
};
const service = (image: string, rest = '') => ({ 'compose.yaml': `services:\n  one:\n    image: ${image}\n${rest}` });

it.each([
  ['mongo:7.0.31', { product: 'mongodb', running: '7.0.31', edition: 'community', range: null }],
  ['docker.io/library/mongo:7.0.31-jammy', { product: 'mongodb', running: '7.0.31' }],
  ['mongodb/mongodb-enterprise-server:8.0.4-ubi9', { product: 'mongodb', running: '8.0.4', edition: 'enterprise' }],
  ['redis:7.2-alpine', { product: 'redis', running: null, range: '7.2-alpine' }],
  ['redis:latest', { product: 'redis', running: null, range: null }],
  ['localhost:5000/valkey/valkey:8.1.3', { product: 'valkey', running: '8.1.3' }],
  ['postgres:16.2-alpine', { product: 'postgresql', running: '16.2', range: null }],
  ['postgres:16', { product: 'postgresql', running: null, range: '16' }],
  ['bitnami/redis:7.2.4', { product: 'redis', running: '7.2.4' }],
  ['mysql:8.0', { product: 'mysql', running: null, range: '8.0' }],
  // The colon would otherwise read as the value of a key.
  ['"mongo:${MONGO_VERSION:-6.0.5}"', { product: 'mongodb', running: '6.0.5' }],
  ['redis@sha256:0123', { product: 'redis', running: null, range: null }],
])('image %s', (image, wanted) => {
  expect(found(service(image))).toMatchObject([{ ...wanted, from: 'compose.yaml' }]);
});

it.each(['nosuch:17', 'mongo:${VERSION}', 'notmongo:7.0.1', '${IMAGE}'])('says nothing of image %s', (image) => {
  expect(found(service(`"${image}"`))).toEqual([]);
});

it('sees a replica set by its command, and takes the first compose file there is', () => {
  const files = {
    ...service('mongo:7.0.31', '    command: ["--replSet", "rs0"]\n'),
    'docker-compose.yml': 'services: {}',
  };
  expect(found(files)).toMatchObject([{ topology: 'replica-set' }]);
});

it('reads a Dockerfile, its stages and arguments', () => {
  const text =
    'ARG NODE=22.11.0\nFROM --platform=linux/amd64 node:${NODE}-alpine AS build\nFROM redis:7.2.4\nFROM build\n';
  expect(found({ Dockerfile: text }).map(({ product, running }) => [product, running])).toEqual([
    ['nodejs', '22.11.0'],
    ['redis', '7.2.4'],
  ]);
});

it('refuses a malformed compose file with its place', () => {
  expect(() => found({ 'compose.yaml': 'services:\n  a: [1\n  b: 2\n' })).toThrow(
    expect.objectContaining({ name: 'Problem', where: expect.stringMatching(/compose\.yaml:\d+:\d+$/) }),
  );
});
