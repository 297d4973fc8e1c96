/** The double is worth what it refuses: each of these would go wrong in Electron. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Desktop, describeDesktop, startDesktop } from '../support/electron-double/desktop-process.ts';
import { useDesktopStage } from '../support/electron-double/stage.ts';

const PRIVILEGED = `protocol.registerSchemesAsPrivileged([
  { scheme: 'probe', privileges: { standard: true, secure: true } },
]);`;
const OPEN = `app.enableSandbox(); await app.whenReady();`;

describeDesktop('the double of Electron', () => {
  const stage = useDesktopStage();

  async function run(code: string): Promise<Desktop> {
    mkdirSync(stage.home, { recursive: true });
    const program = join(stage.home, 'probe.mjs');
    const names = 'app, BrowserWindow, ipcMain, Menu, nativeImage, Notification, protocol, session, Tray';
    // Not awaited at the top: Electron is ready only after the program has run to its end.
    const main = `import { ${names} } from 'electron';\n(async () => {\n${code}\n})().catch(() => {});\n`;
    writeFileSync(program, main);
    const { chromium, home, kubeconfig } = stage;
    const desktop = await startDesktop({ chromium, home, kubeconfig, program });
    stage.addProbe(desktop);
    return desktop;
  }

  test.each([
    [
      'a tray before the app is ready',
      'new Tray(nativeImage.createFromPath("x.png"));',
      'Tray cannot be used',
    ],
    ['a window before the app is ready', 'new BrowserWindow();', 'BrowserWindow cannot be used'],
    ['a notification before the app is ready', 'new Notification({});', 'Notification cannot be used'],
    ['the session before the app is ready', 'session.defaultSession;', 'when app is ready'],
    ['a scheme that is registered too late', `${OPEN} ${PRIVILEGED}`, 'before the app is ready'],
    ['a window without the sandbox', 'await app.whenReady(); new BrowserWindow();', 'enableSandbox'],
    [
      'a window with Node in its page',
      `${OPEN} new BrowserWindow({ webPreferences: { nodeIntegration: true } });`,
      'not sandboxed',
    ],
    [
      'a page of a scheme without an origin',
      `${OPEN} await new BrowserWindow().loadURL('probe://app/');`,
      'not registered as standard and secure',
    ],
    [
      'a page without a content security policy',
      `${PRIVILEGED} ${OPEN}
       protocol.handle('probe', () => new Response('<p>', { headers: { 'content-type': 'text/html' } }));
       await new BrowserWindow().loadURL('probe://app/');`,
      'no content security policy',
    ],
    [
      'a message that cannot be cloned',
      `${OPEN} new BrowserWindow().webContents.send('channel', () => {});`,
      'could not be cloned',
    ],
    [
      'a second handler of one channel',
      `ipcMain.handle('a', () => {}); ipcMain.handle('a', () => {});`,
      'second handler',
    ],
    ['a menu item without a label', 'Menu.buildFromTemplate([{ click() {} }]);', 'label or a role'],
    [
      'an icon that is not there',
      'await app.whenReady(); new Tray(nativeImage.createFromPath("nowhere.png"));',
      'no icon nowhere.png',
    ],
  ])('refuses %s', async (_what, code, reason) => {
    const desktop = await run(code);
    const { why } = await desktop.record({ what: 'refused' });
    expect(why).toContain(reason);
  });

  test('refuses a channel that nobody handles', async () => {
    const preload = join(stage.home, 'probe.cjs');
    mkdirSync(stage.home, { recursive: true });
    writeFileSync(preload, "require('electron').ipcRenderer.invoke('nobody').catch(() => {});");
    const desktop = await run(`${PRIVILEGED} ${OPEN}
      const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'" };
      protocol.handle('probe', () => new Response('<p>', { headers }));
      await new BrowserWindow({ webPreferences: { preload: ${JSON.stringify(preload)} } }).loadURL('probe://app/');`);
    await desktop.record({ what: 'refused', why: "No handler registered for 'nobody'" });
  });
});
