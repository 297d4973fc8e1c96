import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { ContextMode } from '../contract/contexts.ts';
import { journalInMemory, settingsInMemory } from '../store/in-memory.ts';
import { withRunModes } from '../store/run-modes.ts';
import type { ServiceOptions } from './service-options.ts';

/** What a service stands on: settings, journal, kubeconfig, and where copies are kept. */
export type Sources = Pick<
  ServiceOptions,
  'settings' | 'journal' | 'kubeconfig' | 'stateDirectory' | 'isDemo'
>;

/** For demo clusters: all contexts on, and nothing on disk. */
export function demoSources(contexts: readonly KubeContext[]): Sources {
  const modes = new Map(contexts.map(({ key }): [string, ContextMode] => [key, 'restore']));
  const findings = { contexts, currentContext: contexts[0]?.name, problems: [], files: [], lookedAt: [] };
  return {
    settings: withRunModes(settingsInMemory(), modes),
    journal: journalInMemory(),
    kubeconfig: { read: async () => findings, onChange: () => () => {}, stop: () => {} },
    stateDirectory: undefined,
    isDemo: true,
  };
}
