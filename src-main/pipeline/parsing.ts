import type { EventSource, Fields, LogSource } from '#shared/model/event.ts';
import type { SeverityNumber } from '#shared/model/severity.ts';

/** A record as its format understands it, before enrichment. Times are UTC epoch milliseconds. */
export interface ParsedEvent {
  /** Null when the record states no time: the time of observation is used and the event flagged. */
  readonly eventTs: number | null;
  readonly severity: SeverityNumber;
  readonly host: string;
  readonly message: string;
  /** What the format itself knows of the logsource; enrichment completes it from channel, provider, program. */
  readonly logsource: LogSource;
  /** Windows records are flat: System members under Sigma names (EventID, Channel, Provider_Name, ...) beside EventData. */
  readonly fields: Fields;
  readonly recordId: number | null;
  /** Byte range of the record in the decoded input. */
  readonly offset: number;
  readonly length: number;
  readonly flags: readonly string[];
}

/** Why a record was not understood, and which bytes it was. The bytes are kept by whoever holds them. */
export interface Rejection {
  /** Bounded vocabulary, fit for a counter: "invalid_json", "record_truncated", "line_too_long", ... */
  readonly reason: string;
  /** Sentence for a person: what, and what was kept. */
  readonly detail: string;
  readonly offset: number;
  readonly length: number;
}

export type ParseOutcome =
  { readonly ok: true; readonly event: ParsedEvent } | { readonly ok: false; readonly rejection: Rejection };

/**
 * Turns a stream of bytes into records, synchronously and without I/O. The same input gives the same outcomes
 * however it is cut into pieces. Memory is bounded by the format's largest record, not by the input.
 */
export interface RecordReader {
  /** Takes the next bytes; returns the records that they complete. The reader may keep a view of `bytes`. */
  push(bytes: Uint8Array): readonly ParseOutcome[];
  /** The input is over: returns what the last bytes still gave. */
  end(): readonly ParseOutcome[];
}

/** Context that a format may need to read a record. */
export interface ReaderOptions {
  /** Clock for what the record leaves out (year of RFC 3164), as UTC epoch milliseconds. */
  readonly nowMs: number;
}

/** One evidence format. Recognised by content, never by name. */
export interface EvidenceFormat {
  /** Noun of the format: "evtx", "json", "syslog". */
  readonly name: string;
  readonly source: EventSource;
  /** How sure the format is that `head` (up to 64 KiB) is its own: 0 no, 1 certain (magic bytes). */
  probe(head: Uint8Array): number;
  open(options: ReaderOptions): RecordReader;
}
