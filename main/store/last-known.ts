import { createHash } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The content of one cluster's file; what a copy is, the caller knows. */
export interface LastKnownContent {
  readonly version: 1;
  /** Until when the copies were known to be what the cluster has, in ms since the epoch. */
  readonly seenAt: number;
  readonly copies: readonly unknown[];
}

/**
 * The file of one cluster's copies. Who watches some namespaces alone (empty: all are watched) has a file of their
 * own: two programs at one cluster know different things, and neither may overwrite what the other knows.
 */
export function lastKnownPath(
  stateDirectory: string,
  identity: string,
  namespaces: readonly string[],
): string {
  const scope = createHash('sha256')
    .update([...namespaces].sort().join(','))
    .digest('hex')
    .slice(0, 16);
  const file = `${identity.replace(/[^-a-zA-Z0-9]/g, '_')}${namespaces.length === 0 ? '' : `.${scope}`}.json`;
  return join(stateDirectory, 'last-known', file);
}

/**
 * Reads a cluster's copies; undefined if there are none yet. A file that cannot be understood is put aside under
 * a dated name, and `notice` is told where: nothing is lost, and a damaged file stops nobody. Then the content before
 * counts.
 * Throws the file system's error if the folder cannot be read.
 */
export async function readLastKnown(
  path: string,
  now: number,
  notice: (message: string) => void,
): Promise<LastKnownContent | undefined> {
  return (await readOne(path, now, notice)) ?? (await readOne(beforeOf(path), now, notice));
}

async function readOne(
  path: string,
  now: number,
  notice: (message: string) => void,
): Promise<LastKnownContent | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const content = parse(text);
  if (content !== undefined) return content;
  const aside = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
  await rename(path, aside);
  notice(`The copies of networks in ${path} cannot be read; the file was put aside as ${aside}.`);
  return undefined;
}

/**
 * Writes one cluster's file, one write at a time, and of several that come during a write only the last.
 * A crash at any byte leaves the old or the new file. For the owner's eyes only (mode 0600).
 */
export class LastKnownWriter {
  static #count = 0;
  readonly #path: string;
  /** Of this writer alone: two contexts of one process may be at the same cluster. */
  readonly #part: string;
  readonly #onError: (error: unknown) => void;
  #pending: (() => LastKnownContent) | undefined;
  #writing: Promise<void> | undefined;

  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    LastKnownWriter.#count += 1;
    this.#part = `${path}.part-${process.pid}-${LastKnownWriter.#count}`;
    this.#onError = onError;
  }

  /** Has `content` called and written as soon as no other write is under way. Errors go to `onError`. */
  write(content: () => LastKnownContent): void {
    this.#pending = content;
    this.#writing ??= this.#drain();
  }

  /** Resolves when all that was asked for is on disk, or failed. */
  async flushed(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#pending !== undefined) {
      const content = this.#pending;
      this.#pending = undefined;
      try {
        await writeAtomically(this.#path, this.#part, JSON.stringify(content()));
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#writing = undefined;
  }
}

/**
 * The file is under its name before it is synced. Syncing takes a second on a busy disk, and a program that is
 * killed meanwhile has lost nothing: what it wrote is in the system's cache. Only a power cut can damage the file
 * then, and for that case the content before, which was synced, stays beside it.
 */
async function writeAtomically(path: string, part: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(part, text, { mode: 0o600 });
  // `writeFile` leaves the mode of a file that was there before.
  await chmod(part, 0o600);
  await keepBefore(path);
  await rename(part, path);
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

/** By a second name and not by a rename: there is a file under `path` at every moment, for whoever reads or writes it. */
async function keepBefore(path: string): Promise<void> {
  await rm(beforeOf(path), { force: true });
  await link(path, beforeOf(path)).catch((error: NodeJS.ErrnoException) => {
    // The first write has nothing before it; another writer may have been first; a file system may have no links.
    if (!['ENOENT', 'EEXIST', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP'].includes(error.code ?? '')) throw error;
  });
}

function beforeOf(path: string): string {
  return `${path}.before`;
}

function parse(text: string): LastKnownContent | undefined {
  try {
    const content = JSON.parse(text) as Partial<LastKnownContent> | null;
    if (content?.version !== 1 || typeof content.seenAt !== 'number' || !Array.isArray(content.copies)) {
      return undefined;
    }
    return { version: 1, seenAt: content.seenAt, copies: content.copies };
  } catch {
    return undefined;
  }
}
