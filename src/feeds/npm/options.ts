import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

/** npm's own options, flat: registry, `@scope:registry`, `//host/:_authToken`, proxy, ca, cache … They may hold tokens: never show them. */
export type NpmOptions = Readonly<Record<string, unknown>>;

/**
 * Reads npm's configuration as npm itself would in `folder`: environment, project, user and global .npmrc.
 * @throws whatever npm's reader throws for a file it cannot read; the message may hold parts of the file.
 */
export async function loadNpmOptions(folder: string): Promise<NpmOptions> {
  const [{ default: Config }, { default: tables }] = await Promise.all([
    import('@npmcli/config'),
    import('@npmcli/config/lib/definitions/index.js'),
  ]);
  const npm = findNpm(process.env.PATH ?? '');
  const config = new Config({
    definitions: tables.definitions,
    shorthands: tables.shorthands,
    flatten: tables.flatten,
    nerfDarts: tables.nerfDarts,
    npmPath: npm?.folder ?? dirname(process.execPath),
    // The global npmrc lies beside the node that npm belongs to, which need not be the one neap runs on.
    execPath: npm?.node ?? process.execPath,
    // neap's own arguments are none of npm's, and npm's reader writes into the environment it is given.
    argv: [process.execPath, 'npm'],
    env: { ...process.env },
    cwd: folder,
    warn: false,
  });
  await config.load();
  return config.flat;
}

/** The installed npm: its folder, and where its node is or would be. `null` when there is none on the path. */
function findNpm(path: string): { folder: string; node: string } | null {
  for (const entry of path.split(delimiter)) {
    const command = join(entry, 'npm');
    if (entry === '' || !existsSync(command)) continue;
    const folder = resolve(realpathSync(command), '../..');
    if (!existsSync(join(folder, 'package.json'))) continue;
    // <prefix>/lib/node_modules/npm, on Windows <prefix>/node_modules/npm.
    const node =
      process.platform === 'win32' ? resolve(folder, '../../node.exe') : resolve(folder, '../../../bin/node');
    return { folder, node };
  }
  return null;
}
