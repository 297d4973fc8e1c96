import type { WebContents } from 'electron';
import { BrowserWindow, nativeTheme } from 'electron';
import type { WindowEvent } from '../contract/updates.ts';
import type { Service } from '../keeper/service.ts';
import { EVENT_CHANNEL } from './channels.ts';
import { confine } from './page-limits.ts';
import { WINDOW_URL } from './pages.ts';

export interface WindowOptions {
  /** Path of the built preload script. */
  readonly preload: string;
  readonly icon: string;
  /** A page went down so often that it is not loaded again by itself. */
  readonly onGivenUp: (message: string) => void;
}

/** The colour of the window before its page has painted: that of the page, so that nothing flashes. */
const BACKGROUND = { light: '#e9edee', dark: '#14181a' } as const;
/** A page that goes down once more within a minute after so many times is left closed. */
const MOST_CRASHES = 3;
const CRASHES_COUNT_FOR_MS = 60_000;

/**
 * The one window. Closing it lets go of its page and all its memory; the program goes on. What a page is told begins
 * with its first request for a snapshot: from then on it listens.
 */
export class Window {
  readonly #options: WindowOptions;
  #window: BrowserWindow | undefined;
  /** Ends what the page is told; undefined while it does not listen. */
  #unsubscribe: (() => void) | undefined;
  /** What to show once the page listens. */
  #toShow: WindowEvent | undefined;
  #crashes: number[] = [];

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /** Brings the window to the front, and opens it if it is not there; then shows the journal's entry, if one is given. */
  open(entry?: number): void {
    this.#toShow = entry === undefined ? undefined : { event: 'show', entry };
    if (this.#window === undefined) {
      this.#window = this.#create();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
    if (this.#unsubscribe !== undefined) this.#show(this.#window.webContents);
  }

  /** The page asks for a snapshot: it listens now. It has the snapshot before it is asked to show something. */
  listens(contents: WebContents, service: Service): void {
    this.#unsubscribe?.();
    this.#unsubscribe = service.subscribe((event) => send(contents, event));
    setImmediate(() => this.#show(contents));
  }

  #show(contents: WebContents): void {
    if (this.#toShow !== undefined) send(contents, this.#toShow);
    this.#toShow = undefined;
  }

  #create(): BrowserWindow {
    const { preload, icon } = this.#options;
    const window = new BrowserWindow({
      name: 'main',
      windowStatePersistence: true,
      width: 1_200,
      height: 800,
      minWidth: 640,
      minHeight: 420,
      show: false,
      title: 'NetKeeper',
      icon,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    });
    confine(window.webContents);
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => {
      this.#stopTelling();
      this.#window = undefined;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => this.#crashed(window, reason));
    load(window);
    return window;
  }

  /** The loop knows nothing of it; the page is loaded again and asks for a snapshot. */
  #crashed(window: BrowserWindow, reason: string): void {
    this.#stopTelling();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASHES_COUNT_FOR_MS), now];
    if (this.#crashes.length <= MOST_CRASHES) {
      load(window);
      return;
    }
    this.#crashes = [];
    window.destroy();
    this.#options.onGivenUp(`The window went down ${MOST_CRASHES + 1} times within a minute (${reason}).`);
  }

  #stopTelling(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}

/** A load that fails because the window was closed meanwhile is nobody's concern; a page of ours is always there. */
function load(window: BrowserWindow): void {
  window.loadURL(WINDOW_URL).catch(() => {});
}

/** Gives false where nobody can be told. */
function send(contents: WebContents, event: WindowEvent): boolean {
  if (contents.isDestroyed() || contents.isCrashed()) return false;
  contents.send(EVENT_CHANNEL, event);
  return true;
}
