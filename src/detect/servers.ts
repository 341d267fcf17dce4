import { Problem } from '../domain/problem.ts';
import type { ProductId } from '../domain/product.ts';

/** What a server that runs says of itself. */
export interface DetectedServer {
  readonly product: ProductId;
  readonly running: string;
  readonly edition: string | null;
  readonly topology: string | null;
  readonly platform: string | null;
  readonly fcv: string | null;
  /** Host and port, without credentials. */
  readonly from: string;
}

/** Milliseconds until a server must have answered. */
const PATIENCE = 5000;

/**
 * Asks a MongoDB server for its version, edition, topology, FCV and operating system: `hello`, `buildInfo`, `getParameter`, `hostInfo`, all
 * of which only read. What the user may not ask is left out. The URI, which may hold a password, is never repeated.
 * @throws Problem when the driver is not installed or the server does not answer.
 */
export async function askMongodb(uri: string): Promise<DetectedServer> {
  const { MongoClient } = await optional(() => import('mongodb'), 'mongodb');
  const options = { serverSelectionTimeoutMS: PATIENCE, connectTimeoutMS: PATIENCE, appName: 'neap' };
  let client: InstanceType<typeof MongoClient>;
  try {
    client = new MongoClient(uri, options);
  } catch {
    throw new Problem('--mongodb-uri is no connection string of MongoDB', {
      hint: 'Write it as mongodb://host:27017.',
    });
  }
  const host = client.options.srvHost ?? client.options.hosts.map(String).join(',');
  try {
    await client.connect();
    const admin = client.db('admin');
    const ask = async (command: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> => {
      try {
        return await admin.command(command);
      } catch (error) {
        // Not allowed, or not known to this server: the rest is worth having.
        if (error instanceof Error && 'codeName' in error) return {};
        throw error;
      }
    };
    const [hello, build] = [await ask({ hello: 1 }), await ask({ buildInfo: 1 })];
    const parameter = await ask({ getParameter: 1, featureCompatibilityVersion: 1 });
    const info = await ask({ hostInfo: 1 });
    const version = build.version;
    if (typeof version !== 'string' || !/^\d+\.\d+/.test(version)) {
      throw new Problem(`${host} did not say which version of MongoDB it runs`);
    }
    const modules = Array.isArray(build.modules) ? build.modules : [];
    const atlas = client.options.srvHost?.endsWith('.mongodb.net') ?? false;
    const fcv = (parameter.featureCompatibilityVersion as { version?: unknown } | undefined)?.version;
    return {
      product: 'mongodb',
      running: version,
      edition: atlas ? 'atlas' : modules.includes('enterprise') ? 'enterprise' : 'community',
      topology: hello.msg === 'isdbgrid' ? 'sharded' : typeof hello.setName === 'string' ? 'replica-set' : 'standalone',
      platform: platformOf((info.os as { name?: unknown } | undefined)?.name),
      fcv: typeof fcv === 'string' && /^\d+\.\d+$/.test(fcv) ? fcv : null,
      from: host,
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`MongoDB at ${host} did not answer: ${reason(error)}`, {
      hint: 'Is it reachable from here, and may this user log in?',
    });
  } finally {
    await client.close().catch(() => undefined);
  }
}

/** Asks a Redis or Valkey server by INFO. @throws Problem when the client is not installed or the server does not answer. */
export async function askRedis(url: string): Promise<DetectedServer> {
  const { createClient } = await optional(() => import('@redis/client'), '@redis/client');
  let host: string;
  try {
    host = new URL(url).host;
  } catch {
    throw new Problem('--redis-url is no URL', { hint: 'Write it as redis://host:6379.' });
  }
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: PATIENCE, reconnectStrategy: false },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const text = await client.sendCommand(['INFO']);
    const info = new Map(
      String(text)
        .split(/\r?\n/)
        .flatMap((line) => {
          const at = line.indexOf(':');
          return at > 0 && !line.startsWith('#') ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
        }),
    );
    const valkey = info.get('valkey_version');
    const version = valkey ?? info.get('redis_version');
    if (version === undefined) throw new Problem(`${host} did not say which version it runs`);
    const replicated = info.get('role') === 'slave' || Number(info.get('connected_slaves') ?? 0) > 0;
    return {
      product: valkey === undefined ? 'redis' : 'valkey',
      running: version,
      edition: null,
      topology: info.get('cluster_enabled') === '1' ? 'cluster' : replicated ? 'replica' : 'standalone',
      platform: null,
      fcv: null,
      from: host,
    };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`Redis at ${host} did not answer: ${reason(error)}`, {
      hint: 'Is it reachable from here, and may this user log in?',
    });
  } finally {
    client.destroy();
  }
}

/** `Ubuntu` `22.04` as hostInfo writes it: `ubuntu-22.04`. `null` for what neap has no table of. */
function platformOf(name: unknown): string | null {
  const found =
    typeof name === 'string'
      ? /(ubuntu|debian|red hat|rhel|rocky|alma|oracle|centos|amazon|sles|suse)[^\d]*(\d+(?:\.\d+)?)/i.exec(name)
      : null;
  const system = SYSTEMS[found?.[1]?.toLowerCase() ?? ''];
  if (system === undefined || found?.[2] === undefined) return null;
  // All but Ubuntu and Amazon Linux name packages by their major alone.
  return `${system}-${system === 'ubuntu' ? found[2] : found[2].split('.')[0]}`;
}

const SYSTEMS: Readonly<Record<string, string>> = {
  ubuntu: 'ubuntu',
  debian: 'debian',
  'red hat': 'rhel',
  rhel: 'rhel',
  rocky: 'rocky',
  alma: 'almalinux',
  oracle: 'oracle',
  centos: 'centos',
  amazon: 'amazon',
  sles: 'sles',
  suse: 'sles',
};

async function optional<T>(load: () => Promise<T>, name: string): Promise<T> {
  try {
    return await load();
  } catch {
    throw new Problem(`the client "${name}" is not installed`, { hint: `Install it beside neap: npm install ${name}` });
  }
}

/** What a client says, without anything that looks like a URL with a password. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\/\/[^@\s/]*@/g, '//').split('\n')[0] ?? '';
}
