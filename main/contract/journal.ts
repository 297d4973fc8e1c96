import { z } from 'zod';

/** What is worth keeping of what happened: everything about networks, nothing about phases. */
export const journalEventSchema = z.enum([
  'deleting',
  'deleted',
  'restored',
  'asked',
  'letGo',
  'stray',
  'held',
  'failed',
  'missing',
]);

/** Users that an entry names; the others are counted. */
export const MOST_JOURNAL_USERS = 10;

export const journalEntrySchema = z.strictObject({
  /** Counts up, across restarts. */
  id: z.int().nonnegative(),
  /** RFC 3339 */
  time: z.string(),
  context: z.string(),
  /** As it was called then. */
  contextName: z.string(),
  event: journalEventSchema,
  namespace: z.string(),
  name: z.string(),
  /** What happened and why, as a sentence. */
  message: z.string(),
  reason: z.string().optional(),
  by: z.enum(['self', 'other']).optional(),
  missed: z.boolean().optional(),
  tookMs: z.number().optional(),
  userCount: z.int().optional(),
  /** The first few of the users. */
  users: z
    .array(z.strictObject({ kind: z.string(), namespace: z.string(), name: z.string() }))
    .max(MOST_JOURNAL_USERS)
    .optional(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;
export type JournalEvent = z.infer<typeof journalEventSchema>;

export const MOST_JOURNAL_ENTRIES = 2_000;
