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
} as const;
