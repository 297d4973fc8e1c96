import { defineConfig } from 'vitest/config';

/** Apart from the others: it needs Electron's own program and a display. */
export default defineConfig({
  test: {
    name: 'electron',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
