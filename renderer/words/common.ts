import type { ContextMode } from '../../main/contract/contexts.ts';
import { count } from '../numbers.ts';
import { modeMeanings, modes } from './states.ts';

export const product = 'NetKeeper';
export const views = {
  networks: 'Networks',
  map: 'Map',
  activity: 'Activity',
  settings: 'Settings',
} as const;

export const time = {
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
  shortDays: (value: number) => `${value} d`,
  shortYears: (value: number) => `${value} y`,
} as const;

export const actions = {
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Retry',
  restore: 'Restore',
  letGo: 'Let go',
  undo: 'Undo',
  deleteAgain: 'Delete it again',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser does not let this window copy',
  copyFailedRemedy: 'Select the text and copy it with the keyboard.',
  dismiss: 'Dismiss',
  add: 'Add',
  lookAgain: 'Look again',
  remove: 'Remove',
} as const;

export const table = {
  selectAll: 'Select all rows',
} as const;

export const picker = {
  /** What a button says that shows what is picked: `Type: bridge`. */
  picked: (label: string, value: string) => `${label}: ${value}`,
  find: (label: string) => `Find in ${label.toLowerCase()}`,
  nothing: 'None has these letters.',
  more: (value: number) => `${count(value, 'more', 'more')}: add a letter to find them.`,
} as const;

export const confirm = {
  restore: (network: string, context: string) => `Restore ${network} on ${context}?`,
  restoreWhat: (users: string) => `NetKeeper creates it again from the last copy that it knows. ${users}`,
  letGo: (network: string, context: string) => `Let go of ${network} on ${context}?`,
  letGoWhat: (users: string) =>
    `It stays away, NetKeeper forgets its copy, and you are not asked about it again. ${users}`,
  undo: (network: string, context: string) => `Delete ${network} on ${context} again?`,
  undoWhat: (users: string) =>
    `NetKeeper brought it back and deletes it now from the cluster; it stays away after that. ${users}`,
  mode: (context: string, mode: ContextMode) => `Change ${context} to ${modes[mode]}?`,
  modeWhat: (mode: ContextMode) => `This cluster is protected. ${modeMeanings[mode]}`,
  change: (mode: ContextMode) => `Change to ${modes[mode]}`,
} as const;

/** `14 pods use it and 1 workload refers to it.` */
export function users(podCount: number, workloads: number): string {
  if (podCount === 0 && workloads === 0) return 'Nothing uses it.';
  const parts = [];
  if (podCount > 0) parts.push(`${count(podCount, 'pod')} ${podCount === 1 ? 'uses' : 'use'} it`);
  if (workloads > 0)
    parts.push(`${count(workloads, 'workload')} ${workloads === 1 ? 'refers' : 'refer'} to it`);
  return `${parts.join(' and ')}.`;
}
