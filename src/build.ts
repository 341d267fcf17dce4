// Builds dist/ from src/: one entry that checks the Node.js version, and a chunk for each thing a command loads on demand.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const { version, dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};

/** Loaded from node_modules: native code, and packages that read files beside themselves. The rest is bundled for a quick start. */
const EXTERNAL = [
  'better-sqlite3',
  '@npmcli/config',
  'npm-registry-fetch',
  'undici',
  'date-holidays',
  'write-file-atomic',
  ...Object.keys(optionalDependencies),
].filter((name) => name in dependencies || name in optionalDependencies);

/** Ink imports React's developer tools only when DEV is set, but a bundler hoists the import; the package is not installed. */
const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }));
  },
};

/**
 * Ink's layout engine comes as WebAssembly in a data: address, and fetches it where it finds a `fetch`. That of Node.js would be loaded
 * for it, at every start of the calendar; without one it decodes the text itself.
 */
const withoutFetch: Plugin = {
  name: 'without-fetch',
  setup(builder) {
    builder.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

/** Changes with everything the program is made of. Answers kept between starts are given by the same build only. */
function sumOfAll(): string {
  const hash = createHash('sha256');
  const files = globSync(['src/**', 'data/**', 'package.json', 'package-lock.json'], { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // Packages that offer ES modules are taken as such: their other form may load parts of itself that a bundler cannot see.
  mainFields: ['module', 'main'],
  target: 'node22.12',
  jsx: 'automatic',
  legalComments: 'none',
  external: EXTERNAL,
  plugins: [withoutDevtools, withoutFetch],
  define: {
    'process.env.DEV': '"false"',
    'process.env.NODE_ENV': '"production"',
    NEAP_VERSION: JSON.stringify(version),
    NEAP_BUILD: JSON.stringify(sumOfAll()),
  },
  banner: {
    // Node 20 is told politely by main.ts what it lacks.
    js: "const require = process.getBuiltinModule?.('node:module').createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
