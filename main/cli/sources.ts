/** What a service of the command line stands on: the user's own files. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import Conf from 'conf';
import { watchKubeconfig } from '../cluster/kubeconfig-watch.ts';
import type { ContextMode } from '../contract/contexts.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sources } from '../keeper/demo-sources.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { journalInMemory, settingsInMemory } from '../store/in-memory.ts';
import { createJournalStore } from '../store/journal.ts';
import { withRunModes } from '../store/run-modes.ts';
import { createSettingsStore } from '../store/settings.ts';
import type { ServeFlags } from './arguments.ts';
import { chooseContexts } from './contexts.ts';
import type { Host } from './host.ts';
import { defaultStateDirectory } from './state-directory.ts';

/** What the user's own files give, and how to let go of their folder in the end. */
export interface OwnSources extends Sources {
  release(): void;
}

/**
 * Opens the user's kubeconfig, settings and journal. `notice` hears of files that were put aside, and of another
 * program that has them. Throws as `chooseContexts` does where the flags name contexts.
 */
export async function openOwnSources(
  flags: ServeFlags,
  host: Host,
  notice: (message: string) => void,
): Promise<OwnSources> {
  const { env, clock } = host;
  const directory = flags.keepState
    ? resolve(flags.stateDirectory ?? defaultStateDirectory(env, host.platform))
    : undefined;
  const lock = directory === undefined ? undefined : lockFolder(directory);
  if (lock?.heldBy !== undefined) notice(explainShared(directory ?? '', lock.heldBy));
  const options = directory === undefined ? undefined : { directory, clock, notice };
  const kept = options === undefined ? settingsInMemory() : createSettingsStore(Conf, options);
  const isChosen = flags.allContexts || flags.contexts.length > 0;
  return {
    settings: isChosen ? withRunModes(kept, await runModes(flags, host, kept.get())) : kept,
    journal: options === undefined ? journalInMemory() : createJournalStore(Conf, options),
    kubeconfig: watchKubeconfig({
      file: flags.kubeconfig,
      env,
      homeDirectory: homedir(),
      extraFiles: () => kept.get().kubeconfigFiles,
      clock,
    }),
    stateDirectory: directory,
    release: () => lock?.release(),
  };
}

function explainShared(directory: string, process: number): string {
  return `Another NetKeeper (process ${process}) keeps its settings and journal in ${directory} as well, and each of the two overwrites what the other one keeps. End one of them, or give one a folder of its own with --state-dir.`;
}

/** The contexts that the flags choose are on, all others off. */
async function runModes(
  flags: ServeFlags,
  host: Host,
  { contexts }: Settings,
): Promise<ReadonlyMap<string, ContextMode>> {
  const chosen = await chooseContexts(flags, host.env, host.warn);
  const all = await chooseContexts({ ...flags, contexts: [], allContexts: true }, host.env, () => {});
  const isChosen = new Set(chosen.map(({ key }) => key));
  const modeOf = (key: string): ContextMode => {
    if (!isChosen.has(key)) return 'off';
    const set = contexts[key]?.mode;
    return flags.mode ?? (set === 'ask' ? 'ask' : 'restore');
  };
  return new Map(all.map(({ key }) => [key, modeOf(key)]));
}
