import { setTimeout as delay } from 'node:timers/promises';
import { BoundedQueue } from '../../pipeline/bounded-queue.ts';
import type { SourceCounters } from '../../pipeline/counters.ts';
import { createLedger } from '../../pipeline/ledger.ts';
import type { ReceivedRecord, ReceiverContext, ReceiverNotice } from '../receiver.ts';

/** A real bounded queue as sink, real books, and everything that a receiver said: for tests of receivers. */
export interface Bench {
  readonly context: ReceiverContext;
  readonly queue: BoundedQueue<ReceivedRecord>;
  readonly notices: ReceiverNotice[];
  /** Records taken so far, as text (latin1: byte for byte). */
  readonly texts: () => string[];
  readonly records: ReceivedRecord[];
  /** Takes what the queue holds and commits it. */
  drain(): void;
  counters(): SourceCounters;
}

/** A bench whose queue holds at most `maxItems` records. */
export function createBench(maxItems = 100_000): Bench {
  const ledger = createLedger();
  const book = ledger.book('test');
  const records: ReceivedRecord[] = [];
  const notices: ReceiverNotice[] = [];
  const queue = new BoundedQueue<ReceivedRecord>({
    maxItems,
    maxBytes: 256 * 1024 * 1024,
    sizeOf: (record) => record.bytes.length,
    full: 'refuse',
  });
  return {
    queue,
    notices,
    records,
    texts: () => records.map((record) => Buffer.from(record.bytes).toString('latin1')),
    context: {
      sourceId: 'test',
      sink: queue,
      book,
      nowMs: () => Date.now(),
      notify: (notice) => notices.push(notice),
    },
    drain() {
      const taken = queue.take(Infinity);
      book.committed(taken.length);
      for (const record of taken) records.push(record);
    },
    counters() {
      const [counters] = ledger.snapshot();
      if (counters === undefined) throw new Error('The book was opened above.');
      return counters;
    },
  };
}

/** Polls until `condition` holds; the runner's own limit ends a test whose condition never does. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(2);
}
