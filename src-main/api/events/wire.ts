import type { EventDetailWire } from '#shared/contract/events.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { eventToWire } from '#shared/wire/event.ts';

/** Bytes shown with an event: the cap of a live record (facts 1.3, "raw 65536 bytes"). The evidence has the rest. */
export const MAX_RAW_BYTES = 65_536;

/** `raw` are the original bytes, at most `MAX_RAW_BYTES` of them; null when they cannot be read. */
export function eventDetailToWire(event: LogEvent, raw: Uint8Array | null): EventDetailWire {
  const shown = raw === null ? null : Buffer.from(raw.subarray(0, MAX_RAW_BYTES));
  return {
    ...eventToWire(event),
    raw_text: shown === null ? null : new TextDecoder().decode(shown),
    raw_base64: shown === null ? null : shown.toString('base64'),
    raw_truncated: shown !== null && (event.evidence?.length ?? raw?.length ?? 0) > shown.length,
  };
}
