import { z } from 'zod';
import { contextLookSchema, modeSchema } from './contexts.ts';

/** What of a context is the user's to set; absent: never touched. */
export const contextSettingsSchema = contextLookSchema.extend({
  mode: modeSchema.optional(),
  isProtected: z.boolean().default(false),
  /** No notifications about this context. */
  isMuted: z.boolean().default(false),
});
export type ContextSettings = z.infer<typeof contextSettingsSchema>;

/** The kinds of notification there are; `missedAtStart` is the one summary after a start. */
export const NOTIFIED_EVENTS = ['restored', 'asked', 'failed', 'held', 'stray', 'missing'] as const;

export const settingsSchema = z.strictObject({
  /** By context id. */
  contexts: z.record(z.string(), contextSettingsSchema).default({}),
  /** Context ids in the order in which they are shown; others follow as they are in the kubeconfig. */
  order: z.array(z.string()).default([]),
  /** Restored this often within ten minutes: somebody is fighting. */
  fightLimit: z.int().min(1).max(20).default(3),
  /** A missed deletion is asked about if its copy was last seen longer ago than this. */
  oldCopyDays: z.int().min(1).max(365).default(7),
  notifications: z
    .strictObject({
      isOn: z.boolean().default(true),
      /** Do not disturb: nothing pops up; the window and the journal tell as always. */
      doNotDisturb: z.boolean().default(false),
      mutedEvents: z.array(z.enum(NOTIFIED_EVENTS)).default([]),
    })
    .prefault({}),
  /** Start with the session of the user. */
  autostart: z.boolean().default(false),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Read besides the user's own kubeconfig, in this order. */
  kubeconfigFiles: z.array(z.string().min(1)).max(50).default([]),
  /** Kubeconfig files whose credential plugins the user has allowed to run. */
  trustedFiles: z.array(z.string().min(1)).default([]),
  /** Nothing is restored until then, in ms since the epoch; `never`: until the user resumes. */
  pausedUntil: z.union([z.number(), z.literal('never')]).optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** The settings that a window may change as they are; those of contexts have commands of their own. */
export const settingsChangeSchema = z.strictObject({
  order: z.array(z.string()).optional(),
  fightLimit: settingsSchema.shape.fightLimit.unwrap().optional(),
  oldCopyDays: settingsSchema.shape.oldCopyDays.unwrap().optional(),
  notifications: z
    .strictObject({
      isOn: z.boolean().optional(),
      doNotDisturb: z.boolean().optional(),
      mutedEvents: z.array(z.enum(NOTIFIED_EVENTS)).optional(),
    })
    .optional(),
  autostart: z.boolean().optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  kubeconfigFiles: z.array(z.string().min(1)).max(50).optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
