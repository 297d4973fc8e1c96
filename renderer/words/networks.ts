import type { ContextView } from '../../main/contract/contexts.ts';
import { count, formatNumber } from '../numbers.ts';

export const networks = {
  title: 'Networks',
  filter: 'Filter networks',
  filterHint: 'Name, kind or owner',
  byState: 'Show by state',
  all: (value: number) => `All ${formatNumber(value)}`,
  columns: {
    network: 'Network',
    context: 'Context',
    kind: 'Kind',
    state: 'State',
    pods: 'Pods',
    workloads: 'Workloads',
    managedBy: 'Managed by',
  },
  allWell: 'All is well.',
  inUse: (value: number) =>
    value === 0
      ? 'No network is in use.'
      : `${count(value, 'network')} ${value === 1 ? 'is' : 'are'} in use.`,
  wrong: (attention: number, missing: number) => {
    const parts = [];
    if (attention > 0) parts.push(`${count(attention, 'network')} ${attention === 1 ? 'needs' : 'need'} you`);
    if (missing > 0) parts.push(`${missing === 1 ? 'one is' : `${formatNumber(missing)} are`} missing`);
    if (attention === 0) return `${count(missing, 'network')} ${missing === 1 ? 'is' : 'are'} missing.`;
    return `${parts.join(', and ')}.`;
  },
  unknownKind: 'unknown: it does not exist',
  none: (context: string) => `${context} has no networks yet`,
  noneWhat:
    'This cluster can hold NetworkAttachmentDefinitions, but there are none. They appear here as soon as somebody makes one.',
  noneMatch: 'No network matches',
  noneMatchWhat: 'Nothing here holds these words in this state.',
  clear: 'Clear the filter',
  noneWatched: 'No context is watched',
  noneWatchedWhat:
    'Choose a context on the left and set its mode to Restore or Ask. Clusters that are off are never contacted.',
  isOff: (context: string) => `${context} is off`,
  isOffWhat:
    'NetKeeper does not contact this cluster. Watch it, and networks that are deleted while in use come back.',
  watch: 'Watch and restore',
  watchAndAsk: 'Watch and ask',
  connecting: (context: string) => `Connecting to ${context}`,
  reading: (context: string) => `Reading ${context}`,
  noContexts: 'No clusters known',
  noContextsWhat:
    'NetKeeper found no kubeconfig, or none that names a context. It looks at KUBECONFIG, then at ~/.kube/config, and at the files named in the settings.',
  addFile: 'Name a kubeconfig file',
  lookAgain: 'Look again',
  noCrd: (context: string) => `${context} has no NetworkAttachmentDefinitions`,
  failed: (context: string, phase: ContextView['phase']) =>
    phase === 'reconnecting' ? `The connection to ${context} is lost` : `${context} cannot be watched`,
  shownIsFrom: 'What is shown was so',
  troubled: (value: number) => `${count(value, 'context')} cannot be watched at the moment:`,
  clusterRole: 'The rights it needs',
  clusterRoleWhat: 'A cluster administrator can apply this, with the name of the user filled in:',
  trust: 'Allow this command',
} as const;
