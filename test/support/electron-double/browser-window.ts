/** The double of `BrowserWindow` and its `webContents`: a page in a real Chromium. */
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { app, preventable } from './app.ts';
import { openPage } from './chromium.ts';
import { onCommand, record, refuse } from './control.ts';
import { answerInvoke, requireCloneable } from './ipc.ts';
import { DELIVER, INVOKE, OPEN, pageScript } from './page-script.ts';
import { answerRequest, fromPageAddress, toPageAddress } from './protocol.ts';
import { theme } from './theme.ts';

interface WindowOptions {
  readonly name?: string;
  readonly windowStatePersistence?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
    readonly webSecurity?: boolean;
  };
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const windows = new Set<BrowserWindow>();

class WebContents extends EventEmitter {
  readonly #window: BrowserWindow;
  readonly #preload: string | undefined;
  #page: Page | undefined;
  #isCrashed = false;
  #openHandler: OpenHandler | undefined;
  /** What we load ourselves: nobody is asked about it. */
  #loading: string | undefined;

  constructor(window: BrowserWindow, preload: string | undefined) {
    super();
    this.#window = window;
    this.#preload = preload;
  }

  isDestroyed(): boolean {
    return this.#window.isDestroyed();
  }

  isCrashed(): boolean {
    return this.#isCrashed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.isDestroyed()) refuse('Object has been destroyed');
    const message = { channel, args: requireCloneable(args), deliver: DELIVER };
    this.#page
      ?.evaluate(({ channel, args, deliver }) => {
        const page = globalThis as unknown as Record<string, (channel: string, args: unknown[]) => void>;
        page[deliver]?.(channel, args);
      }, message)
      // The page may be going; Electron drops such messages too.
      .catch(() => {});
  }

  async load(address: string): Promise<void> {
    this.#loading = toPageAddress(address);
    // A page that went down cannot be used again.
    if (this.#page === undefined || this.#isCrashed) this.#page = await this.#openPage();
    this.#isCrashed = false;
    await this.#page.goto(this.#loading);
    this.#loading = undefined;
    this.emit('did-finish-load');
  }

  async emulateTheme(): Promise<void> {
    await this.#page?.emulateMedia({ colorScheme: theme.isDark ? 'dark' : 'light' }).catch(() => {});
  }

  async close(): Promise<void> {
    await this.#page?.close();
  }

  async #openPage(): Promise<Page> {
    await this.#page?.close().catch(() => {});
    const page = await openPage();
    if (this.isDestroyed()) {
      await page.close();
      throw new Error('The window was closed.');
    }
    page.on('crash', () => this.#crashed());
    await page.exposeBinding(INVOKE, ({ frame }, channel: string, args: unknown[]) =>
      answerInvoke({ sender: this, senderFrame: describeFrame(frame) }, channel, args),
    );
    await page.exposeBinding(OPEN, (_source, url: string) => this.#openWindow(url));
    await page.route('**/*', async (route, request) => {
      if (request.isNavigationRequest() && !this.#mayNavigate(request.url(), request.frame())) {
        // The page stays what it is; any other error would put an error page in its place.
        await route.abort('aborted');
        return;
      }
      await answerRequest(route, request);
    });
    if (this.#preload !== undefined)
      await page.addInitScript(pageScript(readFileSync(this.#preload, 'utf8')));
    await page.emulateMedia({ colorScheme: theme.isDark ? 'dark' : 'light' });
    return page;
  }

  #mayNavigate(url: string, frame: Frame): boolean {
    if (url === this.#loading) return true;
    const event = { ...preventable(), url: fromPageAddress(url), isMainFrame: frame.parentFrame() === null };
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  #openWindow(url: string): void {
    if (this.#openHandler?.({ url: fromPageAddress(url) }).action !== 'deny') {
      record({ what: 'refused', why: `The page may open a window at ${url}.` });
    }
  }

  #crashed(): void {
    this.#isCrashed = true;
    record({ what: 'window', state: 'crashed', ...this.#window.size });
    this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 5 });
  }
}

function describeFrame(frame: Frame): { url: string; parent: unknown } {
  const parent = frame.parentFrame();
  return { url: fromPageAddress(frame.url()), parent: parent === null ? null : describeFrame(parent) };
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly #options: WindowOptions;
  #size: { width: number; height: number };
  #isDestroyed = false;
  #isVisible: boolean;

  constructor(options: WindowOptions = {}) {
    super();
    app.requireReady('BrowserWindow');
    requireSafe(options);
    this.#options = options;
    const { width = 800, height = 600 } = options;
    this.#size = this.#readSize() ?? { width, height };
    this.#isVisible = options.show !== false;
    this.webContents = new WebContents(this, options.webPreferences?.preload);
    windows.add(this);
    record({ what: 'window', state: 'created', ...this.#size });
  }

  get size(): { width: number; height: number } {
    return this.#size;
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.load(address);
    if (!this.#isDestroyed) this.emit('ready-to-show');
  }

  show(): void {
    if (!this.#isVisible) record({ what: 'window', state: 'shown', ...this.#size });
    this.#isVisible = true;
  }

  focus(): void {
    record({ what: 'window', state: 'focused', ...this.#size });
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  resize(size: { width: number; height: number }): void {
    this.#size = size;
    const { name, windowStatePersistence } = this.#options;
    if (name === undefined || windowStatePersistence !== true) return;
    mkdirSync(app.getPath('userData'), { recursive: true });
    writeFileSync(sizeFile(name), JSON.stringify(size));
  }

  close(): void {
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this);
    void this.webContents.close().catch(() => {});
    record({ what: 'window', state: 'closed', ...this.#size });
    this.emit('closed');
    if (windows.size === 0) app.windowsClosed();
  }

  #readSize(): { width: number; height: number } | undefined {
    const { name, windowStatePersistence } = this.#options;
    if (name === undefined || windowStatePersistence !== true) return undefined;
    try {
      return JSON.parse(readFileSync(sizeFile(name), 'utf8'));
    } catch {
      return undefined;
    }
  }
}

function sizeFile(name: string): string {
  return join(app.getPath('userData'), `double-window-${name}.json`);
}

/** A page with more than a sandbox gives is none that we would ship. */
function requireSafe({ webPreferences = {} }: WindowOptions): void {
  const { sandbox, contextIsolation, nodeIntegration, webSecurity } = webPreferences;
  const isUnsafe =
    sandbox === false || contextIsolation === false || nodeIntegration === true || webSecurity === false;
  if (isUnsafe) refuse('The window is not sandboxed and isolated.');
  if (!app.isSandboxed) refuse('app.enableSandbox() was not called.');
}

function theWindow(): BrowserWindow {
  const [window] = windows;
  if (window === undefined) throw new Error('There is no window.');
  return window;
}

app.closeAllWindows = () => {
  for (const window of [...windows]) window.destroy();
};
theme.onChange(() => {
  for (const { webContents } of windows) void webContents.emulateTheme();
});
onCommand('closeWindow', () => theWindow().close());
onCommand('resizeWindow', ({ width, height }) => theWindow().resize({ width, height }));
