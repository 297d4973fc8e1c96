/** Time, as the rest of the program hands it on: milliseconds since the epoch, and a timer that can be called off. */
export interface StoreClock {
  now(): number;
  after(delayMs: number, callback: () => void): () => void;
}

/** What is used of `conf` and of `electron-store`, which have it in common. */
export interface StoreFile {
  readonly path: string;
  store: Record<string, unknown>;
}

/**
 * `Conf` in hosts without Electron, `ElectronStore` in the desktop. The host hands it in: importing electron-store
 * outside Electron imports `electron`, which then tries to download its binary.
 */
export type StoreClass = new (options: StoreClassOptions) => StoreFile;

export interface StoreClassOptions {
  /** An absolute folder. */
  readonly cwd: string;
  /** electron-store's word for the file's name without `.json`. */
  readonly name: string;
  /** conf's word for it. */
  readonly configName: string;
  readonly configFileMode: number;
}

export interface StoreOptions {
  /** An absolute folder; made if it is not there. */
  readonly directory: string;
  readonly clock: StoreClock;
  /** Told, as a sentence with the path, of a file that was put aside or cannot be written. */
  readonly notice: (message: string) => void;
}
