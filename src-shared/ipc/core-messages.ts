import { z } from 'zod';

/**
 * Messages between the shell and the core process that it forks. The token is made by the shell for each start
 * and travels only here and over the one IPC call of the page: never in a URL, an argument or the environment,
 * which other processes of the same user can read.
 */

/** First message to the core, sent once. */
const start = z.strictObject({
  type: z.literal('start'),
  /** Per-launch credential of the window: 32 random bytes, base64url. */
  token: z.string().min(43).max(128),
  /** Absolute path of the folder that holds the database and the evidence. */
  dataDir: z.string().min(1),
});

/** Asks the core to stop receivers, drain, commit and close; it answers by exiting with code 0. */
const stop = z.strictObject({ type: z.literal('stop') });

export const shellToCore = z.discriminatedUnion('type', [start, stop]);

export type ShellToCore = z.infer<typeof shellToCore>;

/** The core serves; `url` is its loopback origin, with the port that it got. */
const ready = z.strictObject({
  type: z.literal('ready'),
  url: z.string().regex(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d{1,5}$/),
});

/** The core cannot start or go on, and will exit; the message is a sentence for the analyst. */
const failed = z.strictObject({
  type: z.literal('failed'),
  code: z.string().max(64),
  message: z.string().max(2000),
});

export const coreToShell = z.discriminatedUnion('type', [ready, failed]);

export type CoreToShell = z.infer<typeof coreToShell>;
