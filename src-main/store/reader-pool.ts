import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors/app-error.ts';
import { callsTo, type WorkerCalls } from '../platform/worker-calls.ts';
import { workerUrl } from '../platform/worker-url.ts';
import type { StoreReader } from './interface/reader.ts';
import { QUERY_LIMIT_MS } from './sqlite/query-limit.ts';
import { asStoreReader, type SyncReader } from './sqlite/sync-reader.ts';
import type { ReaderMethods } from './worker-protocol.ts';

/** Requests that wait for a reader. Two readers at the limit of 10 s would need minutes for more. */
const MAX_WAITING = 64;

/** How long after its limit a reader may still answer that it stopped; then it is stuck and is replaced. */
const GRACE_MS = 2_000;

export interface ReaderPoolOptions {
  readonly limitMs?: number;
  /** Entry of the reader's thread; for tests of readers that hang. */
  readonly entry?: URL;
}

interface Seat {
  readonly worker: Worker;
  readonly calls: WorkerCalls<ReaderMethods>;
  readonly cancel: Int32Array;
  /** Rejects when the reader is given up: its own answer may never come. */
  readonly lost: PromiseWithResolvers<never>;
}

/**
 * Readers of a data folder, each in a thread of its own. A request over its limit is stopped from inside its
 * query and rejects with `query_timeout`; a reader that does not stop is left behind and replaced. Rejects with
 * `not_ready` when too many requests wait. The writer must have opened the folder before.
 */
export async function openReaderPool(
  dataDir: string,
  size: number,
  options: ReaderPoolOptions = {},
): Promise<StoreReader> {
  const pool = new ReaderPool(
    dataDir,
    options.limitMs ?? QUERY_LIMIT_MS,
    options.entry ?? workerUrl('store-reader-worker'),
  );
  await pool.fill(size);
  return asStoreReader(
    (method, ...args) => pool.run(method, args),
    () => pool.close(),
  );
}

class ReaderPool {
  readonly #dataDir: string;
  readonly #limitMs: number;
  readonly #entry: URL;
  readonly #seats = new Set<Seat>();
  readonly #idle: Seat[] = [];
  readonly #waiting: { resolve: (seat: Seat) => void; reject: (error: Error) => void }[] = [];
  #isClosed = false;

  constructor(dataDir: string, limitMs: number, entry: URL) {
    this.#entry = entry;
    this.#dataDir = dataDir;
    this.#limitMs = limitMs;
  }

  async fill(size: number): Promise<void> {
    await Promise.all(Array.from({ length: size }, () => this.#add()));
  }

  async run<Method extends keyof SyncReader>(
    method: Method,
    args: Parameters<SyncReader[Method]>,
  ): Promise<ReturnType<SyncReader[Method]>> {
    const seat = await this.#take();
    const watchdog = setTimeout(() => this.#abandon(seat), this.#limitMs + GRACE_MS);
    try {
      // `Remote` maps each method to exactly this; TypeScript does not resolve it for a generic method name.
      const answer = seat.calls.call(method, args) as Promise<ReturnType<SyncReader[Method]>>;
      return await Promise.race([answer, seat.lost.promise]);
    } finally {
      clearTimeout(watchdog);
      this.#release(seat);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(closedError());
    await Promise.all(
      [...this.#seats].map(async (seat) => {
        Atomics.store(seat.cancel, 0, 1);
        await seat.worker.terminate();
      }),
    );
  }

  async #add(): Promise<void> {
    const worker = new Worker(this.#entry);
    const cancel = new SharedArrayBuffer(4);
    const calls = callsTo<ReaderMethods>(worker);
    const seat: Seat = { worker, calls, cancel: new Int32Array(cancel), lost: Promise.withResolvers() };
    // Nobody listens while the reader is idle.
    seat.lost.promise.catch(() => undefined);
    this.#seats.add(seat);
    worker.on('exit', () => this.#replace(seat));
    try {
      await calls.call('open', { dataDir: this.#dataDir, limitMs: this.#limitMs, cancel });
    } catch (error) {
      this.#seats.delete(seat);
      await worker.terminate();
      throw error;
    }
    this.#release(seat);
  }

  #take(): Promise<Seat> {
    if (this.#isClosed) return Promise.reject(closedError());
    const seat = this.#idle.pop();
    if (seat !== undefined) return Promise.resolve(seat);
    if (this.#waiting.length >= MAX_WAITING)
      return Promise.reject(
        new AppError('not_ready', { what: 'The store', reason: 'too many queries are waiting' }),
      );
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #release(seat: Seat): void {
    if (!this.#seats.has(seat)) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(seat);
    else next.resolve(seat);
  }

  /** Gives a stuck reader up at once: `terminate` ends its thread only when SQLite returns. */
  #abandon(seat: Seat): void {
    seat.lost.reject(new AppError('query_timeout', { seconds: Math.round(this.#limitMs / 1000) }));
    void seat.worker.terminate();
    this.#replace(seat);
  }

  /** A reader is gone: it ended by itself, which is a bug that its calls report, or it was given up. */
  #replace(seat: Seat): void {
    const wasMember = this.#seats.delete(seat);
    const at = this.#idle.indexOf(seat);
    if (at >= 0) this.#idle.splice(at, 1);
    if (!wasMember || this.#isClosed) return;
    this.#add().catch((error: unknown) => {
      // Without a reader nobody would ever serve those who wait.
      const failure = error instanceof Error ? error : new Error(String(error));
      if (this.#seats.size === 0) for (const { reject } of this.#waiting.splice(0)) reject(failure);
    });
  }
}

function closedError(): AppError {
  return new AppError('not_ready', { what: 'The store', reason: 'it is closed' });
}
