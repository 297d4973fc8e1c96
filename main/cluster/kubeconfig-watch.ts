import type { KubeconfigFindings } from './kubeconfig.ts';

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
