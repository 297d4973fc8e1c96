/** Given to Node by --import: whoever imports `electron` in this process gets the double. */
import { registerHooks } from 'node:module';

const DOUBLE = new URL('./electron.ts', import.meta.url).href;
const MODULE = 'electron-double:electron';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: MODULE, shortCircuit: true };
    return next(specifier, context);
  },
  load(url, context, next) {
    if (url !== MODULE) return next(url, context);
    // Electron's module can be imported by names and as a whole.
    const source = `export * from '${DOUBLE}'; import * as all from '${DOUBLE}'; export default all;`;
    return { format: 'module', source, shortCircuit: true };
  },
});
