import type { KubeconfigFile } from '../../main/contract/updates.ts';

export type FileState = 'read' | 'partly' | 'unreadable' | 'absent' | 'unknown';

/** A kubeconfig file as the settings show it. */
export interface ListedFile extends KubeconfigFile {
  readonly state: FileState;
}

/** What was looked at, then what is to be looked at and was not yet. */
export function listFiles(
  found: readonly KubeconfigFile[],
  wanted: readonly string[],
): readonly ListedFile[] {
  const waiting = wanted.filter((file) => !found.some((one) => one.file === file));
  return [
    ...found
      .filter(({ source, file }) => source === 'own' || wanted.includes(file))
      .map((file) => ({ ...file, state: stateOf(file) })),
    ...waiting.map((file) => ({
      file,
      source: 'added' as const,
      isThere: false,
      contexts: 0,
      problems: [],
      state: 'unknown' as const,
    })),
  ];
}

function stateOf({ isThere, contexts, problems }: KubeconfigFile): FileState {
  if (!isThere) return 'absent';
  if (problems.length === 0) return 'read';
  return contexts > 0 ? 'partly' : 'unreadable';
}

/** Why a typed path cannot be added; undefined if it can. */
export function refusePath(path: string, wanted: readonly string[]): 'isThere' | 'isRelative' | undefined {
  if (wanted.includes(path)) return 'isThere';
  // A Unix root, a Windows drive or a Windows share.
  if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path)) return 'isRelative';
  return undefined;
}

/** What the kubeconfig files come to where no context is known. */
export type NoContextsReason =
  | { readonly kind: 'none' }
  | { readonly kind: 'empty'; readonly files: readonly KubeconfigFile[] }
  | { readonly kind: 'unreadable'; readonly files: readonly KubeconfigFile[] };

/** No file is there; or one cannot be read; or those that are there name no context. */
export function whyNoContexts(found: readonly KubeconfigFile[]): NoContextsReason {
  const there = found.filter(({ isThere }) => isThere);
  if (there.length === 0) return { kind: 'none' };
  const unreadable = there.filter(({ problems }) => problems.length > 0);
  if (unreadable.length > 0) return { kind: 'unreadable', files: unreadable };
  return { kind: 'empty', files: there };
}
