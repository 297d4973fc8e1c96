import { z } from 'zod';

/** What the user wants for a context. `off`: not connected at all. */
export const modeSchema = z.enum(['restore', 'ask', 'off']);
export type ContextMode = z.infer<typeof modeSchema>;

export const COLOURS = ['blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink', 'grey'] as const;

/** What went wrong with a context, in words, with what helps. */
export const problemSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});

/** How a person wants a context shown. */
export const contextLookSchema = z.strictObject({
  /** Shown in place of the kubeconfig's name. */
  label: z.string().trim().min(1).max(100).optional(),
  colour: z.enum(COLOURS).optional(),
  group: z.string().trim().min(1).max(100).optional(),
});

/** One context of the kubeconfig files. Holds no credential, and of the server only its address. */
export const contextSchema = contextLookSchema.extend({
  /** Kubeconfig file and name: what commands name it by. */
  id: z.string(),
  name: z.string(),
  file: z.string(),
  server: z.string(),
  mode: modeSchema,
  phase: z.enum(['off', 'connecting', 'syncing', 'watching', 'reconnecting', 'failed']),
  problem: problemSchema.optional(),
  /** kubectl's current context. */
  isCurrent: z.boolean(),
  /** "Production": its mode changes only with a confirmation. */
  isProtected: z.boolean(),
  /** Objects read so far while it is syncing. */
  itemsRead: z.int().nonnegative(),
  /** Until when what is shown was known to be so, in ms since the epoch; undefined while it is live. */
  staleSince: z.number().optional(),
  networks: z.int().nonnegative(),
  inUse: z.int().nonnegative(),
  missing: z.int().nonnegative(),
  /** Networks about which a person has to do something: asked, held, failed. */
  attention: z.int().nonnegative(),
});
export type ContextView = z.infer<typeof contextSchema>;
export type Problem = z.infer<typeof problemSchema>;
