import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const PROPERTIES = 'test/properties/**/*.test.ts';
/** Random teams that each property is tried on; not said: a few. See test/properties/cases.ts. */
const CASES = Number(process.env.NEAP_CASES ?? 0);

export default defineConfig({
  test: {
    // Vitest leaves one processor idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [PROPERTIES],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        // Two seconds a team are many times what one takes.
        test: { name: 'properties', include: [PROPERTIES], testTimeout: Math.max(60_000, CASES * 2000) },
      },
    ],
  },
});
