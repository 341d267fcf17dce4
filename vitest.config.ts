import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    // Vitest leaves one processor idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
  },
});
