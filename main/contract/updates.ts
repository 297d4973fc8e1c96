import { z } from 'zod';
import { contextSchema } from './contexts.ts';
import { journalEntrySchema } from './journal.ts';
import { networkNameSchema, networkSchema } from './networks.ts';
import { settingsSchema } from './settings.ts';

/** Something that a person should see once, such as a damaged file that was put aside. */
export const noticeSchema = z.strictObject({ id: z.string(), message: z.string() });
export type Notice = z.infer<typeof noticeSchema>;

/** A kubeconfig file that was looked at, and what was found in it. */
export const kubeconfigFileSchema = z.strictObject({
  file: z.string(),
  /** `own`: KUBECONFIG or ~/.kube/config, or what the command line names; `added`: named in the settings. */
  source: z.enum(['own', 'added']),
  isThere: z.boolean(),
  contexts: z.int().nonnegative(),
  problems: z.array(z.string()),
});
export type KubeconfigFile = z.infer<typeof kubeconfigFileSchema>;

export const snapshotSchema = z.strictObject({
  version: z.string(),
  /** Update numbers count from here. */
  sequence: z.int().nonnegative(),
  /** In the order in which they are shown. */
  contexts: z.array(contextSchema),
  networks: z.array(networkSchema),
  /** The newest entries, newest first. */
  journal: z.array(journalEntrySchema),
  settings: settingsSchema,
  notices: z.array(noticeSchema),
  kubeconfigFiles: z.array(kubeconfigFileSchema),
  /** Where settings, journal and copies of networks are; absent where nothing is kept. */
  dataFolder: z.string().optional(),
  /** The clusters are demo clusters inside the program. */
  isDemo: z.boolean(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** What changed since the update before; parts that are absent did not. At most ten a second. */
export const updateSchema = z.strictObject({
  /** One more than the update's before; a gap means: ask for a snapshot. */
  sequence: z.int().positive(),
  /** All contexts, whenever one changed. */
  contexts: z.array(contextSchema).optional(),
  /** New and changed networks. */
  networks: z.array(networkSchema).optional(),
  goneNetworks: z.array(networkNameSchema).optional(),
  /** New entries, oldest first. */
  journal: z.array(journalEntrySchema).optional(),
  settings: settingsSchema.optional(),
  notices: z.array(noticeSchema).optional(),
  kubeconfigFiles: z.array(kubeconfigFileSchema).optional(),
});
export type Update = z.infer<typeof updateSchema>;

/** What a host tells a window unasked. */
export const windowEventSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('update'), update: updateSchema }),
  /** Show the journal at this entry, or one network: somebody clicked a notification or the tray. */
  z.strictObject({
    event: z.literal('show'),
    entry: z.int().nonnegative().optional(),
    network: networkNameSchema.optional(),
  }),
]);
export type WindowEvent = z.infer<typeof windowEventSchema>;
