/**
 * The store classes of both hosts. electron-store imports `electron`, whose package wants to download its binary;
 * here it gets one without an app, which electron-store takes for a program that names its folder itself.
 *
 *     describe.each(STORE_CLASSES)('in %s', (_, StoreClass) => ...)
 */
import { registerHooks } from 'node:module';
import Conf from 'conf';
import type { StoreClass } from '../../main/store/document.ts';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: 'data:text/javascript,export default {}', shortCircuit: true }
      : next(specifier, context),
});
const { default: ElectronStore } = await import('electron-store');

export const STORE_CLASSES: readonly (readonly [string, StoreClass])[] = [
  ['conf', Conf],
  ['electron-store', ElectronStore],
];
