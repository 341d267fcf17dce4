import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editValue } from '../../src/config/edit-value.ts';
import { aFolder } from '../support/cli.ts';

const TEAM = `policy:
  tolerance: 0.2   # we are careful
freezes:
  - {name: Year end, from: 2026-12-18, until: "2027-01-04", blocks: all}
  - {name: Fridays, every: {weekday: fri}, blocks: all}
modelChanges:
  - {id: alpha, store: mongodb, deadline: 2026-12-31}
upgrades:
  - {store: mongodb, to: "8.0", by: 2027-04-30}
`;

function edited(key: string, value: string | number) {
  const path = join(aFolder(), 'neap.yaml');
  writeFileSync(path, TEAM);
  return editValue(path, key, value);
}

describe('one value of neap.yaml', () => {
  it.each([
    ['policy.tolerance', 0.26, '  tolerance: 0.26   # we are careful'],
    [
      'freezes[Year end].until',
      '2027-01-02',
      '  - {name: Year end, from: 2026-12-18, until: "2027-01-02", blocks: all}',
    ],
    ['modelChanges[alpha].deadline', '2027-01-05', '  - {id: alpha, store: mongodb, deadline: 2027-01-05}'],
    ['upgrades[mongodb-8.0].by', '2027-05-31', '  - {store: mongodb, to: "8.0", by: 2027-05-31}'],
  ])('%s becomes %s in its place, everything else stays', (key, value, line) => {
    const { before, after, diff } = edited(key, value);
    expect(diff).toEqual([expect.stringMatching(/^- /), `+ ${line}`]);
    expect(after.split('\n').length).toBe(before.split('\n').length);
  });

  it('is added where the default held', () => {
    expect(edited('policy.separation', 7).after).toContain('  separation: 7\n');
  });

  it.each(['freezes[Fridays].until', 'freezes[None].from', 'exceptions', 'modelChanges[alpha]', 'a b'])(
    '%s is refused',
    (key) => {
      const wanted = key === 'exceptions' ? 'exceptions[alpha].rule' : key;
      expect(() => edited(wanted, 'x')).toThrow('is not one value of this file');
    },
  );
});
