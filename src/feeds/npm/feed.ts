import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { loadNpmOptions, type NpmOptions } from './options.ts';
import { readPackument } from './payload.ts';
import { fetchPackument } from './registry.ts';

const LIMITS = { bytes: 64 * 1024 * 1024, ms: 120_000 };

/** An npm registry, as the user's own npm is configured. See README.md. */
export const npmFeed: Feed = createNpmFeed(loadNpmOptions);

/**
 * @param options npm's flat options as they hold in a folder.
 * @param limits largest packument in bytes and longest visit in milliseconds.
 */
export function createNpmFeed(options: (folder: string) => Promise<NpmOptions>, limits = LIMITS): Feed {
  return {
    type: 'npm',
    network: true,
    async read({ product, ref, baseDir, today, signal }) {
      const name = ref.package ?? product.npm;
      if (name === null) {
        throw new Problem(`an npm feed of ${product.id} has no \`package\``, {
          hint: 'Write {type: npm, package: NAME}.',
        });
      }
      const { json, registry } = await fetchPackument(name, await load(options, baseDir), limits, signal);
      return readPackument(json, { name, product, registry, today });
    },
  };
}

async function load(options: (folder: string) => Promise<NpmOptions>, baseDir: string): Promise<NpmOptions> {
  try {
    return await options(baseDir);
  } catch (error) {
    // npm quotes the line it stumbles over, and that line may hold a token: only the code is passed on.
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Problem(`npm's configuration cannot be read${code}`, {
      hint: '`npm config list` shows what is wrong with it.',
    });
  }
}
