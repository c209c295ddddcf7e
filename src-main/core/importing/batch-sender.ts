import type { LogEvent } from '#shared/model/event.ts';
import type { RejectedRecord } from '../../pipeline/batch.ts';
import { toColumns } from '../../pipeline/columns.ts';
import { total } from '../../pipeline/counters.ts';
import type { Rejection } from '../../pipeline/parsing.ts';
import type { IncomingBatch } from '../flow/flow.ts';

/** Group commit (reliability L3). */
const BATCH_EVENTS = 1_000;

/** Batches on their way: one committing, one in detection, one in between. More would only use memory. */
const OPEN_BATCHES = 3;

/** Rejections kept in full per import; the rest are counted. A hostile file must not fill the store with them. */
const MAX_REJECTS_KEPT = 10_000;

/** Gathers what an import reads into batches and keeps a bounded number of them on their way. */
export class BatchSender {
  readonly #sourceId: string;
  readonly #submit: (batch: IncomingBatch) => Promise<unknown>;
  readonly #open = new Set<Promise<unknown>>();
  readonly #events: LogEvent[] = [];
  #rejects: RejectedRecord[] = [];
  #rejected: Record<string, number> = {};
  #rejectsKept = 0;
  #failure: unknown = null;

  constructor(sourceId: string, submit: (batch: IncomingBatch) => Promise<unknown>) {
    this.#sourceId = sourceId;
    this.#submit = submit;
  }

  /** Adds what one read gave; resolves when the next may come. Rejects when a commit failed. */
  async add(events: readonly LogEvent[], rejections: readonly Rejection[], path: string): Promise<void> {
    for (const event of events) this.#events.push(event);
    for (const rejection of rejections) this.#reject(rejection, path);
    while (this.#events.length >= BATCH_EVENTS) await this.#send(this.#events.splice(0, BATCH_EVENTS));
  }

  /** Sends what is left and waits until everything has been committed. */
  async flush(): Promise<void> {
    if (this.#events.length > 0 || Object.keys(this.#rejected).length > 0)
      await this.#send(this.#events.splice(0));
    await Promise.all(this.#open);
    this.#throwFailure();
  }

  #reject(rejection: Rejection, path: string): void {
    this.#rejected[rejection.reason] = (this.#rejected[rejection.reason] ?? 0) + 1;
    if (this.#rejectsKept >= MAX_REJECTS_KEPT) return;
    this.#rejectsKept += 1;
    // The evidence file has the bytes themselves: offset and length point to them.
    this.#rejects.push({ sourceId: this.#sourceId, path, ...rejection, sample: new Uint8Array(0) });
  }

  async #send(events: readonly LogEvent[]): Promise<void> {
    const rejectedTotal = total(this.#rejected);
    const batch: IncomingBatch = {
      events: toColumns(events),
      offsets: [],
      rejects: this.#rejects,
      counters: [
        {
          sourceId: this.#sourceId,
          received: events.length + rejectedTotal,
          rejected: this.#rejected,
          dropped: {},
        },
      ],
    };
    this.#rejects = [];
    this.#rejected = {};
    while (this.#open.size >= OPEN_BATCHES) await Promise.race(this.#open);
    this.#throwFailure();
    const sent: Promise<unknown> = this.#submit(batch)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#open.delete(sent));
    this.#open.add(sent);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure as Error;
  }
}
