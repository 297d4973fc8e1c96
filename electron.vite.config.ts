import { defineConfig } from 'electron-vite';

/**
 * Builds what runs in Electron but for the window, which is the same everywhere (renderer/vite.config.ts). All that
 * the main process needs is bundled, so that no node_modules ship. The preload script is CommonJS in one file, as a
 * sandbox takes no other.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'dist/desktop/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { app: 'main/desktop/app.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        // As in vite.config.ts: most of it are API models that we never touch.
        treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/@kubernetes/client-node') },
      },
    },
  },
  preload: {
    build: {
      outDir: 'dist/desktop/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'main/desktop/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
