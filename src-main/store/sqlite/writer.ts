import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors/app-error.ts';
import type { AlertStatus } from '#shared/model/alert.ts';
import type { Feedback } from '#shared/model/feedback.ts';
import type { CommitBatch } from '../../pipeline/batch.ts';
import type { DetectionFeedback, DetectionRun } from '../interface/detections.ts';
import type { ImportRecord } from '../interface/imports.ts';
import type { RecordKind, WorkspaceRecord } from '../interface/records.ts';
import type { RuleChange } from '../interface/rules.ts';
import type { CommitReceipt, TokenRecord } from '../interface/writer.ts';
import { AlertWriter } from './alert-writer.ts';
import { addDetectionFeedback, saveRun } from './detections.ts';
import { saveCheckpoint } from './checkpoints.ts';
import { EventWriter } from './event-writer.ts';
import { addFeedback } from './feedback.ts';
import { ImportUndo, type UndoStep } from './import-undo.ts';
import { KeyTable } from './key-table.ts';
import { LogsourceBooks } from './logsource-books.ts';
import { openWritable, sqliteCode, type WritableStore } from './open.ts';
import { saveRules } from './rule-store.ts';
import { SourceWriter } from './source-writer.ts';
import type { SyncWriter } from './sync-writer.ts';
import { WorkspaceWriter } from './workspace-writer.ts';

/** The one writer of a data folder, in this thread. Throws as `openWritable` does. */
export function openSqliteWriter(dataDir: string): SyncWriter {
  return writerOver(openWritable(dataDir));
}

/** A writer over an open store, which it closes. Ends undos that an earlier process began. */
export function writerOver(store: WritableStore): SyncWriter {
  return new SqliteWriter(store);
}

/** Writes to an open store. Each method is one transaction; a failed one leaves nothing behind. */
class SqliteWriter implements SyncWriter {
  readonly #store: WritableStore;
  readonly #db: Database;
  readonly #keys: readonly KeyTable[];
  readonly #events: EventWriter;
  readonly #alerts: AlertWriter;
  readonly #sources: SourceWriter;
  readonly #logsources: LogsourceBooks;
  readonly #undo: ImportUndo;
  readonly #workspace: WorkspaceWriter;
  readonly #transaction: (batch: CommitBatch) => CommitReceipt;

  constructor(store: WritableStore) {
    const { db } = store;
    this.#store = store;
    this.#db = db;
    const sources = new KeyTable(db, 'sources', ['source_id']);
    const evidence = new KeyTable(db, 'evidence', ['evidence_id', 'path']);
    const groups = new KeyTable(db, 'alert_groups', ['rule_id', 'dedup_key']);
    this.#keys = [sources, evidence, groups];
    this.#events = new EventWriter(db, sources, evidence);
    this.#alerts = new AlertWriter(db, groups);
    this.#sources = new SourceWriter(db, sources);
    this.#logsources = new LogsourceBooks(db, sources);
    this.#undo = new ImportUndo(db);
    this.#workspace = new WorkspaceWriter(db);
    this.#transaction = db.transaction((batch: CommitBatch) => this.#storeBatch(batch));
    this.#attempt(() => this.#undo.finish());
  }

  commit(batch: CommitBatch): CommitReceipt {
    return this.#attempt(() => this.#transaction(batch));
  }

  setAlertStatus(alertId: string, status: AlertStatus): boolean {
    return this.#attempt(() => this.#workspace.setAlertStatus(alertId, status));
  }

  addFeedback(feedback: Feedback): boolean {
    return this.#attempt(() => addFeedback(this.#db, feedback));
  }

  saveRules(changes: readonly RuleChange[]): void {
    this.#attempt(() => saveRules(this.#db, changes));
  }

  saveImport(record: ImportRecord): void {
    this.#attempt(() => this.#workspace.saveImport(record));
  }

  saveDetectionRun(run: DetectionRun): void {
    this.#attempt(() => saveRun(this.#db, run));
  }

  addDetectionFeedback(feedback: DetectionFeedback): void {
    this.#attempt(() => addDetectionFeedback(this.#db, feedback));
  }

  saveRecord(record: WorkspaceRecord): void {
    this.#attempt(() => this.#workspace.saveRecord(record));
  }

  deleteRecord(kind: RecordKind, name: string): boolean {
    return this.#attempt(() => this.#workspace.deleteRecord(kind, name));
  }

  undoStep(importId: string): UndoStep {
    return this.#attempt(() => this.#undo.step(importId));
  }

  saveToken(token: TokenRecord): void {
    this.#attempt(() => this.#workspace.saveToken(token));
  }

  tokens(): readonly TokenRecord[] {
    return this.#attempt(() => this.#workspace.tokens());
  }

  close(): void {
    this.#attempt(() => {
      if (this.#db.open) this.#db.pragma('wal_checkpoint(TRUNCATE)');
      this.#store.close();
    });
  }

  #storeBatch(batch: CommitBatch): CommitReceipt {
    const [firstId] = batch.events.id;
    const replayed = firstId !== undefined && this.#events.lookup(firstId) !== null;
    const stored = replayed ? null : this.#events.store(batch.events);
    if (!replayed) {
      this.#sources.store(batch);
      this.#logsources.store(batch.events);
    }
    const folded = this.#alerts.fold(batch.detections, (id) => stored?.get(id) ?? this.#events.lookup(id));
    if (batch.checkpoint !== undefined) saveCheckpoint(this.#db, batch.checkpoint);
    return { events: stored?.size ?? 0, replayed, ...folded };
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#recover();
      throw asAppError(error, this.#db.name);
    }
  }

  /** SQLITE_FULL may or may not have rolled the transaction back already; what is cached in memory is void. */
  #recover(): void {
    if (!this.#db.open) return;
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    for (const table of this.#keys) table.forget();
    this.#events.forget();
  }
}

function asAppError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR'))
    return new AppError('storage_full', { path, code }, { cause: error });
  if (code.startsWith('SQLITE_BUSY')) {
    const fields = { what: 'The database', reason: 'another program holds it' };
    return new AppError('not_ready', fields, { cause: error });
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN')
    return new AppError('data_dir_unusable', { path, reason: 'it cannot be written' }, { cause: error });
  return error;
}
