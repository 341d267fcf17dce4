import { describe, expect, it } from 'vitest';
import type { StackItem } from '../../../src/domain/config.ts';
import { day } from '../../../src/domain/day.ts';
import { urgentPieces } from '../../../src/schedule/work/urgent-patches.ts';
import { type AdvisoryRow, TABLES } from '../../../src/upgrade/tables.ts';
import { bundledProduct } from '../../support/bundled.ts';
import { aHistory } from '../../support/mongodb.ts';

const asOf = day('2026-11-22');

const advisory = (id: string, changes: Partial<AdvisoryRow> = {}): AdvisoryRow => ({
  id,
  aliases: [],
  product: 'mongodb',
  kind: 'security',
  title: id,
  severity: 'high',
  exploited: false,
  published: '2026-10-01',
  affected: [{ from: '7.0.0', below: '7.0.40' }],
  workaround: null,
  note: null,
  verified: true,
  source: 'a test',
  ...changes,
});

function urgent(
  item: Pick<StackItem, 'product' | 'running'> & Partial<StackItem>,
  advisories: readonly AdvisoryRow[],
  releases: readonly (readonly [string, string])[] = [
    ['7.0.31', '2026-03-17'],
    ['7.0.40', '2026-10-20'],
  ],
) {
  const product = bundledProduct(item.product);
  const whole: StackItem = {
    id: item.product,
    range: null,
    store: null,
    edition: 'community',
    topology: null,
    platform: null,
    fcv: null,
    ...item,
  };
  return urgentPieces([{ item: whole, product, history: aHistory(product, releases) }], asOf, {
    ...TABLES,
    advisories,
  });
}

describe('a patch that mends grave defects', () => {
  const running = { product: 'mongodb', running: '7.0.31' };

  it('says which, whether one is exploited, and what it brings', () => {
    const [piece] = urgent(running, [advisory('CVE-1', { severity: 'critical' }), advisory('CVE-2')]);
    expect(piece).toMatchObject({
      id: 'mongodb-patch',
      kind: 'engine',
      urgent: true,
      patch: true,
      grave: { exploited: false, advisories: ['CVE-1', 'CVE-2'], version: '7.0.40' },
      sets: [{ id: 'mongodb', key: 'running', value: '7.0.40' }],
    });
    const [exploited] = urgent(running, [
      advisory('CVE-1'),
      advisory('CVE-3', { severity: 'low', exploited: true }),
      advisory('CVE-4', { severity: 'low' }),
    ]);
    expect(exploited?.grave).toEqual({ exploited: true, advisories: ['CVE-1', 'CVE-3'], version: '7.0.40' });
  });

  it('takes the days of new binaries through the topology', () => {
    const days = (more: Partial<StackItem>) => urgent({ ...running, ...more }, [advisory('CVE-1')])[0]?.days;
    expect([
      days({ topology: 'standalone' }),
      days({ topology: 'replica-set' }),
      days({ topology: 'sharded' }),
      days({ topology: 'sharded', edition: 'atlas' }),
    ]).toEqual([1, 2, 3, 1]);
  });

  it('of a package is no patch of an engine, and takes a day', () => {
    const odm = { product: 'mongoose', running: '8.19.0', store: 'mongodb' };
    const [piece] = urgent(
      odm,
      [advisory('CVE-5', { product: 'mongoose', affected: [{ from: '8.0.0', below: '8.19.2' }] })],
      [
        ['8.19.0', '2025-10-02'],
        ['8.19.2', '2026-10-20'],
      ],
    );
    expect(piece).toMatchObject({ kind: 'package', days: 1, grave: { advisories: ['CVE-5'], version: '8.19.2' } });
    expect(piece).not.toHaveProperty('patch');
  });

  it('is none where the newest has the defect still', () => {
    expect(urgent(running, [advisory('CVE-1', { affected: [{ from: '7.0.0', below: null }] })])).toEqual([]);
  });
});
