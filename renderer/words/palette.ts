import type { ContextMode } from '../../main/contract/contexts.ts';
import { modes } from './states.ts';

export const palette = {
  title: 'Find or do',
  open: 'Find',
  hint: 'A context, a network, a pod, or what to do',
  results: 'What was found',
  nothing: 'Nothing matches these words.',
  contexts: 'Contexts',
  networks: 'Networks',
  users: 'Pods and workloads',
  actions: 'Actions',
  look: (context: string) => `Look at ${context}`,
  view: (view: string) => `Open ${view}`,
  mode: (context: string, mode: ContextMode) => `Set ${context} to ${modes[mode]}`,
  restore: (network: string, context: string) => `Restore ${network} on ${context}`,
} as const;
