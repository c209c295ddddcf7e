import type { EventSource, Fields, LogEvent } from '#shared/model/event.ts';
import { readEntities } from '../../pipeline/columns.ts';

/** Columns of `events e` that say all of an event but its original bytes. */
export const EVENT_FACTS = `e.seq, e.id, e.event_ts, e.observed_ts, e.severity, e.source,
  (SELECT source_id FROM sources WHERE key = e.source_key) AS source_id, e.host, e.category, e.product, e.service,
  e.tactic, e.technique, e.peer, e.flags, v.evidence_id, v.path, e.evidence_offset, e.evidence_length, e.record_id,
  e.message, e.entities, e.mapped, e.fields`;

/** Columns of `events e` that make a `LogEvent`. */
export const EVENT_SELECT = `${EVENT_FACTS}, e.raw`;

/** Joined to `events e` where `EVENT_SELECT` is used. */
export const EVENT_JOIN = 'LEFT JOIN evidence v ON v.key = e.evidence_key';

export interface EventRow {
  readonly seq: number;
  readonly id: string;
  readonly event_ts: number;
  readonly observed_ts: number;
  readonly severity: number;
  readonly source: EventSource;
  readonly source_id: string;
  readonly host: string;
  readonly category: string | null;
  readonly product: string | null;
  readonly service: string | null;
  readonly tactic: string | null;
  readonly technique: string | null;
  readonly peer: string | null;
  readonly flags: string;
  readonly evidence_id: string | null;
  readonly path: string | null;
  readonly evidence_offset: number;
  readonly evidence_length: number;
  readonly record_id: number | null;
  readonly message: string;
  readonly entities: string;
  readonly mapped: string | null;
  readonly fields: string;
  readonly raw: Uint8Array | null;
}

/** The event that a row stores. */
export function toEvent(row: EventRow): LogEvent {
  const hasAttack = row.tactic !== null || row.technique !== null;
  return {
    id: row.id,
    eventTs: row.event_ts,
    observedTs: row.observed_ts,
    source: row.source,
    sourceId: row.source_id,
    severity: row.severity,
    host: row.host,
    message: row.message,
    logsource: { category: row.category, product: row.product, service: row.service },
    // Both were written by toColumns.
    fields: JSON.parse(row.fields) as Fields,
    mapped: row.mapped === null ? null : (JSON.parse(row.mapped) as Fields),
    entities: readEntities(row.entities),
    attack: hasAttack ? { tactic: row.tactic, technique: row.technique } : null,
    // A copy: the driver's buffer may be a slice of a larger one, which would cross threads whole.
    raw: row.raw === null ? null : new Uint8Array(row.raw),
    evidence:
      row.evidence_id === null
        ? null
        : {
            evidenceId: row.evidence_id,
            path: row.path ?? '',
            offset: row.evidence_offset,
            length: row.evidence_length,
            recordId: row.record_id,
          },
    peer: row.peer,
    flags: row.flags === '' ? [] : row.flags.split(','),
  };
}
