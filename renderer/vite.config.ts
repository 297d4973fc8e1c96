import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
    plugins: [react()],
    build: {
      outDir: '../dist/renderer',
      emptyOutDir: true,
      // What Electron brings; light-dark() and container queries are taken as they are.
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
});
