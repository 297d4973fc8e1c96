import { defineConfig } from 'vitest/config';

/** When a project runs, and how many of its files at once. */
interface Turn {
  readonly maxWorkers?: number;
  readonly sequence?: { readonly groupOrder: number };
}

/** One project per folder of test/, so that `npm test` and `npm run test:cluster` can choose. */
const project = (name: string, testTimeout: number, turn: Turn = {}) => ({
  test: {
    ...turn,
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
      // Two files at once keep two processors busy. What takes times has the machine to itself, afterwards.
      project('browser', 120_000, { maxWorkers: 2, sequence: { groupOrder: 1 } }),
      project('desktop', 120_000, { maxWorkers: 1, sequence: { groupOrder: 2 } }),
    ],
  },
});
