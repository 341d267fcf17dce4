import { parseDocument } from 'yaml';
import images from '../../data/platforms/images.json' with { type: 'json' };
import { Problem } from '../domain/problem.ts';
import type { ProductId } from '../domain/product.ts';
import { field, fields, readText } from './files.ts';

/** An engine or runtime that a container file names. */
export interface DetectedImage {
  readonly product: ProductId;
  /** Full version of the tag; `null` where it names none (`redis:7`, `mongo:latest`). */
  readonly running: string | null;
  /** The tag, where it may move by itself: `7-alpine`. */
  readonly range: string | null;
  readonly edition: string | null;
  readonly topology: string | null;
  /** As the file writes it, defaults filled in: `mongo:7.0.31`. */
  readonly image: string;
  /** File it was found in. */
  readonly from: string;
}

const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const DOCKERFILES = ['Dockerfile', 'Containerfile'];

/** What the folder's compose file and Dockerfile run. @throws Problem with its place when the compose file is malformed. */
export function detectImages(dir: string): readonly DetectedImage[] {
  return [...fromCompose(dir), ...fromDockerfile(dir)];
}

function fromCompose(dir: string): readonly DetectedImage[] {
  const found = COMPOSE.map((name) => readText(dir, name)).find((file) => file !== null);
  return found == null ? [] : composeImages(found.text, found.path);
}

/** What the services of a compose file run. @throws Problem with its place when it is malformed. */
export function composeImages(text: string, path: string): readonly DetectedImage[] {
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0];
    const where = `${path}:${at?.line ?? 1}:${at?.col ?? 1}`;
    throw new Problem(`malformed YAML: ${error.message.split('\n')[0]}`, { where });
  }
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return fields(field(document.toJS(), 'services')).flatMap(([, service]) => {
    const image = field(service, 'image');
    if (typeof image !== 'string') return [];
    const command = [field(service, 'command')].flat().map(String).join(' ');
    return imageOf(withDefaults(image), file, command) ?? [];
  });
}

function fromDockerfile(dir: string): readonly DetectedImage[] {
  return DOCKERFILES.flatMap((name) => dockerfileImages(readText(dir, name)?.text ?? '', name));
}

/** What the stages of a Dockerfile start from. */
export function dockerfileImages(text: string, name: string): readonly DetectedImage[] {
  const args = new Map([...text.matchAll(/^\s*ARG\s+(\w+)=["']?([^\s"']+)/gim)].map((match) => [match[1], match[2]]));
  return [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].flatMap((match) => {
    const image = (match[1] ?? '').replace(/\$\{?(\w+)\}?/g, (whole, arg: string) => args.get(arg) ?? whole);
    return imageOf(image, name, '') ?? [];
  });
}

/** `${MONGO_VERSION:-7.0.31}` stands for its default; without one nobody can know. */
function withDefaults(image: string): string {
  return image.replace(/\$\{\w+:?-([^}]*)\}/g, '$1');
}

/** `null` for an image neap does not know, and for one whose name is not written out. */
function imageOf(image: string, from: string, command: string): DetectedImage | null {
  const [path = '', tag = ''] = image.split('@')[0]?.split(/:(?!.*\/)/) ?? [];
  const name = path.replace(/^(?:[\w.-]+\.[\w.-]+(?::\d+)?|localhost(?::\d+)?)\//, '').replace(/^library\//, '');
  const row = images.rows.find((one) => one.image === name);
  if (row === undefined || tag.includes('$')) return null;
  const full = row.parts === 2 ? /^v?(\d+\.\d+)(?:$|[-_])/ : /^v?(\d+\.\d+\.\d+)(?:$|[-_])/;
  const version = full.exec(tag)?.[1] ?? null;
  return {
    product: row.product,
    running: version,
    range: version === null && /^v?\d/.test(tag) ? tag : null,
    edition: row.edition,
    topology: topologyOf(row.topologies, command),
    image,
    from,
  };
}

/** By the first word of the command line that says one. */
function topologyOf(topologies: Readonly<Record<string, string>> = {}, command: string): string | null {
  const words = new Set(command.split(/[\s="',[\]]+/));
  return Object.entries(topologies).find(([word]) => words.has(word))?.[1] ?? null;
}
