import type { Reply } from '../contract/commands.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { WindowEvent } from '../contract/updates.ts';

export type { ServiceOptions } from './service-options.ts';

/** What all hosts share: the contexts that are kept, what a window shows of them, and the commands it can give. */
export interface Service {
  /**
   * Carries out a command of the contract. Never rejects: an unknown name and arguments that do not fit give
   * the code `badRequest`.
   */
  invoke(name: string, args: unknown): Promise<Reply<unknown>>;
  /**
   * Calls the listener for every update from now on, at most ten a second; the returned function ends that. One that
   * gives back `false` could not take the update and is behind: it gets empty updates until it takes one. Their
   * sequence number shows the gap, and the window asks for a snapshot.
   */
  subscribe(listener: (event: WindowEvent) => unknown): () => void;
  /** Calls the listener for every journal entry as it happens; the returned function ends that. */
  onEntry(listener: (entry: JournalEntry) => void): () => void;
  /** Something that a person should see once in the window, such as a damaged file that was put aside. */
  addNotice(message: string): void;
  /** The computer goes to sleep: ends the watches. */
  suspend(): void;
  /** It is awake again: dials anew and lists again, all contexts within a second. */
  resume(): void;
  /** Reads the kubeconfig and begins; does not wait for any cluster. */
  start(): Promise<void>;
  /** Resolves when nothing is under way any more and all copies are on disk. */
  stop(): Promise<void>;
}
