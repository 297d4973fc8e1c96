import { chmodSync } from 'node:fs';
import { defineConfig } from 'vite';

const OUT = 'dist/cli';

/**
 * Bundles the command line with all it needs: unbundled, the Kubernetes client alone takes three times as long
 * to load. npm sets the bins' mode when it installs them; a clone runs them as they are.
 */
export default defineConfig({
  build: {
    ssr: 'main/cli/netkeeper.ts',
    outDir: OUT,
    target: 'node22',
    minify: false,
    rollupOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: { groups: [{ name: 'vendor', test: /node_modules/ }] },
      },
      // It does not say that its modules have no side effects; most of it are API models that we never touch.
      treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/@kubernetes/client-node') },
    },
  },
  ssr: { noExternal: true, target: 'node' },
  plugins: [{ name: 'executable', closeBundle: () => chmodSync(`${OUT}/netkeeper.js`, 0o755) }],
});
