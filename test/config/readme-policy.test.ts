import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';

const rows = readFileSync('README.md', 'utf8').split('\n');

/** As neap.yaml has it on one line. */
const written = (value: unknown) =>
  stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim();

it.each(Object.entries(DEFAULT_POLICY))('README.md gives the default of %s', (key, value) => {
  const at = rows.findIndex((row) => row.startsWith(`| \`${key}\` |`));
  expect(at).toBeGreaterThan(0);
  const more = rows.slice(at + 1).findIndex((row) => !row.startsWith('| |'));
  const cells = rows.slice(at, at + 1 + more).map((row) => row.split(' | ')[1] ?? '');
  const whole = cells[0]?.replaceAll('`', '') === written(value);
  const parts = typeof value === 'object' ? Object.entries(value).map(([name, one]) => `\`${name}: ${one}\``) : [];
  const named = cells.flatMap((cell) => cell.split(', '));
  expect(whole || (parts.length > 0 && parts.every((part) => named.includes(part))), cells.join(' / ')).toBe(true);
});
