/**
 * The kubeconfig files, and when they change.
 *
 * The file system is asked once a second; it is not left to call us. Notifications would have to be asked of folders
 * that do not exist yet and of folders behind links (Kubernetes and Nix swap a link far from the file), editors and
 * kubectl rename over the file that is watched, and network drives and `\\wsl$` send none at all: so asking is needed
 * in any case, and notifications could only gain part of a second on what people do a few times a day. A question is
 * one look at a file's size, times and links; it is read only when they differ.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from './clock.ts';
import {
  KubeContext,
  type KubeconfigFindings,
  type KubeconfigOptions,
  kubeconfigFiles,
  readKubeconfig,
} from './kubeconfig.ts';

/** Where contexts come from; they may change at any time. */
export interface KubeconfigSource {
  /** Reads the files as they are now. Never rejects: problems are in the findings. */
  read(): Promise<KubeconfigFindings>;
  /**
   * Calls the listener once per burst of changes, when what a file holds really differs; `files` are those that
   * changed, appeared or went: kubeconfig files, and files that their contexts' credentials are in (tokens, keys).
   * The returned function ends that.
   */
  onChange(listener: (files: readonly string[]) => void): () => void;
  stop(): void;
}

export interface KubeconfigWatchOptions extends KubeconfigOptions {
  /**
   * Files that are read besides, asked for each time. Each is a kubeconfig of its own: names in it are not merged with
   * those of the others, so that no cluster is ever given the credentials that another file has under the same name.
   */
  readonly extraFiles?: () => readonly string[];
  readonly clock: Clock;
}

/** Between two looks at the files. */
const LOOK_MS = 1_000;
/** Files that did not change for so long are taken as written to the end. */
const SETTLE_MS = 200;

/** Watches the files that `read` reads, from now until `stop`. Never keeps the process alive. */
export function watchKubeconfig(options: KubeconfigWatchOptions): KubeconfigSource {
  return new WatchedKubeconfig(options);
}

/** The files that a context's credentials, and the authorities it trusts, are in. */
export function credentialFiles({ cluster, user }: KubeContext): readonly string[] {
  const pems = [cluster?.certificateAuthority, user?.clientCertificate, user?.clientKey];
  const files = pems.map((pem) => (pem?.from === 'file' ? pem.file : undefined));
  return [user?.tokenFile, ...files].filter((file) => file !== undefined);
}

class WatchedKubeconfig implements KubeconfigSource {
  readonly #options: KubeconfigWatchOptions;
  readonly #listeners = new Set<(files: readonly string[]) => void>();
  readonly #known = new KnownFiles();
  /** Found by the last read. */
  #credentialFiles: readonly string[] = [];
  /** No read comes before this, or a change between the two would go unseen. */
  readonly #started: Promise<void>;
  #cancelLook: () => void = () => {};
  #isStopped = false;

  constructor(options: KubeconfigWatchOptions) {
    this.#options = options;
    this.#started = this.#known.adopt(this.#files());
    void this.#started.then(() => this.#lookAfter(LOOK_MS, new Map()));
  }

  async read(): Promise<KubeconfigFindings> {
    await this.#started;
    const own = await readKubeconfig(this.#options);
    const extras: KubeconfigFindings[] = [];
    for (const file of this.#extraFiles()) extras.push(await readKubeconfig({ ...this.#options, file }));
    const contexts = [...own.contexts, ...extras.flatMap((extra) => extra.contexts.map(notCurrent))];
    this.#credentialFiles = contexts.flatMap(credentialFiles);
    await this.#known.adopt(this.#files());
    const problems = [own, ...extras].flatMap((each) => each.problems);
    const files = [own, ...extras].flatMap((each) => each.files);
    const added = extras.flatMap(({ lookedAt }) =>
      lookedAt.map((each) => ({ ...each, source: 'added' as const })),
    );
    const lookedAt = [...own.lookedAt, ...added];
    return { contexts, currentContext: own.currentContext, problems, files, lookedAt };
  }

  onChange(listener: (files: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelLook();
    this.#listeners.clear();
  }

  #files(): readonly string[] {
    const files = [...kubeconfigFiles(this.#options), ...this.#extraFiles(), ...this.#credentialFiles];
    return [...new Set(files)];
  }

  #extraFiles(): readonly string[] {
    const own = kubeconfigFiles(this.#options);
    const extra = this.#options.extraFiles?.().map((file) => resolve(file)) ?? [];
    return [...new Set(extra)].filter((file) => !own.includes(file));
  }

  #lookAfter(delayMs: number, seen: Stamps): void {
    if (this.#isStopped) return;
    this.#cancelLook = this.#options.clock.after(delayMs, () => void this.#look(seen));
  }

  /** Files that look as they did at the look before are at rest: only then is a burst over, and told. */
  async #look(before: Stamps): Promise<void> {
    const stamps = await stampsOf(this.#files());
    const isAtRest = isDeepStrictEqual(stamps, before);
    if (isAtRest) {
      const changed = await this.#known.update(stamps);
      if (changed.length > 0) for (const listener of this.#listeners) listener(changed);
    }
    this.#lookAfter(isAtRest ? LOOK_MS : SETTLE_MS, stamps);
  }
}

/** By file. Differs when the file may have changed; the code of the error where there is none to ask. */
type Stamps = ReadonlyMap<string, string>;

/** One after the other: a drive that does not answer holds up one thread of Node's four, not all. */
async function stampsOf(files: readonly string[]): Promise<Stamps> {
  const stamps = new Map<string, string>();
  for (const file of files) stamps.set(file, await stampOf(file));
  return stamps;
}

/**
 * Where links lead is a part of it: two files of one store may be of the same size and times. The inode is not, as
 * some network drives make it up anew each time; a rename over the file sets ctime.
 */
async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    const target = await realpath(file).catch(() => file);
    return `${target} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch (error) {
    return codeOf(error);
  }
}

/** What the files held when they were last read, as digests: nothing secret is kept. */
class KnownFiles {
  readonly #known = new Map<string, { readonly stamp: string; readonly digest: string }>();

  /** Takes files that are new as they are, without calling them changed, and forgets those that are not listed. */
  async adopt(files: readonly string[]): Promise<void> {
    for (const file of this.#known.keys()) if (!files.includes(file)) this.#known.delete(file);
    for (const file of files) {
      if (this.#known.has(file)) continue;
      const stamp = await stampOf(file);
      this.#known.set(file, { stamp, digest: await digestOf(file) });
    }
  }

  /** Reads the files whose stamps differ; gives those that hold something else, came to the list, or left it. */
  async update(stamps: Stamps): Promise<readonly string[]> {
    const changed = [...this.#known.keys()].filter((file) => !stamps.has(file));
    for (const file of changed) this.#known.delete(file);
    for (const [file, stamp] of stamps) {
      const known = this.#known.get(file);
      if (known?.stamp === stamp) continue;
      const digest = await digestOf(file);
      this.#known.set(file, { stamp, digest });
      if (known?.digest !== digest) changed.push(file);
    }
    return changed;
  }
}

async function digestOf(file: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** "Current" is kubectl's word, and kubectl reads the user's own kubeconfig alone. */
function notCurrent(context: KubeContext): KubeContext {
  const { cluster, user } = context;
  return new KubeContext({ ...context, cluster, user, isCurrent: false });
}
