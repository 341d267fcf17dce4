#!/usr/bin/env node
// The only reader of argv, environment, clock and terminal. It imports nothing before it knows that this Node.js can run the rest:
// better-sqlite3 13 crashes without a word on Node 20.
const NEEDED = [22, 12] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `neap needs Node.js ${NEEDED.join('.')} or later, this is ${process.versions.node}. From the repository use: npm start\n`,
  );
  process.exitCode = 2;
} else if (process.argv.length === 3 && /^(--version|-V)$/.test(process.argv[2] ?? '')) {
  const { version } = await import('./cli/version.ts');
  process.stdout.write(`${version()}\n`);
} else {
  const { main } = await import('./cli/main.ts');
  await main();
}

export {};
