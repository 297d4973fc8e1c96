import type { ContextView } from '../../main/contract/contexts.ts';
import { count } from '../numbers.ts';
import { modes } from './states.ts';

/** What is said where there is nothing to show yet: a sentence, what it means, and what can be done. */
export const empty = {
  noKubeconfig: 'No kubeconfig was found',
  noKubeconfigWhat:
    'NetKeeper reads the files of KUBECONFIG, or ~/.kube/config, as kubectl does, and the files that you name in the settings.',
  lookedAt: 'It looked here:',
  noContexts: 'Your kubeconfig names no context',
  noContextsWhat:
    'A context says which cluster and which user belong together. NetKeeper notices when there is one.',
  unreadable: (files: number) =>
    files === 1 ? 'A kubeconfig cannot be read' : `${count(files, 'kubeconfig')} cannot be read`,
  unreadableWhat: 'NetKeeper knows no cluster until that is mended, and notices when it is.',
  addFile: 'Name a kubeconfig file',
  demo: 'Try it on demo clusters',
  demoWhat:
    'Two clusters inside the program play what happens when networks are deleted. Nothing of yours is read or touched.',
  demoCommand: 'npm run demo',
  isDemo: 'These are demo clusters inside the program. Nothing here is real.',

  noneWatched: 'No context is watched',
  noneWatchedWhat:
    'Clusters that are off are never contacted. Watch one, and networks that are deleted there while in use come back.',
  watchCurrent: (context: string) => `Watch ${context} and restore`,
  watchCurrentAndAsk: (context: string) => `Watch ${context} and ask`,
  currentWhat: (context: string) => `${context} is the context that kubectl uses now.`,
  chooseOther: 'Each other context is watched as soon as its mode is Restore or Ask.',

  isOff: (context: string) => `${context} is off`,
  isOffWhat:
    'NetKeeper does not contact this cluster. Watch it, and networks that are deleted while in use come back.',
  watch: 'Watch and restore',
  watchAndAsk: 'Watch and ask',
  connecting: (context: string) => `Connecting to ${context}`,
  waiting: 'Waiting for the first answer',
  reading: (context: string) => `Reading ${context}`,
  readingWhat:
    'Networks, and the pods and workloads that may use them, are read once; after that only what changes.',
  itemsRead: (value: number) => `${count(value, 'object')} so far`,
  noNetworks: (context: string) => `${context} has no networks yet`,
  noNetworksWhat:
    'This cluster can hold NetworkAttachmentDefinitions, but there are none. They appear here as soon as somebody makes one.',

  lost: (context: string) => `The connection to ${context} is lost`,
  unreachable: (context: string) => `${context} cannot be reached`,
  credentials: (context: string) => `NetKeeper cannot log in to ${context}`,
  forbidden: (context: string) => `You may not watch ${context}`,
  forbiddenWhat: 'The cluster answers, but does not let this user see what a watch needs.',
  noCrd: (context: string) => `${context} has no NetworkAttachmentDefinitions`,
  noCrdWhat:
    'NetKeeper waits for them and looks again by itself: install Multus, or the CRD alone, if this cluster is to have them. If it is not, turn the context off.',
  badKubeconfig: (context: string) => `The kubeconfig's entry of ${context} cannot be used`,
  untrusted: (context: string) => `${context} wants to run a command`,
  untrustedWhat:
    'A kubeconfig can name a command that gets the credentials. It runs on this machine with all your rights, so you are asked once for each file.',
  failed: (context: string) => `${context} cannot be watched`,
  trust: 'Allow this command',
  turnOff: 'Turn it off',
  showRights: 'Show the rights',

  someContexts: (value: number) => `No networks in ${count(value, 'context')}`,
  someContextsWhat: 'How each of them is:',
  shownIsFrom: 'What is shown was so',
  troubled: (value: number) => `${count(value, 'context')} cannot be watched at the moment:`,
  noNetworksShort: 'No networks yet',
  offShort: `${modes.off}: not contacted`,

  rights: 'The rights it needs',
  rightsWhat: 'For a cluster administrator to apply with kubectl apply -f:',
  rightsFor: 'For',
  everywhere: 'All namespaces',
  oneNamespace: 'One namespace',
  user: 'Name of the user',
  userHint: 'As the cluster calls it',
  namespace: 'Namespace',
  namespaceWhat:
    'Bind it like that in each namespace. Single namespaces are watched from the command line; pods of other namespaces are not seen then:',
} as const;

/** What went wrong with a context, by the code of the problem. */
export function problemTitle(code: string | undefined, phase: ContextView['phase'], context: string): string {
  if (phase === 'reconnecting') return empty.lost(context);
  switch (code) {
    case 'unreachable':
      return empty.unreachable(context);
    case 'credentials':
      return empty.credentials(context);
    case 'forbidden':
      return empty.forbidden(context);
    case 'noNadCrd':
      return empty.noCrd(context);
    case 'badKubeconfig':
      return empty.badKubeconfig(context);
    case 'untrustedPlugin':
      return empty.untrusted(context);
    default:
      return empty.failed(context);
  }
}
