import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { aFolder, neap, OWN_TEAM as TEAM } from '../support/cli.ts';

/** SEQUENCE by UID. */
function sequences(text: string): Readonly<Record<string, number>> {
  const events = text.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1);
  return Object.fromEntries(
    events.map((event) => [/^UID:(.*)\r$/m.exec(event)?.[1] ?? '', Number(/^SEQUENCE:(\d+)\r$/m.exec(event)?.[1])]),
  );
}

describe('neap export', () => {
  it('counts SEQUENCE on from the file that is there: only of the window that was moved', async () => {
    // Without the upgrade, which would make way.
    const cwd = aFolder({ 'neap.yaml': TEAM.split('upgrades:')[0] ?? '' });
    const write = () => neap(['export', '--output', 'plan.ics'], { cwd });
    const file = () => readFileSync(join(cwd, 'plan.ics'), 'utf8');
    expect((await neap(['accept', 'rename'], { cwd })).code).toBe(0);
    expect((await write()).code).toBe(0);
    const first = file();
    expect((await write()).err).toContain(`wrote ${join(cwd, 'plan.ics')}`);
    expect(file()).toBe(first);
    const { windows } = JSON.parse((await neap(['export', '--format', 'json'], { cwd })).out);
    const { from } = windows.find(({ id }: { id: string }) => id === 'rename');
    const next = new Date(Date.parse(from) + 14 * 86_400_000).toISOString().slice(0, 10);
    expect((await neap(['move', 'rename', '--to', next], { cwd })).code).toBe(0);
    expect((await write()).code).toBe(0);
    expect(sequences(file())).toEqual({ ...sequences(first), 'window%2Frename@Own.neap': 1 });
  });

  it('gives JSON of its schema, for a team and for the example', async () => {
    const read = (name: string) => JSON.parse(readFileSync(`data/schemas/${name}.schema.json`, 'utf8'));
    const ajv = new Ajv2020({ strictRequired: false, allowUnionTypes: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
    ajv.addSchema(read('plan'), 'https://neap.invalid/schemas/plan.schema.json');
    const check = ajv.compile(read('export'));
    for (const cwd of [aFolder({ 'neap.yaml': TEAM }), aFolder()]) {
      const { out } = await neap(['export', '--format', 'json'], { cwd });
      expect(check(JSON.parse(out)), ajv.errorsText(check.errors)).toBe(true);
      expect(check({ ...JSON.parse(out), more: 1 })).toBe(false);
    }
  });

  it('leaves a calendar of somebody else alone', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const theirs = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//else//EN\r\nEND:VCALENDAR\r\n';
    writeFileSync(join(cwd, 'own.ics'), theirs);
    const ran = await neap(['export', '--output', 'own.ics'], { cwd });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('is not a calendar that neap exported');
    expect(readFileSync(join(cwd, 'own.ics'), 'utf8')).toBe(theirs);
  });

  it('writes the same plan as a table and as data, whole or of one store', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const csv = (await neap(['export', '--format', 'csv'], { cwd })).out;
    const data = JSON.parse((await neap(['export', '--json', '--store', 'mongodb'], { cwd })).out);
    const ids = csv.split('\r\n').filter((line) => line.startsWith('window,'));
    expect(ids.map((line) => line.split(',')[1])).toEqual(data.windows.map(({ id }: { id: string }) => id));
    expect(data).toMatchObject({ schemaVersion: 1, team: 'Own', asOf: '2026-11-23' });
    expect(data.events.length).toBeGreaterThan(data.windows.length);
  });

  it('says what it does not know', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const format = await neap(['export', '--format', 'pdf'], { cwd });
    expect(format).toMatchObject({ code: 2 });
    expect(format.err).toContain('Take one of ics, csv, json.');
    const store = await neap(['export', '--store', 'mongo'], { cwd });
    expect(store).toMatchObject({ code: 2 });
    expect(store.err).toContain('Stores: mongodb');
  });
});
