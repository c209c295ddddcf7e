import { ipcMain } from 'electron';
import { PAGE_CALLS, type PageCall } from '#shared/ipc/channels.ts';
import { pageCalls, type PageCallHandlers } from '#shared/ipc/page-messages.ts';
import { isOwnPage } from './addresses.ts';

/** Who sent a call: the part of Electron's event that decides whether it is answered. */
export interface CallSender {
  readonly senderFrame: { readonly url: string } | null;
  readonly sender: { readonly mainFrame: { readonly url: string } };
}

/** True when a call comes from the main frame of our own page (checklist 17); a frame that is gone has no answer. */
export function isTrustedSender({ senderFrame, sender }: CallSender): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

/** Registers every call of the page. */
export function answerPageCalls(handlers: PageCallHandlers): void {
  // Object.keys of a const object gives its keys; TypeScript only promises strings.
  for (const name of Object.keys(PAGE_CALLS) as PageCall[]) {
    ipcMain.handle(PAGE_CALLS[name], (event, ...args: unknown[]) =>
      answerPageCall(name, handlers, event, args),
    );
  }
}

/** Checks the sender and the arguments of one call, and answers it. A refusal says nothing about why. */
export function answerPageCall(
  name: PageCall,
  handlers: PageCallHandlers,
  sender: CallSender,
  args: readonly unknown[],
): Promise<unknown> {
  const parsed = pageCalls[name].args.safeParse(args);
  if (!isTrustedSender(sender) || !parsed.success) return Promise.reject(new Error('The call was refused.'));
  // The schema of this name made the arguments; TypeScript cannot follow a union of names to its functions.
  const handler = handlers[name] as (...valid: readonly unknown[]) => Promise<unknown>;
  return handler(...parsed.data);
}
