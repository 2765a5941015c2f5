import * as z from "zod/mini";

z.config({ jitless: true });

/** What our own exports say of the whole recording, in `log._hopscope`. */
export const ownLogSchema = z.object({
  format: z.literal(1),
  /** Milliseconds since the epoch: the time as of which the recording was diagnosed. */
  asOf: z.number(),
  session: z.optional(z.string().check(z.maxLength(100))),
  /** Counts of the recording that this file was made from. */
  entries: z.object({ read: z.number(), used: z.number(), setAside: z.number(), unreadable: z.number() }),
  /** Observations that belong to no request: tab events, gaps. */
  observations: z.array(z.unknown()),
});
export type OwnLog = z.infer<typeof ownLogSchema>;

/** What our own exports say of one entry, in `_hopscope`. */
export const ownEntrySchema = z.object({
  /** The redacted observations that the entry was written from. */
  observations: z.array(z.unknown()),
});
