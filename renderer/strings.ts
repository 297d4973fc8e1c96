import type { ContextMode, ContextView } from '../main/contract/contexts.ts';
import { formatNumber } from './numbers.ts';
import * as words from './state-words.ts';

/** `1 pod`, `2,000 pods` */
const count = (value: number, one: string, many = `${one}s`) =>
  `${formatNumber(value)} ${value === 1 ? one : many}`;

const networks = (value: number) => count(value, 'network');
const pods = (value: number) => count(value, 'pod');

/** Every word that the window says of its own accord. The rest are the main process's sentences and clusters' names. */
export const strings = {
  ...words,
  product: 'NetKeeper',
  views: { networks: 'Networks', activity: 'Activity', settings: 'Settings' },
  time: {
    now: 'just now',
    unknown: 'at an unknown time',
    today: 'Today',
    yesterday: 'Yesterday',
    ago: (duration: string) => `${duration} ago`,
    milliseconds: (value: number) => `${value} ms`,
    seconds: (value: number) => `${value} s`,
    minutes: (value: number) => `${value} min`,
    hours: (value: number) => `${value} h`,
    days: (value: number) => count(value, 'day'),
  },
  actions: {
    cancel: 'Cancel',
    close: 'Close',
    retry: 'Retry',
    restore: 'Restore',
    letGo: 'Let go',
    copy: 'Copy',
    copied: 'Copied',
    dismiss: 'Dismiss',
    add: 'Add',
    remove: 'Remove',
  },
  frame: {
    main: 'Main',
    contexts: 'Contexts',
    all: 'All watched contexts',
    allShort: 'All contexts',
    current: 'current',
    currentHint: "kubectl's current context",
    protected: 'Protected',
    protectedHint: 'Protected: its mode changes only with a confirmation',
    mode: (context: string) => `Mode of ${context}`,
    itemsRead: (value: number) => `${count(value, 'object')} so far`,
    needYou: (value: number) => (value === 1 ? '1 needs you' : `${formatNumber(value)} need you`),
    missing: (value: number) => `${formatNumber(value)} missing`,
    inUse: (value: number) => `${formatNumber(value)} in use`,
    waiting: 'Waiting for the CRD',
    skip: 'Skip to the main part',
    latest: 'What happened last',
    allActivity: 'All activity',
    newEntries: (value: number) => `${count(value, 'new entry', 'new entries')} in the activity`,
  },
  pause: {
    pause: 'Pause',
    choose: 'Pause all contexts',
    resume: 'Resume',
    minutes: (value: number) => (value < 60 ? `For ${value} minutes` : `For ${count(value / 60, 'hour')}`),
    untilResumed: 'Until I resume',
    paused: 'Paused: nothing is brought back until you resume',
    pausedUntil: (time: string) => `Paused until ${time}: nothing is brought back`,
  },
  connection: {
    loading: 'Asking NetKeeper for what it knows',
    lost: 'The connection to NetKeeper is lost. What you see may be old.',
    refused: 'This window may not talk to NetKeeper',
    refusedRemedy:
      'Open the address that NetKeeper printed when it started; it holds a key that is good for this run only.',
    noAnswer: 'NetKeeper did not answer.',
    badAnswer: 'NetKeeper answered with something that this window does not understand.',
    badAnswerRemedy:
      'Reload the window; if that does not help, the window and NetKeeper are of different versions.',
    noAnswerRemedy: 'See whether it is still running where you started it.',
    tryNow: 'Try now',
  },
  confirm: {
    restore: (network: string, context: string) => `Restore ${network} on ${context}?`,
    restoreWhat: (users: string) => `NetKeeper creates it again from the last copy that it knows. ${users}`,
    letGo: (network: string, context: string) => `Let go of ${network} on ${context}?`,
    letGoWhat: (users: string) =>
      `It stays away, NetKeeper forgets its copy, and you are not asked about it again. ${users}`,
    mode: (context: string, mode: ContextMode) => `Change ${context} to ${words.modes[mode]}?`,
    modeWhat: (mode: ContextMode) => `This cluster is protected. ${words.modeMeanings[mode]}`,
    change: (mode: ContextMode) => `Change to ${words.modes[mode]}`,
  },
  users: (podCount: number, workloads: number) => {
    if (podCount === 0 && workloads === 0) return 'Nothing uses it.';
    const parts = [];
    if (podCount > 0) parts.push(`${pods(podCount)} ${podCount === 1 ? 'uses' : 'use'} it`);
    if (workloads > 0)
      parts.push(`${count(workloads, 'workload')} ${workloads === 1 ? 'refers' : 'refer'} to it`);
    return `${parts.join(' and ')}.`;
  },
  networks: {
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
      value === 0 ? 'No network is in use.' : `${networks(value)} ${value === 1 ? 'is' : 'are'} in use.`,
    wrong: (attention: number, missing: number) => {
      const parts = [];
      if (attention > 0) parts.push(`${networks(attention)} ${attention === 1 ? 'needs' : 'need'} you`);
      if (missing > 0) parts.push(`${missing === 1 ? 'one is' : `${formatNumber(missing)} are`} missing`);
      if (attention === 0) return `${networks(missing)} ${missing === 1 ? 'is' : 'are'} missing.`;
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
  },
  detail: {
    label: 'Network',
    close: 'Close the details',
    config: 'Configuration',
    lastKnown: 'The last known one.',
    onNodes: 'None: it is configured on the nodes.',
    unknown: 'Not known.',
    notJson: 'Not valid JSON; shown as it is.',
    pretty: 'Pretty',
    raw: 'Raw',
    users: 'Used by',
    noUsers: 'Nothing uses it.',
    showUsers: (value: number) => `Show all ${formatNumber(value)}`,
    moreUsers: (value: number) => `and ${formatNumber(value)} more`,
    notAttached: 'not reported as attached',
    notAsked: 'attached, no longer asked for',
    history: 'History',
    noHistory: 'Nothing has happened to it since NetKeeper watches.',
    kind: 'Kind',
    managedBy: 'Managed by',
    created: 'Created',
    loading: 'Reading the details',
  },
  activity: {
    title: 'Activity',
    none: 'Nothing has happened yet',
    noneWhat: 'Deletions, and what was done about them, are kept here with the reason.',
    noneMatch: 'Nothing of this kind',
    noneMatchWhat: 'No entry in what is shown here is of the kinds chosen.',
    showAll: 'Show all kinds',
    byKind: 'Show by kind',
    all: 'All kinds',
    older: 'Show older entries',
    noOlder: 'These are all.',
    export: 'Export',
    exportJson: 'As JSON',
    exportCsv: 'As CSV',
    missed: 'while nobody watched',
    took: (duration: string) => `took ${duration}`,
    byOther: 'by somebody else',
  },
  settings: {
    title: 'Settings',
    notifications: 'Notifications',
    notificationsOn: 'Show notifications',
    doNotDisturb: 'Do not disturb',
    doNotDisturbWhat: 'Nothing pops up; the window and the activity tell as always.',
    kinds: 'Tell me when',
    contexts: 'Contexts',
    noContexts: 'No contexts are known.',
    label: 'Name shown',
    colour: 'Colour',
    noColour: 'None',
    group: 'Group',
    isProtected: 'Protected',
    notify: 'Notifications',
    keeping: 'Keeping',
    fightLimit: 'Stop bringing a network back after',
    fightLimitUnit: 'times within ten minutes',
    oldCopyDays: 'Ask before bringing back a network last seen more than',
    oldCopyDaysUnit: 'days ago',
    appearance: 'Appearance',
    theme: 'Theme',
    start: 'Start',
    autostart: 'Start when I log in',
    files: 'Kubeconfig files',
    filesWhat: 'Read besides your own kubeconfig, in this order.',
    file: 'Path of a kubeconfig file',
    noFiles: 'None besides your own.',
    removeFile: (file: string) => `Remove ${file}`,
    version: (version: string) => `NetKeeper ${version}`,
    colours: {
      blue: 'Blue',
      green: 'Green',
      amber: 'Amber',
      red: 'Red',
      violet: 'Violet',
      teal: 'Teal',
      pink: 'Pink',
      grey: 'Grey',
    },
  },
} as const;
