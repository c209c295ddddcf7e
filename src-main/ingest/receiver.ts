import type { SourceOffset } from '../pipeline/batch.ts';
import type { ReceiverStatus } from '../pipeline/commands.ts';
import type { SourceBook } from '../pipeline/ledger.ts';

/** What a receiver did to a record, or saw about it; becomes a flag of the event. */
export type ReceiptFlag =
  /** Longer than the cap: the first bytes are kept, `originalBytes` says how long it was. */
  | 'truncated'
  /** The connection or the file ended inside this record. */
  | 'partial'
  /** A newline-framed record on a connection that counts octets (RFC 6587). */
  | 'mixed_framing';

/**
 * One record as it came in: its bytes without the framing around them, otherwise untouched. It is one record
 * whatever it holds: a newline inside an octet-counted frame or a datagram must never make it two (a message
 * could then forge another host's record).
 */
export interface ReceivedRecord {
  /** Owned by the record: the receiver never writes to these bytes again. At most `MAX_RECORD_BYTES`. */
  readonly bytes: Uint8Array;
  readonly receivedMs: number;
  /** Transport peer ("192.0.2.1:514"), set by us; null for files. */
  readonly peer: string | null;
  readonly flags: readonly ReceiptFlag[];
  /** Length before truncation; `bytes.length` unless flagged `truncated`. */
  readonly originalBytes: number;
  /** Followed files: what to store in the transaction that commits this record, also when it is rejected. */
  readonly offset: SourceOffset | null;
}

/**
 * Where receivers hand records over. All or nothing: true means that the sink took every record, false that it
 * took none and is full. An empty sink takes any offer, whatever its size, so that no offer can wait for ever.
 */
export interface RecordSink {
  offer(records: readonly ReceivedRecord[]): boolean;
  /** Calls back once, in a later turn, when there is room again. After a refusal only. */
  onDrain(callback: () => void): void;
}

/** Something an operator should know, that is no record: a sentence, fields, and how bad it is. */
export interface ReceiverNotice {
  readonly level: 'info' | 'warn' | 'error';
  /** Bounded vocabulary: "file_truncated", "receive_buffer_small", "connection_refused", ... */
  readonly code: string;
  /** A sentence with a full stop. */
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** What every receiver is given. */
export interface ReceiverContext {
  readonly sourceId: string;
  readonly sink: RecordSink;
  /**
   * The source's books. The receiver counts `received`, its own `rejected` and `dropped`; whoever took the
   * records counts what becomes of them afterwards.
   */
  readonly book: SourceBook;
  /** UTC epoch milliseconds. */
  readonly nowMs: () => number;
  readonly notify: (notice: ReceiverNotice) => void;
}

/** A running receiver. */
export interface ReceiverHandle {
  status(): ReceiverStatus;
  /** Records received and not yet taken by the sink: bounded by one read of each connection or file. */
  held(): number;
  /**
   * Stops taking bytes in, hands over what is held (waiting for the sink), and closes what it opened.
   * Safe to call twice.
   */
  stop(): Promise<void>;
}

/** One record's cap: reliability F14 (raw cap 1 MiB; a longer record is truncated and marked). */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** Most records of one offer: the group commit size (1,000 events), so an offer never exceeds one transaction. */
export const MAX_OFFER_RECORDS = 1_000;
