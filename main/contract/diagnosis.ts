import { z } from 'zod';

/** One thing that a watch needs, and how it is. */
export const checkSchema = z.strictObject({
  /** What was looked at, in a few words, such as `Credentials`. */
  title: z.string(),
  /** `skipped`: could not be looked at, because something before it failed. */
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** What was found, as a sentence. */
  message: z.string(),
  /** What helps; absent where nothing is needed. */
  remedy: z.string().optional(),
});
export type Check = z.infer<typeof checkSchema>;

/** What a look at one context found, in the order in which it was looked at. */
export const diagnosisSchema = z.strictObject({
  context: z.string(),
  checks: z.array(checkSchema),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
