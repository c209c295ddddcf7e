import { z } from 'zod';
import type { PageCall } from './channels.ts';

/** Paths of evidence on this machine; a page that asks for more at once is not ours. */
const paths = z.array(z.string().min(1).max(32_767)).max(1_000);

/** Arguments and result of every call from the page, checked by the shell on arrival. */
export const pageCalls = {
  session: { args: z.tuple([]), result: z.object({ url: z.string(), token: z.string() }) },
  openEvidence: { args: z.tuple([]), result: paths },
  openEvidenceFolder: { args: z.tuple([]), result: paths },
  takeOpened: { args: z.tuple([]), result: paths },
  openReference: { args: z.tuple([z.string().max(2_048)]), result: z.boolean() },
} as const satisfies Record<PageCall, { args: z.ZodType; result: z.ZodType }>;

type PageCalls = typeof pageCalls;

/** What the shell implements: one function a call. */
export type PageCallHandlers = {
  readonly [Name in PageCall]: (
    ...args: z.infer<PageCalls[Name]['args']>
  ) => Promise<Readonly<z.infer<PageCalls[Name]['result']>>>;
};

/** Sent by a second start of the app to the first one, with its single-instance lock. */
export const secondStart = z.strictObject({ paths });

export type SecondStart = z.infer<typeof secondStart>;
