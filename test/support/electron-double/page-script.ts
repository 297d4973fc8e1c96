/**
 * What runs in a page before its own scripts: the sandbox's `require`, with `contextBridge` and `ipcRenderer`, around
 * the built preload script. It is sent as text, so it uses nothing from outside itself.
 */

/** Names of the functions by which a page reaches the double. */
export const INVOKE = '__electronDoubleInvoke';
export const OPEN = '__electronDoubleOpen';
export const DELIVER = '__electronDoubleDeliver';

export function pageScript(preload: string): string {
  return `(${installSandbox.toString()})((require) => { ${preload}\n }, ${JSON.stringify({ INVOKE, OPEN, DELIVER })})`;
}

type Listener = (event: unknown, ...args: unknown[]) => void;
/** What of a page is used here. */
interface PageGlobals extends Record<string, unknown> {
  readonly top: unknown;
  readonly window: unknown;
  readonly location: { readonly href: string };
  open: (url: unknown) => null;
  addEventListener(name: 'click', listener: (event: ClickEvent) => void, isCapturing: boolean): void;
}
interface ClickEvent {
  readonly target: { closest(selector: string): { readonly href: string } | null } | null;
  preventDefault(): void;
}

function installSandbox(
  runPreload: (require: (name: string) => unknown) => void,
  names: { INVOKE: string; OPEN: string; DELIVER: string },
): void {
  const page = globalThis as unknown as PageGlobals;
  if (page.top !== page.window) return;
  const listeners = new Map<string, Set<Listener>>();

  /** What crosses the bridge is copied: functions become calls, all else must be cloneable. */
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function') return (...args: unknown[]) => copyResult(value(...args.map(copy)));
    if (value instanceof Promise) return copyResult(value);
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return structuredClone(value);
    const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (!isPlain) return structuredClone(value);
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])));
  };
  const copyResult = (result: unknown): unknown =>
    result instanceof Promise ? result.then(copy) : copy(result);

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in page) throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
      Object.defineProperty(page, name, { value: copy(api), writable: false, configurable: false });
    },
  };
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      const invoke = page[names.INVOKE] as (channel: string, args: unknown) => Promise<unknown>;
      return invoke(channel, structuredClone(args));
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
    },
  };
  page[names.DELIVER] = (channel: string, args: unknown[]) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
  };

  const open = page[names.OPEN] as (url: string) => void;
  page.open = (url) => {
    open(new URL(String(url), page.location.href).href);
    return null;
  };
  page.addEventListener(
    'click',
    (event) => {
      const link = event.target?.closest('a[target="_blank"]');
      if (link === null || link === undefined) return;
      event.preventDefault();
      open(link.href);
    },
    true,
  );

  runPreload((name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  });
}
