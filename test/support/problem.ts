import { expect } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';

/** The Problem that some work is refused with; nothing of it may hold the secret. */
export async function refusal(work: Promise<unknown>, secret: string): Promise<Problem> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  expect(JSON.stringify([error.message, error.hint, error.where, error.stack, error.cause])).not.toContain(secret);
  return error;
}
