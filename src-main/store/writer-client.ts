import { Worker } from 'node:worker_threads';
import { callsTo } from '../platform/worker-calls.ts';
import { workerUrl } from '../platform/worker-url.ts';
import type { StoreWriter } from './interface/writer.ts';
import { asStoreWriter, type SyncWriter } from './sqlite/sync-writer.ts';
import type { WriterMethods } from './worker-protocol.ts';

/**
 * Batches on their way to the writer or waiting in its port. More would only lie in memory: one is being
 * committed, the next is there when it ends, and a few even out the senders.
 */
const MAX_IN_FLIGHT = 4;

/**
 * Opens the one writer of a data folder in a thread of its own. Rejects with `data_dir_unusable` where the
 * folder cannot be used. A commit beyond the bound waits before it is sent; calls take effect in order.
 */
export async function openWriter(dataDir: string): Promise<StoreWriter> {
  const worker = new Worker(workerUrl('store-writer-worker'));
  const calls = callsTo<WriterMethods>(worker);
  try {
    await calls.call('open', { dataDir });
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  const slots = new Slots(MAX_IN_FLIGHT);
  const remote = <Method extends keyof SyncWriter>(
    method: Method,
    ...args: Parameters<SyncWriter[Method]>
  ): Promise<ReturnType<SyncWriter[Method]>> =>
    // `Remote` maps each method to exactly this; TypeScript does not resolve it for a generic method name.
    calls.call(method, args) as Promise<ReturnType<SyncWriter[Method]>>;
  const writer = asStoreWriter(remote);
  return {
    ...writer,
    commit: (batch) => slots.run(() => writer.commit(batch)),
    async close() {
      await writer.close();
      await worker.terminate();
    },
  };
}

/** Runs at most `free` tasks at a time, in the order in which they came. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The slot goes to the next in line, or back.
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
