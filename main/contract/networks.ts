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
  /** The CNI type, such as `macvlan`; undefined where the configuration names none. */
  type: z.string().optional(),
  /** What it stands on: an interface, a bridge, a pool of devices or a physical network. */
  parent: z.string().optional(),
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
  /** What made the pod, as far up as the pod itself tells: `Deployment`, `VirtualMachineInstance`, or anything. */
  owner: z.strictObject({ kind: z.string(), name: z.string() }).optional(),
  attachments: z.array(attachmentSchema),
});

/** What would be done if the network were deleted now. */
export const forecastSchema = z.strictObject({
  action: z.enum(['restore', 'ask', 'waitForOwner', 'letGo', 'hold']),
  /** A clause that fits after "because". */
  why: z.string(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const networkDetailSchema = z.strictObject({
  network: networkSchema,
  /** spec.config as it is, or the last known one. */
  config: z.string().optional(),
  /** spec.config of the network that stood under this name before another one did. */
  previousConfig: z.string().optional(),
  /** The object as it would be created, as YAML; undefined where no copy is known. */
  manifest: z.string().optional(),
  /** undefined for one that is not there. */
  ifDeleted: forecastSchema.optional(),
  /** What stands there was brought back in this run, and `undoRestore` deletes it again. */
  canUndo: z.boolean(),
  users: z.array(networkUserSchema),
  /** Users beyond the first thousand are counted, not listed. */
  userCount: z.int().nonnegative(),
  history: z.array(journalEntrySchema),
});
export type NetworkDetail = z.infer<typeof networkDetailSchema>;
export type NetworkUserView = z.infer<typeof networkUserSchema>;

/** Who uses which network in one context, for a picture of it. */
export const usageMapSchema = z.strictObject({
  /** Workloads with the pods that they made, and pods that nothing made. */
  users: z.array(
    z.strictObject({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      /** Living pods of it that use a network; for a pod itself 1. */
      pods: z.int().nonnegative(),
    }),
  ),
  links: z.array(
    z.strictObject({
      namespace: z.string(),
      name: z.string(),
      /** Index into `users`. */
      user: z.int().nonnegative(),
      /** Of its living pods; 0 where only the workload's template refers to the network. */
      attachments: z.int().nonnegative(),
    }),
  ),
  /** Users beyond the most that are told. */
  omittedUsers: z.int().nonnegative(),
});
export type UsageMap = z.infer<typeof usageMapSchema>;

/** A pod or workload that was looked for, with the networks that it names. */
export const foundUserSchema = z.strictObject({
  context: z.string(),
  kind: userKindSchema,
  namespace: z.string(),
  name: z.string(),
  networks: z.array(z.strictObject({ namespace: z.string(), name: z.string() })),
});
export type FoundUser = z.infer<typeof foundUserSchema>;

/** Users that a search gives. */
export const MOST_FOUND_USERS = 20;
/** Users that a usage map tells of. */
export const MOST_MAP_USERS = 5_000;
/** Networks whose manifests are given at once. */
export const MOST_MANIFESTS = 100;
