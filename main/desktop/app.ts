/** The desktop app: what happens when it starts, is started again, and ends. */
import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { wasStartedHidden } from './autostart.ts';
import { openDemoHost } from './demo.ts';
import type { DesktopHost } from './host.ts';
import { openHost } from './host.ts';
import { answerCommands } from './ipc.ts';
import { denyPermissions } from './page-limits.ts';
import { Presence } from './presence.ts';
import { registerScheme, servePages } from './protocol.ts';
import { Window } from './window.ts';

/** A request that hangs must not keep the program from ending. */
const MOST_END_MS = 5_000;

const isDemo = process.argv.includes('--demo');

function log(message: string): void {
  process.stderr.write(`netkeeper: ${message}\n`);
}

function run(): void {
  // What nobody thought of in one place must not end the loop in all the others.
  process.on('uncaughtException', (error) => log(`unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (error) => log(`unexpected: ${String(error)}`));
  registerScheme();
  app.enableSandbox();
  app.setAppUserModelId('io.netkeeper.desktop');

  const assets = join(app.getAppPath(), 'assets', 'icons');
  const options = { directory: app.getPath('userData'), version: app.getVersion(), log };
  const host = isDemo ? openDemoHost(options) : openHost(options);
  host.catch((error) => {
    dialog.showErrorBox('NetKeeper cannot start', String(error));
    app.exit(1);
  });
  const service = host.then((opened) => opened.service);
  const window = new Window({
    preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
    icon: join(assets, 'icon.png'),
    onGivenUp: (message) => void service.then((ready) => ready.addNotice(message)),
  });
  answerCommands(service, (contents, ready) => window.listens(contents, ready));

  const whenReady = app.whenReady();
  const openWindow = () => void whenReady.then(() => window.open());
  app.on('second-instance', openWindow);
  app.on('activate', openWindow);
  // The loop goes on without a window.
  app.on('window-all-closed', () => {});
  endCleanly(host);

  void whenReady.then(async () => {
    denyPermissions(session.defaultSession);
    servePages(join(app.getAppPath(), 'dist', 'renderer'));
    // The window need not wait for the login shell.
    if (!wasStartedHidden()) window.open();
    const opened = await host;
    const presence = new Presence({ ...opened, window, trayIcons: join(assets, 'tray'), log });
    await presence.start();
    await opened.service.start();
  });
}

/** Holds back the end until copies and journal are on disk. */
function endCleanly(host: Promise<DesktopHost>): void {
  let hasEnded = false;
  app.on('will-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    const timeUp = new Promise<void>((resolve) => setTimeout(resolve, MOST_END_MS));
    const ended = host.then((opened) => opened.close());
    void Promise.race([ended, timeUp])
      .catch((error) => log(`the end was not clean: ${String(error)}`))
      .then(() => {
        hasEnded = true;
        app.quit();
      });
  });
}

// The demo runs beside the program, with a lock and a window of its own.
if (isDemo) app.setPath('userData', join(app.getPath('userData'), 'demo'));
// Before anything else: a second start only shows the window of the first.
if (app.requestSingleInstanceLock()) run();
else app.quit();
