import type { Database, Statement } from 'better-sqlite3';
import type { EventColumns } from '../../pipeline/columns.ts';
import { rawOf } from '../../pipeline/columns.ts';
import { BlockWriter } from './block-writer.ts';
import type { KeyTable } from './key-table.ts';

/** Columns of `events`, in the order in which `store` binds them. */
const COLUMNS = [
  'seq',
  'id',
  'event_ts',
  'observed_ts',
  'severity',
  'source',
  'source_key',
  'host',
  'category',
  'product',
  'service',
  'tactic',
  'technique',
  'peer',
  'flags',
  'evidence_key',
  'evidence_offset',
  'evidence_length',
  'record_id',
  'message',
  'entities',
  'mapped',
  'fields',
  'raw',
];

/** Where a stored event went. */
export interface StoredEvent {
  readonly seq: number;
  readonly eventTs: number;
}

/** Stores the events of a batch and indexes their text. Runs inside the batch's transaction. */
export class EventWriter {
  readonly #blocks: BlockWriter;
  readonly #sources: KeyTable;
  readonly #evidence: KeyTable;
  readonly #insert: Statement;
  readonly #find: Statement<[string], { seq: number; event_ts: number }>;

  constructor(db: Database, sources: KeyTable, evidence: KeyTable) {
    this.#blocks = new BlockWriter(db);
    this.#sources = sources;
    this.#evidence = evidence;
    this.#insert = db.prepare(
      `INSERT INTO events (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
    );
    this.#find = db.prepare('SELECT seq, event_ts FROM events WHERE id = ?');
  }

  /** The stored event of this id, or null. */
  lookup(id: string): StoredEvent | null {
    const row = this.#find.get(id);
    return row === undefined ? null : { seq: row.seq, eventTs: row.event_ts };
  }

  /** Stores all events of `columns`; returns their numbers by id. */
  store(columns: EventColumns): Map<string, StoredEvent> {
    const stored = new Map<string, StoredEvent>();
    const raw = rawOf(columns);
    for (let row = 0; row < columns.id.length; row += 1) {
      const id = at(columns.id, row);
      const eventTs = at(columns.eventTs, row);
      stored.set(id, { seq: this.#storeRow(columns, row, raw[row] ?? null), eventTs });
    }
    return stored;
  }

  /** To be called when the transaction was rolled back. */
  forget(): void {
    this.#blocks.rebuild();
  }

  #storeRow(columns: EventColumns, row: number, raw: Uint8Array | null): number {
    const eventTs = at(columns.eventTs, row);
    const host = at(columns.host, row);
    const message = at(columns.message, row);
    const fields = at(columns.fields, row);
    const mapped = at(columns.mapped, row);
    const entities = at(columns.entities, row);
    const evidenceId = at(columns.evidenceId, row);
    const seq = this.#blocks.add({ eventTs, host, message, fields, mapped, entities });
    this.#insert.run(
      seq,
      at(columns.id, row),
      eventTs,
      at(columns.observedTs, row),
      at(columns.severity, row),
      at(columns.source, row),
      this.#sources.key(at(columns.sourceId, row)),
      host,
      at(columns.category, row),
      at(columns.product, row),
      at(columns.service, row),
      at(columns.tactic, row),
      at(columns.technique, row),
      at(columns.peer, row),
      at(columns.flags, row),
      evidenceId === null ? null : this.#evidence.key(evidenceId, at(columns.path, row) ?? ''),
      at(columns.offset, row),
      at(columns.length, row),
      at(columns.recordId, row),
      message,
      entities,
      mapped,
      fields,
      raw,
    );
    return seq;
  }
}

function at<T>(column: readonly T[], row: number): T {
  return column[row] as T; // Every column has one entry for each row.
}
