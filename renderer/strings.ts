import * as activityWords from './words/activity.ts';
import * as common from './words/common.ts';
import { detail } from './words/detail.ts';
import { empty } from './words/empty.ts';
import * as frame from './words/frame.ts';
import { map } from './words/map.ts';
import { networks } from './words/networks.ts';
import { palette } from './words/palette.ts';
import { settings } from './words/settings.ts';
import * as states from './words/states.ts';

/**
 * Every word that the window says of its own accord, in one catalogue: another language is another set of these
 * files. The rest are the main process's sentences and clusters' names.
 */
export const strings = {
  ...activityWords,
  ...common,
  ...frame,
  ...states,
  detail,
  empty,
  map,
  networks,
  palette,
  settings,
} as const;
