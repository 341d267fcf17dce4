import { expect, it } from 'vitest';
import { itemOfWindow, storeOfUpgrade, upgradeId, windowId } from '../../src/domain/work-id.ts';

it('names upgrades by store and line, and windows by item and step; both can be read back', () => {
  const item = upgradeId({ store: 'orders-db', to: '8.0' });
  expect([item, storeOfUpgrade(item), storeOfUpgrade('plain')]).toEqual(['orders-db-8.0', 'orders-db', '']);
  expect([windowId({ item, step: 'binaries' }), windowId({ item: 'change', step: null })]).toEqual([
    'orders-db-8.0/binaries',
    'change',
  ]);
  expect([itemOfWindow('orders-db-8.0/binaries'), itemOfWindow('change')]).toEqual(['orders-db-8.0', 'change']);
});
