import { Worker } from 'node:worker_threads';
import type { ImportProgress } from '../../pipeline/commands.ts';
import { total } from '../../pipeline/counters.ts';
import type { SourceBook } from '../../pipeline/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import { answerCalls, callsTo } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { ImportedFile, ImportRecord } from '../../store/interface/imports.ts';
import type { Flow, IncomingBatch } from '../flow/flow.ts';
import type { ImportCoreMethods, ImportNotice, ImportWorkerData, ImportWorkerMethods } from './messages.ts';
import { createTally } from './tally.ts';

/** A worker that says nothing for this long is stuck in a hostile file and is killed (reliability T23). */
const SILENCE_LIMIT_MS = 60_000;

/** After a cancel nobody waits a minute for it; a graceful stop of Harrier has 5 s. */
const CANCEL_LIMIT_MS = 2_000;
const SILENCE_CHECK_MS = 250;

export interface ImportJobOptions {
  readonly record: ImportRecord;
  readonly flow: Pick<Flow, 'submit'>;
  /** Whether a file of this SHA-256 was imported before. */
  readonly isKnown: (sha256: string) => Promise<boolean>;
  /** The books of this import. */
  readonly book: SourceBook;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Overrides `SILENCE_LIMIT_MS`, for tests. */
  readonly silenceLimitMs?: number;
  /** Entry of the worker; for tests of workers that hang or crash. */
  readonly entry?: URL;
}

/** How one worker's life ended. */
type WorkerEnd = 'done' | keyof typeof ENDS;

/** What the report says of the file that a worker died over. */
const ENDS = {
  stuck: 'Reading it made no progress for a minute and was stopped.',
  crashed: 'Reading it crashed its worker.',
} as const;
const CANCELLED = 'The import was cancelled while this file was read.';

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
  readonly #openCommits = new Set<Promise<unknown>>();
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
      // What a dead worker had sent still commits, and belongs to the file in hand.
      await Promise.allSettled(this.#openCommits);
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
    const worker = new Worker(this.#options.entry ?? workerUrl('import-worker'), { workerData });
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
      worker.on('error', (error) => {
        const { currentFile } = this.#live;
        this.#options.logger.error({ currentFile, error: String(error) }, 'An import worker failed.');
      });
      worker.on('exit', () => {
        clearInterval(watchdog);
        resolve(end);
      });
    });
  }

  async #submit(batch: IncomingBatch): ReturnType<Flow['submit']> {
    const commit = this.#commit(batch);
    this.#openCommits.add(commit);
    try {
      return await commit;
    } finally {
      this.#openCommits.delete(commit);
      this.#heardMs = this.#options.clock.monotonic();
    }
  }

  async #commit(batch: IncomingBatch): ReturnType<Flow['submit']> {
    const { book, flow } = this.#options;
    const events = batch.events.id.length;
    const rejected = batch.counters.flatMap((counter) => Object.entries(counter.rejected));
    book.received(events);
    for (const [reason, count] of rejected) {
      book.received(count);
      book.rejected(reason, count);
    }
    try {
      const receipt = await flow.submit(batch);
      book.committed(events);
      this.#tally.add(batch.events, receipt.created);
      for (const [reason, count] of rejected) this.#rejected[reason] = (this.#rejected[reason] ?? 0) + count;
      return receipt;
    } catch (error) {
      book.dropped('commit_failed', events);
      throw error;
    }
  }

  /** A commit that waits for the disk is not the file's fault. */
  #isSilent(): boolean {
    const silentMs = this.#options.clock.monotonic() - this.#heardMs;
    const limitMs = this.#cancelled ? CANCEL_LIMIT_MS : (this.#options.silenceLimitMs ?? SILENCE_LIMIT_MS);
    return this.#openCommits.size === 0 && silentMs >= limitMs;
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
        this.#files.push(notice.file.outcome === 'cancelled' ? this.#withCounts(notice.file) : notice.file);
    }
  }

  #blameCurrentFile(end: keyof typeof ENDS): void {
    this.#inputsDone += 1;
    const file: ImportedFile = {
      path: this.#live.currentFile,
      format: null,
      outcome: this.#cancelled ? 'cancelled' : 'failed',
      reason: `${this.#cancelled ? CANCELLED : ENDS[end]} Events read before that are kept.`,
      sizeBytes: 0,
      sha256: null,
      events: 0,
      rejected: 0,
    };
    this.#files.push(this.#withCounts(file));
  }

  /** A file that was not read to its end has brought in what no other file accounts for. */
  #withCounts(file: ImportedFile): ImportedFile {
    const others = (key: 'events' | 'rejected'): number =>
      this.#files.reduce((sum, one) => sum + one[key], 0);
    return {
      ...file,
      events: this.#tally.events - others('events'),
      rejected: total(this.#rejected) - others('rejected'),
    };
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
