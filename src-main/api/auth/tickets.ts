import type { Clock } from '../../platform/clock.ts';
import type { Caller } from './caller.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Covers the moment between asking for a ticket and opening the stream (reliability T11). */
export const TICKET_LIFETIME_MS = 30_000;

/** Tickets that may wait for use; the oldest gives way. 256 connections cannot need more at once. */
const MAX_TICKETS = 1024;

/** One-time tickets for the stream: a browser cannot send headers with a WebSocket. */
export interface Tickets {
  issue(caller: Caller): string;
  /** The caller who was given the ticket; null when it is unknown, used or too old. */
  redeem(ticket: string): Caller | null;
}

/** One-time tickets of 30 s: a browser cannot send a header with a WebSocket, and a token must not stand in an address. */
export function createTickets(clock: Clock): Tickets {
  const waiting = new Map<string, { readonly caller: Caller; readonly expiresMs: number }>();
  return {
    issue(caller) {
      const ticket = newSecret();
      waiting.set(hashSecret(ticket), { caller, expiresMs: clock.monotonic() + TICKET_LIFETIME_MS });
      const oldest = waiting.keys().next();
      if (waiting.size > MAX_TICKETS && oldest.done !== true) waiting.delete(oldest.value);
      return ticket;
    },
    redeem(ticket) {
      const hash = hashSecret(ticket);
      const found = waiting.get(hash);
      waiting.delete(hash);
      return found !== undefined && clock.monotonic() < found.expiresMs ? found.caller : null;
    },
  };
}
