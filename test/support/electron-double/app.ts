/** The double of Electron's `app`: start, the lock of the single instance, and the end. */
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { connectToChromium } from './chromium.ts';
import { onCommand, record, refuse } from './control.ts';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
  version: string;
};

/** An event that a listener can prevent. */
export function preventable(): { defaultPrevented: boolean; preventDefault(): void } {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

class App extends EventEmitter {
  readonly name = name;
  readonly isPackaged = false;
  /** Set by windows, which app must not know. */
  closeAllWindows: () => void = () => {};
  #isReady = false;
  #isSandboxed = false;
  #isSecond = false;
  #isQuitting = false;
  #userData: string | undefined;
  #told: Promise<void> = Promise.resolve();
  readonly #ready = Promise.withResolvers<void>();

  constructor() {
    super();
    // After the program has run to its end, as in Electron.
    setImmediate(() => void this.#start());
    process.on('SIGTERM', () => this.quit());
    process.on('SIGINT', () => this.quit());
    process.on('disconnect', () => process.exit(1));
  }

  get isSandboxed(): boolean {
    return this.#isSandboxed;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** For the other parts of the double: what may not be used yet. */
  requireReady(what: string): void {
    if (!this.#isReady) refuse(`${what} cannot be used before the app is ready.`);
  }

  requireNotReady(what: string): void {
    if (this.#isReady) refuse(`${what} must be called before the app is ready.`);
  }

  enableSandbox(): void {
    this.requireNotReady('app.enableSandbox()');
    this.#isSandboxed = true;
  }

  setAppUserModelId(): void {}

  getVersion(): string {
    return version;
  }

  getAppPath(): string {
    return process.cwd();
  }

  setPath(what: string, path: string): void {
    if (what !== 'userData') refuse(`The double has no path "${what}".`);
    this.#userData = path;
  }

  getPath(what: string): string {
    if (what !== 'userData') refuse(`The double has no path "${what}".`);
    return this.#userData ?? join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), name);
  }

  getLoginItemSettings(): { openAtLogin: boolean; wasOpenedAtLogin: boolean } {
    return { openAtLogin: false, wasOpenedAtLogin: false };
  }

  setLoginItemSettings(): void {
    refuse('app.setLoginItemSettings() does nothing on Linux.');
  }

  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const [lock, socket] = [join(folder, 'SingletonLock'), join(folder, 'SingletonSocket')];
    if (isHeld(lock)) {
      this.#isSecond = true;
      this.#told = new Promise((resolve) => {
        const connection = createConnection(socket);
        connection.on('error', () => resolve());
        connection.end(JSON.stringify(process.argv.slice(1)), resolve);
      });
      return false;
    }
    writeFileSync(lock, String(process.pid));
    rmSync(socket, { force: true });
    const server = createServer((connection) => {
      let text = '';
      connection.on('data', (chunk) => (text += String(chunk)));
      connection.on('end', () => this.emit('second-instance', preventable(), JSON.parse(text)));
    });
    server.listen(socket).unref();
    return true;
  }

  exit(code: number): void {
    process.exit(code);
  }

  quit(): void {
    if (this.#isQuitting) return;
    const before = preventable();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.closeAllWindows();
    const will = preventable();
    this.emit('will-quit', will);
    if (!will.defaultPrevented) void this.#exit();
  }

  /** The last window was closed. */
  windowsClosed(): void {
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  async #exit(): Promise<void> {
    this.#isQuitting = true;
    await this.#told;
    if (!this.#isSecond) rmSync(join(this.getPath('userData'), 'SingletonLock'), { force: true });
    this.emit('quit', {}, 0);
    process.exit(0);
  }

  async #start(): Promise<void> {
    if (this.#isSecond) return;
    await connectToChromium();
    this.#isReady = true;
    record({ what: 'ready' });
    this.emit('ready');
    this.#ready.resolve();
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new App();

// Without a loop of its own Node would end; Electron does not.
setInterval(() => {}, 3_600_000);
// The answer goes out before the process ends.
onCommand('quit', () => void setImmediate(() => app.quit()));
