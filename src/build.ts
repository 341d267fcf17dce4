// Builds dist/ from src/: one entry that checks the Node.js version, and a chunk for each thing a command loads on demand.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** The folder of the package a file is of: the innermost with a package.json, for some packages carry others inside. `null`: our own file. */
function packageOf(file: string): string | null {
  const folder = PACKAGE.exec(file)?.[0];
  if (folder === undefined) return null;
  return existsSync(join(folder, 'package.json'))
    ? folder
    : packageOf(folder.slice(0, folder.lastIndexOf('node_modules/')));
}

/** What the licences of the bundled packages want said: their names, where their source is, and their texts. */
function thirdParty(inputs: readonly string[]): string {
  const folders = [...new Set(inputs.flatMap((input) => packageOf(input) ?? []))].sort();
  const notices = folders.map((folder) => {
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
    const source = `https://www.npmjs.com/package/${about.name}/v/${about.version}`;
    const text = texts.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
    return `${about.name} ${about.version}\nLicence: ${about.license}\nSource: ${source}\n\n${text}\n`;
  });
  const head =
    'neap contains these packages, bundled into the files beside this one. neap itself is under the MIT licence.\n';
  return [head, ...notices].join(`\n${'-'.repeat(80)}\n\n`);
}

rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
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
  // All of them are in THIRD-PARTY.txt, once.
  legalComments: 'none',
  metafile: true,
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
writeFileSync(join('dist', 'THIRD-PARTY.txt'), thirdParty(Object.keys(metafile.inputs)));
