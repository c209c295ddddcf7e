import type { ReceivedRecord, RecordSink } from '../../ingest/receiver.ts';
import type { Ledger } from '../../pipeline/ledger.ts';
import type { IncomingBatch } from '../flow/flow.ts';
import { buildBatch, type BuiltBatch, type QueuedRecord, type SourceContext } from './batcher.ts';

/** Group commit (reliability L3): a batch goes when it has this many records or its first has waited this long. */
const BATCH_RECORDS = 1_000;
const BATCH_WAIT_MS = 20;

/** Batches that may wait for their commit: one committing, one in detection, one built. */
const OPEN_BATCHES = 3;

export interface SpoolOptions {
  /** Records that may be here, waiting or in a batch, before sinks refuse. */
  readonly queueMax: number;
  readonly ledger: Ledger;
  /** Sends a batch down the spine; resolves after COMMIT. */
  readonly submit: (batch: IncomingBatch) => Promise<unknown>;
}

/** Holds what receivers hand over until it is committed. */
export interface Spool {
  /** The sink of one source. */
  sinkFor(context: SourceContext): RecordSink;
  /** Records here: waiting, or in a batch that is not committed. */
  depth(): number;
  /** Resolves when everything here has been committed or counted as dropped. Stop the receivers first. */
  drain(): Promise<void>;
}

/** The one bounded queue between receivers and the spine; full means that sinks refuse, so nothing here is dropped. */
export function createSpool(options: SpoolOptions): Spool {
  const waiting: QueuedRecord[] = [];
  const drained: (() => void)[] = [];
  const idle: (() => void)[] = [];
  let openBatches = 0;
  let openRecords = 0;
  let timer: NodeJS.Timeout | null = null;

  function pump(): void {
    while (waiting.length >= BATCH_RECORDS && openBatches < OPEN_BATCHES) send();
    if (waiting.length > 0 && openBatches < OPEN_BATCHES) timer ??= setTimeout(onTimer, BATCH_WAIT_MS);
  }

  function onTimer(): void {
    timer = null;
    if (waiting.length > 0 && openBatches < OPEN_BATCHES) send();
    pump();
  }

  function send(): void {
    const records = waiting.splice(0, BATCH_RECORDS);
    const built = buildBatch(records);
    openBatches += 1;
    openRecords += records.length;
    options
      .submit(built.batch)
      .then(
        () => settle(built),
        () => abandon(built),
      )
      .finally(() => {
        openBatches -= 1;
        openRecords -= records.length;
        for (const callback of drained.splice(0)) setImmediate(callback);
        pump();
        if (depth() === 0) for (const callback of idle.splice(0)) callback();
      });
  }

  function settle(built: BuiltBatch): void {
    for (const { sourceId, committed, rejected } of built.outcomes) {
      const book = options.ledger.book(sourceId);
      book.committed(committed);
      for (const [reason, count] of Object.entries(rejected)) book.rejected(reason, count);
    }
  }

  /** The writer is gone for good: what was in the batch is lost, and the books say so. */
  function abandon(built: BuiltBatch): void {
    for (const { sourceId, committed, rejected } of built.outcomes) {
      const book = options.ledger.book(sourceId);
      book.dropped('commit_failed', committed);
      for (const [reason, count] of Object.entries(rejected)) book.rejected(reason, count);
    }
  }

  function depth(): number {
    return waiting.length + openRecords;
  }

  function offer(context: SourceContext, records: readonly ReceivedRecord[]): boolean {
    if (depth() > 0 && depth() + records.length > options.queueMax) return false;
    for (const record of records) waiting.push({ context, record });
    pump();
    return true;
  }

  return {
    sinkFor: (context) => ({
      offer: (records) => offer(context, records),
      onDrain: (callback) => drained.push(callback),
    }),
    depth,
    drain: () =>
      new Promise((resolve) => {
        if (depth() === 0) resolve();
        else idle.push(resolve);
      }),
  };
}
