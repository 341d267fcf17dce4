import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { Problem } from '../domain/problem.ts';
import type { TouchedFile } from './touched.ts';

/** A place in a repository's history to be compared with what it is based on. */
export interface Comparison {
  /** Any folder of the working tree. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was there before: a branch, tag or commit. */
  readonly base: string;
  /** What is to ship. */
  readonly tip: string;
}

/**
 * The files that changed since `tip` left `base`, as `git diff BASE...TIP` has them. Only of those that `wanted` names the text is read,
 * the others have none on either side. Nothing is fetched.
 * @throws Problem when there is no git, no repository, no such revision, or too little history to compare.
 */
export async function touchedFiles(
  { cwd, env, base, tip }: Comparison,
  wanted: (path: string) => boolean,
): Promise<readonly TouchedFile[]> {
  const quiet = { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const git = (args: readonly string[], input = '') => run(args, input, { cwd, env: quiet });
  const inside = await git(['rev-parse', '--is-shallow-repository']);
  if (inside.code !== 0) {
    throw new Problem('this is no git repository', {
      hint: 'Run it inside the repository whose change is judged.',
      where: cwd,
    });
  }
  const shallow = inside.out.toString().trim() === 'true';
  const commit = async (name: string) => {
    const found = name.startsWith('-') ? null : await git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    if (found !== null && found.code === 0) return found.out.toString().trim();
    throw new Problem(`git knows no commit "${name}"`, {
      hint: shallow ? FETCH_ALL : 'Name a branch, tag or commit; git fetch may be needed.',
    });
  };
  const [from, to] = [await commit(base), await commit(tip)];
  const fork = await git(['merge-base', from, to]);
  if (fork.code !== 0) {
    throw new Problem(`${base} and ${tip} have no common history${shallow ? ' in this shallow clone' : ''}`, {
      hint: shallow ? FETCH_ALL : 'Name a base that the change comes from.',
    });
  }
  const raw = await git([
    'diff',
    '--raw',
    '-z',
    '--no-abbrev',
    '-M',
    '--no-relative',
    '--no-ext-diff',
    '--ignore-submodules=none',
    fork.out.toString().trim(),
    to,
  ]);
  if (raw.code !== 0) throw broken('diff', raw);
  const entries = entriesOf(raw.out.toString());
  const needed = entries.filter(({ path, from: old }) => wanted(path) || wanted(old));
  const texts = await textsOf(
    [...new Set(needed.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()))],
    git,
  );
  return entries.map((entry) => {
    const text = (id: string | null) => (id === null ? null : (texts.get(id) ?? null));
    return { path: entry.path, from: entry.from, before: text(entry.before), after: text(entry.after) };
  });
}

const FETCH_ALL =
  'This clone is shallow: git fetch --unshallow, or in CI a checkout of the whole history (fetch-depth: 0, GIT_DEPTH: 0).';

interface Entry {
  readonly path: string;
  readonly from: string;
  /** Names of the contents on either side; `null` where there is none, or none that is text: links, submodules. */
  readonly before: string | null;
  readonly after: string | null;
}

/** `:100644 100644 <id> <id> M NUL path NUL`; two paths where the file was moved or copied. */
function entriesOf(raw: string): readonly Entry[] {
  const fields = raw.split('\0');
  const entries: Entry[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [oldMode = '', mode = '', before = '', after = '', status = ''] = (fields[at] ?? '').slice(1).split(' ');
    const moved = /^[RC]/.test(status);
    const from = fields[at + 1] ?? '';
    const path = moved ? (fields[at + 2] ?? '') : from;
    const id = (name: string, of: string) => (/^100/.test(of) && !/^0+$/.test(name) ? name : null);
    entries.push({ path, from, before: id(before, oldMode), after: id(after, mode) });
    at += moved ? 3 : 2;
  }
  return entries;
}

type Git = (args: readonly string[], input?: string) => Promise<Ran>;

/** Contents by name, read in one go: `<id> blob <size> LF <content> LF`. @throws Problem when one is not there, as in a partial clone. */
async function textsOf(ids: readonly string[], git: Git): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const batch = await git(['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
  if (batch.code !== 0) throw broken('cat-file', batch);
  let at = 0;
  for (const id of ids) {
    const end = batch.out.indexOf(0x0a, at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(batch.out.toString('utf8', at, end))?.[1];
    if (size === undefined) {
      throw new Problem(`git lacks a content of this change (${id})`, {
        hint: 'This clone is partial: run git fetch --refetch --no-filter.',
      });
    }
    texts.set(id, batch.out.toString('utf8', end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  return texts;
}

interface Ran {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

function broken(verb: string, { code, err }: Ran): Problem {
  return new Problem(`git ${verb} failed with ${code}: ${err.split('\n')[0]}`);
}

/** Runs git itself, no shell in between. */
function run(args: readonly string[], input: string, options: SpawnOptionsWithoutStdio): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, options);
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', ({ message }) =>
      reject(new Problem(`cannot run git: ${message}`, { hint: 'Install git, or leave out --diff and say --change.' })),
    );
    child.on('close', (code) =>
      resolve({ code: code ?? 1, out: Buffer.concat(out), err: Buffer.concat(err).toString() }),
    );
    // git that ends early is told by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
