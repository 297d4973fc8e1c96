/**
 * A test double of the `electron` module: those parts of it that the program uses, so that the whole built main
 * process runs where there is no Electron. Windows are real pages in a real Chromium; tray, menus, notifications and
 * dialogs are recorded and can be used by a test. It refuses what Electron refuses.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, Notification, powerMonitor, session, shell } from './desktop.ts';
export { ipcMain } from './ipc.ts';
export { Menu, nativeImage, Tray } from './menus.ts';
export { protocol } from './protocol.ts';
export { nativeTheme } from './theme.ts';
