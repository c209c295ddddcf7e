import type { AlertStatus } from '#shared/model/alert.ts';
import type { Feedback } from '#shared/model/feedback.ts';
import type { CommitBatch } from '../../pipeline/batch.ts';
import type { DetectionFeedback, DetectionRun } from './detections.ts';
import type { ImportRecord } from './imports.ts';
import type { RecordKind, WorkspaceRecord } from './records.ts';
import type { RuleChange } from './rules.ts';

/** What one commit did. Sent only after COMMIT with synchronous=FULL. */
export interface CommitReceipt {
  /** Events stored; 0 when the batch had been committed before (`replayed`). */
  readonly events: number;
  /** True when the store already held this batch: its sender had not seen the receipt. Nothing was counted twice. */
  readonly replayed: boolean;
  /** Ids of alerts that the batch created or bumped, in order, each once. */
  readonly alertIds: readonly string[];
  readonly created: number;
  /** Detections whose event the store does not hold; they were left out, an alert never exists without its event. */
  readonly orphaned: number;
}

/** One API credential. Only its hash is kept. */
export interface TokenRecord {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the token, lower-case hex. */
  readonly hash: string;
  readonly createdTs: number;
}

/** The write side of any store. One writer exists; calls take effect in order. */
export interface StoreWriter {
  /**
   * Commits a batch or nothing of it. Rejects with `storage_full` when the disk is; the same batch may then be
   * sent again.
   */
  commit(batch: CommitBatch): Promise<CommitReceipt>;
  setAlertStatus(alertId: string, status: AlertStatus): Promise<boolean>;
  /** Adds to the alert's log. False when there is no such alert. */
  addFeedback(feedback: Feedback): Promise<boolean>;
  /** Saves all of them or none. */
  saveRules(changes: readonly RuleChange[]): Promise<void>;
  saveImport(record: ImportRecord): Promise<void>;
  /** Removes the import's events, and alerts that no other event supports. Returns what went. */
  undoImport(importId: string): Promise<{ events: number; alerts: number }>;
  saveDetectionRun(run: DetectionRun): Promise<void>;
  addDetectionFeedback(feedback: DetectionFeedback): Promise<void>;
  /** Replaces the record of the same kind and name. */
  saveRecord(record: WorkspaceRecord): Promise<void>;
  /** False when there is none. */
  deleteRecord(kind: RecordKind, name: string): Promise<boolean>;
  saveToken(token: TokenRecord): Promise<void>;
  tokens(): Promise<readonly TokenRecord[]>;
  /** Flushes, checkpoints and closes. Later calls reject. */
  close(): Promise<void>;
}
