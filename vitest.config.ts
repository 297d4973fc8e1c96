import { defineConfig } from 'vitest/config';

/** One project per folder of test/, so that `npm test` and `npm run test:cluster` can choose. */
const project = (name: string, testTimeout: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: 60_000,
    // A busy machine takes longer to show what will be shown.
    expect: { poll: { timeout: 10_000 } },
  },
});

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      project('unit', 30_000),
      project('faults', 120_000),
      project('cluster', 120_000),
      project('browser', 120_000),
      project('desktop', 120_000),
    ],
  },
});
