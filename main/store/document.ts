import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Time, as the rest of the program hands it on: milliseconds since the epoch, and a timer that can be called off. */
export interface StoreClock {
  now(): number;
  after(delayMs: number, callback: () => void): () => void;
}

/** What is used of `conf` and of `electron-store`, which have it in common. */
export interface StoreFile {
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

export interface DocumentFormat {
  /** The file is `NAME.json`. */
  readonly name: string;
  /** The first makes version 2 of version 1, and so on; the version that is written is one more than there are. */
  readonly migrations: readonly ((content: DocumentContent) => DocumentContent)[];
}

/** What a document holds, without its version. */
export type DocumentContent = Record<string, unknown>;

/** For the owner's eyes only: contexts and networks say much about a company. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/**
 * One JSON file with a version of its own, the same in every host. (conf's own migrations run by the version of the
 * program, and its author warns of their bugs.) The store class brings the atomic write; reading is done here,
 * because the class takes a list or a text for an empty store and would write over it.
 *
 * What cannot be used is put aside under a dated name and told, never overwritten; nothing here throws.
 */
export class StoredDocument {
  readonly path: string;
  readonly #StoreClass: StoreClass;
  readonly #format: DocumentFormat;
  readonly #options: StoreOptions;
  #file: StoreFile | undefined;
  /** The file could not be put aside: writing would lose it. */
  #isLocked = false;
  #isFailing = false;

  constructor(StoreClass: StoreClass, format: DocumentFormat, options: StoreOptions) {
    this.path = join(options.directory, `${format.name}.json`);
    this.#StoreClass = StoreClass;
    this.#format = format;
    this.#options = options;
  }

  get #version(): number {
    return this.#format.migrations.length + 1;
  }

  /** The content at the current version; undefined where there is no file, or none that can be used. */
  read(): DocumentContent | undefined {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') this.putAside(`cannot be read (${codeOf(error)})`);
      return undefined;
    }
    const stored = parseDocument(text);
    if (stored === undefined) {
      this.putAside('is damaged');
      return undefined;
    }
    if (stored.version > this.#version) {
      this.putAside('was written by a newer NetKeeper');
      return undefined;
    }
    return this.#migrate(stored);
  }

  /** Writes the whole content at once: a crash at any byte leaves the old or the new file. */
  write(content: DocumentContent): void {
    if (this.#isLocked) return;
    try {
      mkdirSync(this.#options.directory, { recursive: true, mode: FOLDER_MODE });
      this.#file ??= this.#open();
      this.#file.store = { version: this.#version, ...content };
      this.#isFailing = false;
    } catch (error) {
      if (this.#isFailing) return;
      this.#isFailing = true;
      this.#options.notice(
        `${this.path} cannot be written (${codeOf(error)}): what changes now is lost when NetKeeper ends. Make room, or give yourself the right to write there.`,
      );
    }
  }

  /** Moves the file away under a dated name; `why` follows the path in the notice, `outcome` ends it. */
  putAside(why: string, outcome = 'NetKeeper goes on without it'): void {
    const aside = this.#freeName();
    try {
      renameSync(this.path, aside);
      this.#options.notice(`${this.path} ${why}. It was put aside as ${aside}; ${outcome}.`);
    } catch (error) {
      this.#isLocked = true;
      this.#options.notice(
        `${this.path} ${why}, and cannot be put aside (${codeOf(error)}). NetKeeper leaves it as it is and saves nothing there until it is moved away and NetKeeper started again.`,
      );
    }
  }

  #freeName(): string {
    const date = new Date(this.#options.clock.now()).toISOString().replaceAll(':', '-');
    const dated = `${this.path}.aside-${date}`;
    let name = dated;
    for (let count = 2; existsSync(name); count += 1) name = `${dated}-${count}`;
    return name;
  }

  #migrate({ version, content }: { version: number; content: DocumentContent }): DocumentContent | undefined {
    try {
      return this.#format.migrations.slice(version - 1).reduce((old, migrate) => migrate(old), content);
    } catch {
      this.putAside(`is of version ${version} and cannot be brought to version ${this.#version}`);
      return undefined;
    }
  }

  #open(): StoreFile {
    const { name } = this.#format;
    const cwd = this.#options.directory;
    return new this.#StoreClass({ cwd, name, configName: name, configFileMode: FILE_MODE });
  }
}

function parseDocument(text: string): { version: number; content: DocumentContent } | undefined {
  let root: unknown;
  try {
    // Editors on Windows put a byte order mark before the text.
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (typeof root !== 'object' || root === null || !('version' in root)) return undefined;
  const { version, ...content } = root;
  return Number.isInteger(version) && Number(version) >= 1
    ? { version: Number(version), content }
    : undefined;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error ? String(error.code) : error.message;
}
