/** The words of the catalogue for what the contract tells by a code. */
import type { ContextMode, ContextView } from '../../main/contract/contexts.ts';
import type { JournalEvent } from '../../main/contract/journal.ts';
import type { NetworkUserView } from '../../main/contract/networks.ts';
import type { NOTIFIED_EVENTS, Settings } from '../../main/contract/settings.ts';
import type { ShownState, StateGroup } from '../state/networks.ts';

export const states: Readonly<Record<ShownState, string>> = {
  inUse: 'In use',
  unused: 'Unused',
  deleting: 'Being deleted',
  restoring: 'Being restored',
  restored: 'Brought back',
  asked: 'Asks you',
  held: 'Held',
  failed: 'Failed',
  letGo: 'Let go',
  missing: 'Missing',
  stray: 'Stray',
};

/** What each state means, in a sentence, for the detail panel. */
export const meanings: Readonly<Record<ShownState, string>> = {
  inUse: 'It is there.',
  unused: 'It is there, and nothing uses it.',
  deleting:
    'Somebody deleted it, and it waits for its finalizers. If it is in use when it goes, it comes back.',
  restoring: 'It was deleted while in use and is being created again.',
  restored: 'It was deleted while in use and is there again.',
  asked: 'It is gone. Whether it comes back is for you to say.',
  held: 'It was brought back again and again, and each time somebody deleted it. It stays away until you decide.',
  failed: 'It is gone and could not be brought back.',
  letGo: 'It is gone and stays away.',
  missing: 'Something refers to it, it does not exist, and no copy of it is known.',
  stray: 'It was brought back, and its last user has gone since. Delete it if it is not wanted.',
};

export const groups: Readonly<Record<StateGroup, string>> = {
  attention: 'Need you',
  missing: 'Missing',
  deleting: 'Under way',
  inUse: 'In use',
  unused: 'Unused',
  letGo: 'Let go',
};

export const events: Readonly<Record<JournalEvent, string>> = {
  deleting: 'Being deleted',
  deleted: 'Deleted',
  restored: 'Brought back',
  asked: 'Asked',
  letGo: 'Let go',
  stray: 'Stray',
  held: 'Held',
  failed: 'Failed',
  missing: 'Missing',
};

export const notified: Readonly<Record<(typeof NOTIFIED_EVENTS)[number], string>> = {
  restored: 'A network was brought back',
  asked: 'A network is gone and you are asked',
  failed: 'A network could not be brought back',
  held: 'A network is held because somebody keeps deleting it',
  stray: 'A network that was brought back is no longer used',
  missing: 'A network is referred to but does not exist',
};

export const phases: Readonly<Record<ContextView['phase'], string>> = {
  off: 'Off',
  connecting: 'Connecting',
  syncing: 'Reading',
  watching: 'Watching',
  reconnecting: 'Reconnecting',
  failed: 'Failed',
};

export const modes: Readonly<Record<ContextMode, string>> = { restore: 'Restore', ask: 'Ask', off: 'Off' };

export const modeMeanings: Readonly<Record<ContextMode, string>> = {
  restore: 'Networks that are deleted while in use are brought back at once.',
  ask: 'Networks that are deleted while in use stay away until you say Restore.',
  off: 'The cluster is not contacted, and nothing is brought back.',
};

export const themes: Readonly<Record<Settings['theme'], string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
};

export const userKinds: Readonly<Record<NetworkUserView['kind'], string>> = {
  Pod: 'Pod',
  Deployment: 'Deployment',
  StatefulSet: 'StatefulSet',
  DaemonSet: 'DaemonSet',
  ReplicaSet: 'ReplicaSet',
  Job: 'Job',
  CronJob: 'CronJob',
  VirtualMachine: 'Virtual machine',
};
