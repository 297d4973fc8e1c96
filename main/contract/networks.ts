import { z } from 'zod';
import { journalEntrySchema } from './journal.ts';

export const userKindSchema = z.enum([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'VirtualMachine',
]);

/** Names a network in one context. */
export const networkNameSchema = z.strictObject({
  context: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/**
 * inUse and unused are there; deleting waits for its finalizers; restoring, asked, held, failed and letGo are gone
 * and being dealt with; missing is referred to, gone, and no copy of it is known.
 */
export const networkStateSchema = z.enum([
  'inUse',
  'unused',
  'deleting',
  'restoring',
  'asked',
  'held',
  'failed',
  'letGo',
  'missing',
]);
export type NetworkState = z.infer<typeof networkStateSchema>;

export const networkSchema = networkNameSchema.extend({
  state: networkStateSchema,
  /** Its configuration in words; undefined for a missing one. */
  summary: z.string().optional(),
  pods: z.int().nonnegative(),
  workloads: z.int().nonnegative(),
  /** Who makes and prunes it: an owner, Argo CD, Flux, Helm. */
  managedBy: z.string().optional(),
  createdAt: z.string().optional(),
});
export type NetworkView = z.infer<typeof networkSchema>;
export type NetworkName = z.infer<typeof networkNameSchema>;

export const attachmentSchema = z.strictObject({
  interface: z.string().optional(),
  ips: z.array(z.string()),
  mac: z.string().optional(),
  /** The pod asks for it; false where only the status tells of it. */
  isAsked: z.boolean(),
  /** The network plugin says that it is there. */
  isAttached: z.boolean(),
});

export const networkUserSchema = z.strictObject({
  kind: userKindSchema,
  namespace: z.string(),
  name: z.string(),
  attachments: z.array(attachmentSchema),
});

export const networkDetailSchema = z.strictObject({
  network: networkSchema,
  /** spec.config as it is, or the last known one. */
  config: z.string().optional(),
  users: z.array(networkUserSchema),
  /** Users beyond the first thousand are counted, not listed. */
  userCount: z.int().nonnegative(),
  history: z.array(journalEntrySchema),
});
export type NetworkDetail = z.infer<typeof networkDetailSchema>;
export type NetworkUserView = z.infer<typeof networkUserSchema>;
