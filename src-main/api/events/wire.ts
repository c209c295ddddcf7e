import type { EventDetailWire } from '#shared/contract/events.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { eventToWire } from '#shared/wire/event.ts';

/** Bytes shown with an event: the cap of a live record (facts 1.3, "raw 65536 bytes"). The evidence has the rest. */
export const MAX_RAW_BYTES = 65_536;

/**
 * `raw` are the original bytes, at most `MAX_RAW_BYTES` of them; null when they cannot be read. Bytes of a binary
 * format are shown in base64 only: as text they would be noise.
 */
export function eventDetailToWire(event: LogEvent, raw: Uint8Array | null): EventDetailWire {
  const shown = raw === null ? null : Buffer.from(raw.subarray(0, MAX_RAW_BYTES));
  return {
    ...eventToWire(event),
    raw_text: shown === null || isBinary(shown) ? null : new TextDecoder().decode(shown),
    raw_base64: shown === null ? null : shown.toString('base64'),
    raw_truncated: shown !== null && (event.evidence?.length ?? raw?.length ?? 0) > shown.length,
  };
}

/** Control characters that a text may have: one in this many bytes. Terminal output in a log stays below it. */
const BYTES_PER_CONTROL = 10;

/** Whether bytes are no text for a person. UTF-16 and EVTX are full of NUL bytes; a log line may hold a stray one. */
function isBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f) controls += 1;
  }
  return controls * BYTES_PER_CONTROL > bytes.length;
}
