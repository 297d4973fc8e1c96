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
    type: 'Type',
    parent: 'Stands on',
    state: 'State',
    pods: 'Pods',
    workloads: 'Workloads',
    managedBy: 'Managed by',
    age: 'Age',
  },
  chooseColumns: 'Columns',
  resetColumns: 'As they were at first',
  noRoom: 'no room now',
  state: 'State',
  anyState: 'All states',
  type: 'Type',
  anyType: 'All types',
  noType: 'No type',
  namespace: 'Namespace',
  anyNamespace: 'All namespaces',
  noNamespace: 'No namespace',
  matching: (shown: number, all: number) => `${formatNumber(shown)} of ${count(all, 'network')}`,
  missingKind: 'Referred to, not there: apply its manifest',
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
  none: (context: string) => `${context} has no networks yet`,
  noneWhat:
    'This cluster can hold NetworkAttachmentDefinitions, but there are none. They appear here as soon as somebody makes one.',
  noneMatch: 'No network matches',
  noneMatchWhat: 'Nothing here holds these words and is of this state, type and namespace.',
  clear: 'Clear the filters',
  selection: 'Selected networks',
  selected: (value: number, hidden: number) =>
    hidden === 0
      ? `${formatNumber(value)} selected`
      : `${formatNumber(value)} selected, ${formatNumber(hidden)} of them not shown`,
  clearSelection: 'Clear',
  copyYaml: 'Copy as YAML',
  copyNames: 'Copy names',
  copied: (value: number) => `Copied ${count(value, 'network')}`,
  copiedNames: (value: number) => `Copied ${count(value, 'name')}`,
  notCopied: {
    message: 'The clipboard could not be written to',
    remedy: 'Export the networks as a file instead.',
  },
  export: 'Export',
  exportAll: (value: number) => `Export ${count(value, 'network')}`,
  exportYaml: 'As YAML, to apply again',
  exportJson: 'As JSON',
  exportCsv: 'As CSV, for a spreadsheet',
  readingManifests: (done: number, total: number) =>
    `Reading ${formatNumber(done)} of ${count(total, 'network')}`,
  saved: (fileName: string) => `Saved ${fileName}`,
  onContext: (context: string) => `On ${context}:`,
  noCopy: (network: string, context: string) => `${network} on ${context}: no copy of it is known.`,
  restore: (value: number) => (value === 1 ? 'Restore one' : `Restore ${formatNumber(value)}`),
  restoring: (done: number, total: number) => `Restoring ${formatNumber(done)} of ${count(total, 'network')}`,
  restoreMany: (value: number, contexts: readonly string[]) =>
    contexts.length === 1
      ? `Restore ${count(value, 'network')} on ${contexts.join()}?`
      : `Restore ${count(value, 'network')} on ${count(contexts.length, 'cluster')}?`,
  restoreManyWhat: 'NetKeeper creates them again from the last copies that it knows:',
  restoreOne: (network: string, context: string, users: string) => `${network} on ${context}. ${users}`,
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
