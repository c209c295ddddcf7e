import type { AttackRef } from './attack.ts';
import type { Entity } from './entity.ts';
import type { SeverityNumber } from './severity.ts';

/** Where events come from. A receiver or an evidence format, never a guess at the product that wrote them. */
export const EVENT_SOURCES = ['syslog', 'otlp_grpc', 'otlp_http', 'file', 'webhook', 'evtx', 'json'] as const;

export type EventSource = (typeof EVENT_SOURCES)[number];

/** Sigma logsource of one event. A missing part means "not stated", not "any". */
export interface LogSource {
  readonly category: string | null;
  readonly product: string | null;
  readonly service: string | null;
}

export type FieldValue =
  string | number | boolean | null | readonly FieldValue[] | { readonly [name: string]: FieldValue };

/** The parsed record under its original names. Objects are created without a prototype chain that input can reach. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** Where the original bytes of an imported event lie inside its evidence. */
export interface EvidencePosition {
  /** Content address (SHA-256, lower-case hex) of the evidence file, or its path while scanning without a store. */
  readonly evidenceId: string;
  /** Path as the analyst knows it; for a member of an archive `archive.zip!member.evtx`. Display only. */
  readonly path: string;
  /** Byte offset and length in the (decompressed) evidence. */
  readonly offset: number;
  readonly length: number;
  /** The record's own number when its format has one (EVTX EventRecordID). */
  readonly recordId: number | null;
}

/**
 * One event on its way through Harrier. Times are UTC epoch milliseconds. Immutable: a stage that adds
 * something makes the next shape.
 */
export interface LogEvent {
  /** ULID. */
  readonly id: string;
  /** When it happened, as the source says; `observedTs` where the source says nothing. */
  readonly eventTs: number;
  readonly observedTs: number;
  readonly source: EventSource;
  /** The receiver or import that brought it in. */
  readonly sourceId: string;
  readonly severity: SeverityNumber;
  /** Host as claimed by the record; empty when it names none. */
  readonly host: string;
  /** Readable one-line text. Never empty. */
  readonly message: string;
  readonly logsource: LogSource;
  readonly fields: Fields;
  /** Sigma-taxonomy names that the field mapping adds (Image for NewProcessName, ...); null when nothing differs. */
  readonly mapped: Fields | null;
  readonly entities: readonly Entity[];
  readonly attack: AttackRef | null;
  /** Original bytes of a live event; null when `evidence` points to them. */
  readonly raw: Uint8Array | null;
  readonly evidence: EvidencePosition | null;
  /** Transport peer of a live event ("192.0.2.1:514"), set by us, never by the message. */
  readonly peer: string | null;
  /** What a parser or limit did to this record: "truncated", "nul_replaced", "invalid_utf8", "time_assumed", ... */
  readonly flags: readonly string[];
}
