import type { Forecast } from '../../main/contract/networks.ts';
import { count, formatNumber } from '../numbers.ts';

export const detail = {
  label: 'Network',
  close: 'Close the details',
  loading: 'Reading the details',
  stale: 'The details could not be read again; this is what they were.',

  kind: 'Kind',
  parent: 'Rides on',
  managedBy: 'Managed by',
  created: 'Created',
  usedIn: 'Used in',

  ifDeleted: 'If it were deleted',
  whileGone: 'While it is gone',
  forecasts: {
    restore: 'NetKeeper would bring it back at once',
    ask: 'You would be asked whether it comes back',
    waitForOwner: 'NetKeeper would give its owner time to make it again, and then ask you',
    letGo: 'It would stay away',
    hold: 'It would stay away until you decide',
  } satisfies Readonly<Record<Forecast['action'], string>>,
  couldNotStart: (who: string) => `${who} could not start again without it.`,
  cannotStart: (who: string) => `${who} cannot start without it.`,

  users: 'Used by',
  noUsers: 'Nothing uses it.',
  unknownUsers: 'Who uses it is not known while its cluster is not watched.',
  moreUsers: (value: number) => `and ${formatNumber(value)} more`,
  showMore: (rest: number, next: number) =>
    `${formatNumber(rest)} more are not shown: show ${next < rest ? `the next ${formatNumber(next)}` : 'them'}`,
  noPods: 'no pods now',
  pods: (value: number) => count(value, 'pod'),
  counts: (pods: number, workloads: number) =>
    [pods > 0 && count(pods, 'pod'), workloads > 0 && count(workloads, 'workload')]
      .filter(Boolean)
      .join(', '),
  asked: 'asked for',
  attached: 'attached',
  notAttached: 'asked, not reported as attached',
  notAsked: 'attached, no longer asked for',
  copyOf: (fact: string) => `Copy ${fact}`,
  copiedOf: (fact: string) => `Copied ${fact}`,

  config: 'Configuration',
  lastKnown: 'The last known one.',
  onNodes: 'None: it is configured on the nodes.',
  unknown: 'Not known.',
  notJson: 'Not valid JSON; shown as it is.',
  pretty: 'Pretty',
  raw: 'Raw',
  diff: 'Changes',
  look: 'How the configuration is shown',
  cut: (shown: number) => `Only the first ${formatNumber(shown)} characters are shown; Copy gives all of it.`,
  replaced:
    'Another network stands under this name now. What the old one had is marked −, what this one has +.',
  replacedSame: 'Another network stands under this name now, with the same configuration.',
  tooLong: 'Too long to be compared line by line.',
  before: 'Before',
  now: 'Now',
  added: 'added',
  removed: 'removed',
  omitted: (value: number) => count(value, 'unchanged line'),

  copyWhat: 'Copy the network',
  copyYaml: 'Copy as YAML',
  copyGet: 'Copy the kubectl command that shows it',
  copyApply: 'Copy the kubectl command that makes it',
  copyName: 'Copy the name',

  missing: 'What you can do',
  missingHow:
    'Apply the manifest of this network, or change what refers to it: the annotation of the pods, or of the workloads named below.',
  sameName: 'There are networks of this name elsewhere; perhaps one of them is meant:',
  on: 'on',
  starter: 'To start from; put the type of the network in place of TYPE, and what that type needs:',
  copyStarter: 'Copy the manifest',

  history: 'History',
  noHistory: 'Nothing has happened to it since NetKeeper watches.',
} as const;

/** Who a sentence is about: `12 pods of 2 workloads and 1 single pod`; '' for nobody. */
export function whoNeedsIt(who: {
  readonly ownedPods: number;
  readonly workloads: number;
  readonly singlePods: number;
  readonly idleWorkloads: number;
}): string {
  const { ownedPods, workloads, singlePods, idleWorkloads } = who;
  const parts: string[] = [];
  if (ownedPods > 0)
    parts.push(`${count(ownedPods, 'pod')} of ${count(workloads - idleWorkloads, 'workload')}`);
  if (singlePods > 0) parts.push(count(singlePods, ownedPods > 0 ? 'single pod' : 'pod'));
  if (idleWorkloads > 0) {
    const idle = count(idleWorkloads, parts.length > 0 ? 'other workload' : 'workload');
    parts.push(`${parts.length > 0 ? 'any' : 'Any'} new pod of ${idle}`);
  }
  return parts.length < 3 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
