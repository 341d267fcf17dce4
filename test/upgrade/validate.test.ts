import { describe, expect, it } from 'vitest';
import { TABLES, type Tables } from '../../src/upgrade/tables.ts';
import { contradictions } from '../../src/upgrade/validate.ts';
import { schemeOf } from '../../src/versioning/schemes.ts';

describe('the tables that ship', () => {
  it('contradict nothing and dangle nowhere', () => {
    expect(contradictions(TABLES)).toEqual([]);
  });

  it('agree with the versioning scheme on what teams can run themselves', () => {
    for (const { product, line, selfManaged } of TABLES.lines.filter((row) => row.product === 'mongodb')) {
      expect(schemeOf('mongodb').parse(`${line}.0`)?.selfManaged, `${product} ${line}`).toBe(selfManaged);
    }
  });
});

describe('a wrong row is caught, whatever it is', () => {
  const [hop] = TABLES.hops;
  const [down] = TABLES.downgrades;
  const [driver] = TABLES.compat;
  const [platforms] = TABLES.platforms;
  const [command] = TABLES.commands;
  const [procedure] = TABLES.procedures;
  const [advisory] = TABLES.advisories;
  if (!hop || !down || !driver || !platforms || !command || !procedure || !advisory) throw new Error('empty tables');
  const wrong: readonly (readonly [what: string, tables: Tables, said: RegExp])[] = [
    ['a hop to a line nobody knows', { ...TABLES, hops: [...TABLES.hops, { ...hop, to: '4.9' }] }, /no line 4\.9/],
    ['a hop downwards', { ...TABLES, hops: [...TABLES.hops, { ...hop, from: '9.0', to: '8.0' }] }, /not lead upwards/],
    [
      'a major twice',
      { ...TABLES, majors: [...TABLES.majors, ...TABLES.majors.slice(0, 1)] },
      /major \S+ \S+ stands twice/,
    ],
    ['a hop twice', { ...TABLES, hops: [...TABLES.hops, hop] }, /stands twice/],
    [
      'a rapid line for everybody',
      { ...TABLES, hops: [...TABLES.hops, { ...hop, from: '7.0', to: '7.1' }] },
      /Atlas only/,
    ],
    [
      'a downgrade without a hop',
      { ...TABLES, downgrades: [...TABLES.downgrades, { ...down, from: '9.0', to: '4.0' }] },
      /no hop that leads up/,
    ],
    ['a word nobody knows', { ...TABLES, downgrades: [{ ...down, community: 'perhaps' }] }, /"perhaps"/],
    [
      'community above enterprise',
      { ...TABLES, downgrades: [{ ...down, community: 'yes', enterprise: 'no' }] },
      /what enterprise may not/,
    ],
    [
      'an empty server range',
      { ...TABLES, compat: [{ ...driver, rows: driver.rows.map((row) => ({ ...row, server: ['9.0', '4.0'] })) }] },
      /is empty/,
    ],
    [
      'a Node.js range nobody reads',
      { ...TABLES, compat: [{ ...driver, rows: driver.rows.map((row) => ({ ...row, node: 'new' })) }] },
      /Node\.js range "new"/,
    ],
    ['rows out of order', { ...TABLES, compat: [{ ...driver, rows: driver.rows.toReversed() }] }, /stands after/],
    [
      'a package of an engine nobody knows',
      { ...TABLES, compat: [{ ...driver, engine: 'oracle' }] },
      /no engine oracle/,
    ],
    [
      'an ODM beyond its driver',
      {
        ...TABLES,
        compat: TABLES.compat.map((one) =>
          one.product === 'mongoose'
            ? { ...one, rows: one.rows.map((row) => (row.from === '8.19' ? { ...row, server: ['4.2', '9.0'] } : row)) }
            : one,
        ),
      },
      /mongoose 8\.19: 4\.2 to 9\.0, but driver 6\.20 admits 4\.2 to 8\.2/,
    ],
    [
      'a platform that is and is not',
      {
        ...TABLES,
        platforms: [
          {
            ...platforms,
            rows: [
              ...platforms.rows,
              ...platforms.rows.slice(0, 1).map((row) => ({ ...row, supported: !row.supported })),
            ],
          },
        ],
      },
      /both supported and not/,
    ],
    [
      'a command for nobody',
      { ...TABLES, commands: [...TABLES.commands, { ...command, family: 'pacman' }] },
      /no family pacman/,
    ],
    [
      'a place nobody fills in',
      { ...TABLES, commands: [...TABLES.commands, { ...command, run: ['rm {everything}'] }] },
      /\{everything\}/,
    ],
    [
      'a task without a command',
      { ...TABLES, procedures: [...TABLES.procedures, { ...procedure, task: 'pray' }] },
      /no command "pray"/,
    ],
    [
      'an empty advisory',
      { ...TABLES, advisories: [{ ...advisory, affected: [{ from: '9.0.4', below: '9.0.1' }] }] },
      /is empty/,
    ],
    ['no source', { ...TABLES, hops: [{ ...hop, source: ' ' }] }, /has no source/],
  ];
  it.each(wrong)('%s', (_, tables, said) => {
    expect(contradictions(tables).join('\n')).toMatch(said);
  });
});
