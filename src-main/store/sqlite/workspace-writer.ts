import type { Database } from 'better-sqlite3';
import type { AlertStatus } from '#shared/model/alert.ts';
import type { ImportRecord } from '../interface/imports.ts';
import type { RecordKind, WorkspaceRecord } from '../interface/records.ts';
import type { TokenRecord } from '../interface/writer.ts';

/** What is written outside of batches, because a person or the core decided it: one statement each. */
export class WorkspaceWriter {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  setAlertStatus(alertId: string, status: AlertStatus): boolean {
    const { changes } = this.#db.prepare('UPDATE alerts SET status = ? WHERE id = ?').run(status, alertId);
    return changes > 0;
  }

  saveImport(record: ImportRecord): void {
    this.#db
      .prepare(
        `INSERT INTO imports (id, created_ts, record) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET record = excluded.record`,
      )
      .run(record.id, record.createdTs, JSON.stringify(record));
  }

  saveRecord({ kind, name, body, updatedTs }: WorkspaceRecord): void {
    this.#db
      .prepare(
        `INSERT INTO workspace_records (kind, name, body, updated_ts) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET body = excluded.body, updated_ts = excluded.updated_ts`,
      )
      .run(kind, name, body, updatedTs);
  }

  deleteRecord(kind: RecordKind, name: string): boolean {
    const removal = this.#db.prepare('DELETE FROM workspace_records WHERE kind = ? AND name = ?');
    return removal.run(kind, name).changes > 0;
  }

  saveToken(token: TokenRecord): void {
    this.#db
      .prepare('INSERT INTO tokens (id, name, hash, created_ts) VALUES (?, ?, ?, ?)')
      .run(token.id, token.name, token.hash, token.createdTs);
  }

  tokens(): readonly TokenRecord[] {
    return this.#db
      .prepare<[], TokenRecord>(
        'SELECT id, name, hash, created_ts AS createdTs FROM tokens ORDER BY created_ts, id',
      )
      .all();
  }
}
