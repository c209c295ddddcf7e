import { Worker } from 'node:worker_threads';
import type { ImportProgress } from '../../pipeline/commands.ts';
import type { SourceBook } from '../../pipeline/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import { answerCalls, callsTo } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { ImportedFile, ImportRecord } from '../../store/interface/imports.ts';
import type { Flow } from '../flow/flow.ts';
import type { ImportCoreMethods, ImportNotice, ImportWorkerData, ImportWorkerMethods } from './messages.ts';
import { createTally } from './tally.ts';

/** A worker that says nothing for this long is stuck in a hostile file and is killed (reliability T23). */
const SILENCE_LIMIT_MS = 60_000;
const SILENCE_CHECK_MS = 1_000;

export interface ImportJobOptions {
  readonly record: ImportRecord;
  readonly flow: Pick<Flow, 'submit'>;
  /** Whether a file of this SHA-256 was imported before. */
  readonly isKnown: (sha256: string) => Promise<boolean>;
  /** The books of this import. */
  readonly book: SourceBook;
  readonly clock: Clock;
  /** Overrides `SILENCE_LIMIT_MS`, for tests. */
  readonly silenceLimitMs?: number;
}

/** How one worker's life ended. */
type WorkerEnd = 'done' | 'stuck' | 'crashed';

/** One running import: a worker that reads evidence, and another when a file kills that one. */
export class ImportJob {
  /** The finished record: done, cancelled or failed, with its report. Never rejects. */
  readonly finished: Promise<ImportRecord>;
  readonly #options: ImportJobOptions;
  readonly #tally = createTally();
  readonly #files: ImportedFile[] = [];
  readonly #rejected: Record<string, number> = {};
  readonly #startedMs: number;
  #plan: { readonly inputs: number; readonly bytesTotal: number } | null = null;
  #inputsDone = 0;
  #live = { currentFile: '', bytesDone: 0, rejected: 0 };
  #heardMs = 0;
  #openCommits = 0;
  #cancelled = false;
  #askToStop = (): void => undefined;

  constructor(options: ImportJobOptions) {
    this.#options = options;
    this.#startedMs = options.clock.monotonic();
    this.finished = this.#run();
  }

  progress(): ImportProgress {
    const seconds = Math.max(0.001, (this.#options.clock.monotonic() - this.#startedMs) / 1000);
    const bytesPerSecond = this.#live.bytesDone / seconds;
    const bytesTotal = this.#plan?.bytesTotal ?? 0;
    return {
      ...this.#live,
      bytesTotal,
      bytesPerSecond,
      events: this.#tally.events,
      eventsPerSecond: this.#tally.events / seconds,
      etaSeconds: bytesPerSecond > 0 ? Math.max(0, bytesTotal - this.#live.bytesDone) / bytesPerSecond : null,
    };
  }

  cancel(): void {
    this.#cancelled = true;
    this.#askToStop();
  }

  async #run(): Promise<ImportRecord> {
    for (;;) {
      const end = await this.#runWorker();
      if (end === 'done') break;
      if (this.#plan === null)
        return this.#finish('failed', 'The import ended before it could look at the files.');
      this.#blameCurrentFile(end);
      if (this.#cancelled || this.#inputsDone >= this.#plan.inputs) break;
    }
    return this.#finish(this.#cancelled ? 'cancelled' : 'done', null);
  }

  #runWorker(): Promise<WorkerEnd> {
    const { record } = this.#options;
    const workerData: ImportWorkerData = { importId: record.id, paths: record.paths, skip: this.#inputsDone };
    const worker = new Worker(workerUrl('import-worker'), { workerData });
    const calls = callsTo<ImportWorkerMethods>(worker);
    this.#askToStop = () => {
      // A worker that is gone has stopped as asked.
      calls.call('cancel', null).catch(() => undefined);
    };
    answerCalls(worker, {
      submit: (batch) => this.#submit(batch),
      isKnown: this.#options.isKnown,
    } satisfies ImportCoreMethods);
    if (this.#cancelled) this.#askToStop();
    return this.#watch(worker);
  }

  #watch(worker: Worker): Promise<WorkerEnd> {
    this.#heardMs = this.#options.clock.monotonic();
    return new Promise((resolve) => {
      let end: WorkerEnd = 'crashed';
      const watchdog = setInterval(() => {
        if (!this.#isSilent()) return;
        end = 'stuck';
        void worker.terminate();
      }, SILENCE_CHECK_MS);
      worker.on('message', (notice: ImportNotice) => {
        this.#heardMs = this.#options.clock.monotonic();
        if (notice.kind === 'done') end = 'done';
        else this.#take(notice);
      });
      // 'exit' follows and settles.
      worker.on('error', () => undefined);
      worker.on('exit', () => {
        clearInterval(watchdog);
        resolve(end);
      });
    });
  }

  async #submit(batch: Parameters<Flow['submit']>[0]): ReturnType<Flow['submit']> {
    const { book, flow } = this.#options;
    const events = batch.events.id.length;
    const rejected = batch.counters.flatMap((counter) => Object.entries(counter.rejected));
    this.#openCommits += 1;
    book.received(events);
    for (const [reason, count] of rejected) {
      book.received(count);
      book.rejected(reason, count);
    }
    try {
      const receipt = await flow.submit(batch);
      book.committed(events);
      this.#tally.add(batch.events, receipt.created);
      return receipt;
    } catch (error) {
      book.dropped('commit_failed', events);
      throw error;
    } finally {
      this.#openCommits -= 1;
      this.#heardMs = this.#options.clock.monotonic();
    }
  }

  /** A commit that waits for the disk is not the file's fault. */
  #isSilent(): boolean {
    const silentMs = this.#options.clock.monotonic() - this.#heardMs;
    return this.#openCommits === 0 && silentMs >= (this.#options.silenceLimitMs ?? SILENCE_LIMIT_MS);
  }

  #take(notice: Exclude<ImportNotice, { kind: 'done' }>): void {
    switch (notice.kind) {
      case 'planned':
        // A second worker plans again; what was unreadable is already in the report.
        if (this.#plan === null) this.#files.push(...notice.unreadable);
        this.#plan = notice;
        return;
      case 'progress':
        this.#live = {
          currentFile: notice.currentFile,
          bytesDone: notice.bytesDone,
          rejected: notice.rejected,
        };
        return;
      case 'file':
        this.#inputsDone = notice.index + 1;
        this.#files.push(notice.file);
        for (const [reason, count] of Object.entries(notice.rejected)) {
          this.#rejected[reason] = (this.#rejected[reason] ?? 0) + count;
        }
    }
  }

  #blameCurrentFile(end: WorkerEnd): void {
    this.#inputsDone += 1;
    this.#files.push({
      path: this.#live.currentFile,
      format: null,
      outcome: 'failed',
      reason:
        end === 'stuck'
          ? 'Reading it made no progress for a minute and was stopped. Events read before that are kept.'
          : 'Reading it crashed its worker. Events read before that are kept.',
      sizeBytes: 0,
      sha256: null,
      events: 0,
      rejected: 0,
    });
  }

  #finish(state: ImportRecord['state'], reason: string | null): ImportRecord {
    return {
      ...this.#options.record,
      state,
      reason,
      finishedTs: this.#options.clock.now(),
      bytesTotal: this.#plan?.bytesTotal ?? 0,
      bytesDone: this.#live.bytesDone,
      events: this.#tally.events,
      rejected: this.#rejected,
      alerts: this.#tally.alerts,
      firstEventTs: this.#tally.firstEventTs,
      lastEventTs: this.#tally.lastEventTs,
      hosts: this.#tally.hosts,
      files: this.#files,
    };
  }
}
