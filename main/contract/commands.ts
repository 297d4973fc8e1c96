import { z } from 'zod';
import { contextLookSchema, modeSchema } from './contexts.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { journalEntrySchema } from './journal.ts';
import {
  foundUserSchema,
  MOST_MANIFESTS,
  networkDetailSchema,
  networkNameSchema,
  usageMapSchema,
} from './networks.ts';
import { settingsChangeSchema } from './settings.ts';
import { snapshotSchema } from './updates.ts';

const done = z.null();
const context = z.strictObject({ context: z.string() });

/** Every command that a window can give: what it takes and what it gives. Nothing else crosses. */
export const COMMANDS = {
  /** All that a window shows; updates follow from there. */
  snapshot: { args: z.strictObject({}), result: snapshotSchema },
  networkDetail: { args: networkNameSchema, result: networkDetailSchema },
  /** Who uses which network in a context. */
  usageMap: { args: context, result: usageMapSchema },
  /** Pods and workloads whose `namespace/name` holds every word, in all contexts that are watched. */
  findUsers: { args: z.strictObject({ words: z.string().max(300) }), result: z.array(foundUserSchema) },
  /** Networks as YAML, in the order asked; without `manifest` where no copy is known. */
  manifests: {
    args: context.extend({
      networks: z
        .array(z.strictObject({ namespace: z.string(), name: z.string() }))
        .min(1)
        .max(MOST_MANIFESTS),
    }),
    result: z.array(
      z.strictObject({ namespace: z.string(), name: z.string(), manifest: z.string().optional() }),
    ),
  },
  /** Entries older than `before` (an id), the newest first. */
  journal: {
    args: z.strictObject({ before: z.int().nonnegative().optional(), limit: z.int().min(1).max(500) }),
    result: z.array(journalEntrySchema),
  },
  /** A protected context's mode changes only with `isConfirmed`. */
  setMode: {
    args: context.extend({ mode: modeSchema, isConfirmed: z.boolean().optional() }),
    result: done,
  },
  /** Tries a context again at once, whatever it waits for. */
  retryContext: { args: context, result: done },
  setContextLook: { args: context.extend({ look: contextLookSchema }), result: done },
  setProtected: { args: context.extend({ isProtected: z.boolean() }), result: done },
  setMuted: { args: context.extend({ isMuted: z.boolean() }), result: done },
  /** The user has seen the command that this context's kubeconfig wants to run, and allows it. */
  trustPlugin: { args: context, result: done },
  /** Brings a network back from its copy because a person asks for it now. */
  restoreNetwork: { args: networkNameSchema, result: done },
  /** Lets a network that is gone stay away, even if something still refers to it. */
  letGoNetwork: { args: networkNameSchema, result: done },
  /**
   * Deletes again what was brought back in this run: the one command that deletes. The person has confirmed it
   * before a text that names cluster, network and users.
   */
  undoRestore: { args: networkNameSchema.extend({ isConfirmed: z.literal(true) }), result: done },
  /** Asks the cluster, step by step, what a watch needs: at most half a minute. */
  diagnose: { args: context, result: diagnosisSchema },
  /** All that helps to find a fault, with no secret in it, as text. */
  troubleshootingReport: {
    args: z.strictObject({}),
    result: z.strictObject({ fileName: z.string(), text: z.string() }),
  },
  /** `minutes` absent: until the user resumes. */
  pause: { args: z.strictObject({ minutes: z.int().min(1).max(1_440).optional() }), result: done },
  resume: { args: z.strictObject({}), result: done },
  changeSettings: { args: settingsChangeSchema, result: done },
  reloadKubeconfig: { args: z.strictObject({}), result: done },
  exportJournal: {
    args: z.strictObject({ format: z.enum(['json', 'csv']) }),
    result: z.strictObject({ fileName: z.string(), text: z.string() }),
  },
} as const;

export type Commands = typeof COMMANDS;
export type CommandName = keyof Commands;
export type CommandArgs<Name extends CommandName> = z.infer<Commands[Name]['args']>;
export type CommandResult<Name extends CommandName> = z.infer<Commands[Name]['result']>;

/** What a command gives back over the bridge: its result, or what went wrong with what helps. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly remedy: string };

export function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(COMMANDS, name);
}
