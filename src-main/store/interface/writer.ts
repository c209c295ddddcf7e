import type { AlertStatus } from '#shared/model/alert.ts';
import type { CommitBatch } from '../../pipeline/batch.ts';
import type { ImportRecord } from './imports.ts';
import type { RuleRecord } from './rules.ts';

/** What one commit did. Sent only after COMMIT with synchronous=FULL. */
export interface CommitReceipt {
  readonly events: number;
  /** Ids of alerts that the batch created or bumped, in order, each once. */
  readonly alertIds: readonly string[];
  readonly created: number;
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
  commit(batch: CommitBatch): Promise<CommitReceipt>;
  setAlertStatus(alertId: string, status: AlertStatus): Promise<boolean>;
  saveRule(rule: RuleRecord): Promise<void>;
  saveImport(record: ImportRecord): Promise<void>;
  /** Removes the import's events, and alerts that no other event supports. Returns what went. */
  undoImport(importId: string): Promise<{ events: number; alerts: number }>;
  saveToken(token: TokenRecord): Promise<void>;
  tokens(): Promise<readonly TokenRecord[]>;
  /** Flushes, checkpoints and closes. Later calls reject. */
  close(): Promise<void>;
}
