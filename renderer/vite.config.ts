import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';

/**
 * Has Chromium compile a script while it arrives, and not function by function while a person waits for the first
 * rows: explicit compile hints of V8, which have to be a file's first line. With 5,000 networks it took 640 ms to a table
 * that answers, and 745 without it.
 */
const compileWhole: Plugin = {
  name: 'compile-whole',
  generateBundle: {
    order: 'post',
    handler: (_options, bundle) => {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk') file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
    },
  },
};

/**
 * Builds the window. Paths are relative, so that it runs from any address, and scripts and styles are files of their
 * own, so that the strictest content security policy holds.
 */
export default defineConfig(({ command }) => {
  // Vite takes it from whoever starts the build; a test runner's would give React for development, twice as slow.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: import.meta.dirname,
    base: './',
    plugins: [react(), compileWhole],
    build: {
      outDir: '../dist/renderer',
      emptyOutDir: true,
      // What Electron brings; light-dark() and container queries are taken as they are.
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // `npm run bench:window` weighs the first view, compressed; here it would only puzzle who starts the demo.
      chunkSizeWarningLimit: 1_000,
    },
  };
});
