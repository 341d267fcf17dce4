import type { Source } from '../../src/domain/claim.ts';
import { type Day, day } from '../../src/domain/day.ts';
import type { ReadClaim, Reading, ReadRelease } from '../../src/domain/reading.ts';
import type { SaveReading } from '../../src/store/store.ts';

export const NOTES: Source = { id: 'notes', name: 'Release notes', origin: null, licence: null };

/** A claim as a feed would read it; a dated one of a version's notes unless said otherwise. */
export function claim(subject: string, on: string | null, more: Partial<ReadClaim> = {}): ReadClaim {
  const date = on === null ? null : day(on);
  const state = date === null ? 'unknown' : 'dated';
  return { subject, of: 'notes', state, day: date, precision: 'day', suspect: null, knownFrom: null, ...more };
}

export function release(version: string, on: string | null, more: Partial<ReadRelease> = {}): ReadRelease {
  return { version, prerelease: false, urgency: null, claims: [claim(version, on)], ...more };
}

export function reading(releases: readonly ReadRelease[], more: Partial<Reading> = {}): Reading {
  return { source: NOTES, accepted: releases, rejected: [], lineClaims: [], complete: true, ...more };
}

export function saving(readOn: string, read: Reading, more: Partial<SaveReading> = {}): SaveReading {
  return { product: 'mongodb', feed: 'notes', via: 'sync', readOn: day(readOn) satisfies Day, reading: read, ...more };
}
