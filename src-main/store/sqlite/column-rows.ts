import type { EventColumns } from '../../pipeline/columns.ts';
import type { EventRow } from './event-rows.ts';

/** A stored event without its original bytes. */
export type FactRow = Omit<EventRow, 'raw'>;

/** Rows as columns: nested parts stay the JSON text that they are stored as. */
export function fromRows(rows: readonly FactRow[]): EventColumns {
  return {
    id: rows.map((row) => row.id),
    eventTs: rows.map((row) => row.event_ts),
    observedTs: rows.map((row) => row.observed_ts),
    source: rows.map((row) => row.source),
    sourceId: rows.map((row) => row.source_id),
    severity: rows.map((row) => row.severity),
    host: rows.map((row) => row.host),
    message: rows.map((row) => row.message),
    category: rows.map((row) => row.category),
    product: rows.map((row) => row.product),
    service: rows.map((row) => row.service),
    fields: rows.map((row) => row.fields),
    mapped: rows.map((row) => row.mapped),
    entities: rows.map((row) => row.entities),
    tactic: rows.map((row) => row.tactic),
    technique: rows.map((row) => row.technique),
    rawBytes: new Uint8Array(0),
    rawLength: rows.map(() => -1),
    evidenceId: rows.map((row) => row.evidence_id),
    path: rows.map((row) => row.path),
    offset: rows.map((row) => row.evidence_offset),
    length: rows.map((row) => row.evidence_length),
    recordId: rows.map((row) => row.record_id),
    peer: rows.map((row) => row.peer),
    flags: rows.map((row) => row.flags),
  };
}
