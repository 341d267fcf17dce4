import { expect, it } from 'vitest';
import { comingText, firstComing } from '../../src/domain/coming-text.ts';
import { day } from '../../src/domain/day.ts';

const mongoose = { name: 'mongoose 8.25', day: day('2026-12-20'), overdue: null };
const redis = { name: 'Redis 8.12', day: day('2026-11-10'), overdue: 0.604 };

it('names what comes next with its day, or with the chance that it is out unseen', () => {
  expect(comingText(mongoose)).toBe('mongoose 8.25, 50 % by 2026-12-20');
  expect(comingText(redis)).toBe('Redis 8.12, may be out already (60 % by today)');
  expect(comingText({ ...redis, overdue: 0.9996 })).toBe('Redis 8.12, may be out already (>99 % by today)');
});

it('takes the earliest median, one that has passed included', () => {
  expect(firstComing([mongoose, redis])).toBe(redis);
  expect(firstComing([])).toBeNull();
});
