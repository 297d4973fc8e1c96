import type { Check } from '../../main/contract/diagnosis.ts';
import { count, formatNumber } from '../numbers.ts';

export const settings = {
  title: 'Settings',
  loading: 'Opening the settings',
  sections: 'Parts of the settings',
  contexts: 'Contexts',
  files: 'Kubeconfig files',
  keeping: 'Keeping networks',
  notifications: 'Notifications',
  appearance: 'Appearance',
  start: 'Start',
  data: 'Data folder',
  diagnostics: 'Diagnostics',
  about: 'About',

  contextsWhat: 'How each context is shown and kept. Drag one, or use its menu, to change the order.',
  noContexts: 'No contexts are known.',
  findContext: 'Find a context',
  findContextHint: 'Name, group or server',
  noneMatch: 'No context has these words in its name, group or server.',
  drag: (context: string) => `Drag ${context}`,
  move: (context: string) => `Move ${context}`,
  moveUp: 'Move up',
  moveDown: 'Move down',
  moveFirst: 'Move to the top',
  moveLast: 'Move to the bottom',
  moved: (context: string, place: number, of: number) =>
    `${context} is now number ${formatNumber(place)} of ${formatNumber(of)}.`,
  showFields: (context: string) => `Settings of ${context}`,
  mode: 'Mode',
  label: 'Name shown',
  colour: 'Colour',
  noColour: 'None',
  group: 'Group',
  isProtected: 'Protected',
  isProtectedWhat: 'Its name is coloured everywhere, and its mode changes only with a confirmation.',
  notify: 'Notifications',
  notifyWhat: 'Tell of what happens here, as far as notifications are on.',
  muted: 'No notifications',
  server: 'Server',
  inFile: 'File',
  named: 'In the kubeconfig',

  filesWhat:
    'Your own kubeconfig is read first: the files of KUBECONFIG, or ~/.kube/config. The files that you add follow, in this order.',
  demoFiles: 'The demo reads no kubeconfig.',
  file: 'Path of a kubeconfig file',
  fileHint: '/home/me/cluster.yaml',
  fileIsThere: 'This file is in the list already.',
  fileIsRelative: 'Give the whole path, from the root of the disk.',
  noFiles: 'No file was looked at.',
  removeFile: (file: string) => `Remove ${file}`,
  own: 'Your own',
  added: 'Added',
  fileStates: {
    read: 'Read',
    partly: 'Read, with problems',
    unreadable: 'Cannot be read',
    absent: 'Not there',
    unknown: 'Not looked at yet',
  },
  contextsFound: (value: number) => count(value, 'context'),

  fightLimit: 'Stop bringing a network back after',
  fightLimitUnit: 'times within ten minutes',
  fightLimitWhat: 'Somebody keeps deleting it then. It is held until you decide.',
  oldCopyDays: 'Ask before bringing back a network last seen more than',
  oldCopyDaysUnit: 'days ago',
  oldCopyDaysWhat: 'It was deleted while nobody watched, and its copy may be out of date.',

  notificationsOn: 'Show notifications',
  doNotDisturb: 'Do not disturb',
  doNotDisturbWhat: 'Nothing pops up; the window and the activity tell as always.',
  kinds: 'Tell me when',

  theme: 'Theme',
  zoom: 'Text and everything else grow and shrink with Ctrl and + or −; Ctrl 0 is the normal size.',
  zoomMac: 'Text and everything else grow and shrink with ⌘ and + or −; ⌘0 is the normal size.',
  autostart: 'Start when I log in',
  autostartWhat: 'It starts in the tray, without a window.',

  dataWhat: 'Settings, activity and copies of networks are kept here, readable by you alone.',
  noData: 'Nothing is kept on disk.',
  noDataWhat: 'Settings and activity are forgotten when NetKeeper ends.',

  diagnosticsWhat:
    'Looks, step by step, at what a watch of a context needs. It only reads. A cluster that is off is not asked.',
  othersToFind: (value: number) => `${count(value, 'more', 'more')} to find by a word`,
  diagnose: 'Diagnose',
  diagnoseOne: (context: string) => `Diagnose ${context}`,
  diagnoseAgain: 'Diagnose again',
  diagnoseAgainOne: (context: string) => `Diagnose again: ${context}`,
  diagnosing: 'Looking, at most half a minute',
  diagnosisOf: (context: string) => `What was found on ${context}`,
  found: (failed: number, warnings: number) => {
    if (failed === 0 && warnings === 0) return 'Nothing is wrong.';
    const parts = [];
    if (failed > 0) parts.push(`${formatNumber(failed)} failed`);
    if (warnings > 0) parts.push(count(warnings, 'warning'));
    return `${parts.join(', ')}.`;
  },
  noChecks: 'Nothing was looked at.',
  checkStates: {
    ok: 'Good',
    warning: 'Warning',
    failed: 'Failed',
    skipped: 'Not looked at',
  } satisfies Record<Check['status'], string>,
  report: 'Troubleshooting report',
  reportWhat:
    'It holds no secret: no token, key, password or certificate, and no output of a credential plugin. It names your clusters, their servers and networks; read it before you pass it on.',
  copyReport: 'Copy troubleshooting report',
  saveReport: 'Save it',
  readReport: 'What was copied or saved',

  version: (version: string) => `NetKeeper ${version}`,
  aboutWhat:
    'Brings back Kubernetes networks (NetworkAttachmentDefinitions) that were deleted while something uses them.',
  licence: 'Free software under the Apache License 2.0.',
  network: 'It talks to your clusters, and to nothing else.',

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
} as const;
