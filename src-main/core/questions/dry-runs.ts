import { AppError } from '#shared/errors/app-error.ts';
import type { DryRunOutcome, DryRunRequest } from '../../pipeline/rule-questions.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import { BATCH_LIMIT_MS, runOverStore } from './dry-run.ts';
import type { QuestionedRules } from './messages.ts';
import { QuestionWorker } from './question-worker.ts';

/** Dry runs at a time: each occupies a thread, and the store has two readers that others need too. */
const MAX_RUNNING = 2;

export interface DryRunsOptions {
  readonly reader: Pick<StoreReader, 'sweepEvents' | 'getEvent'>;
  readonly clock: Clock;
}

/** Runs rules over stored events, a few at a time, each in a worker of its own that ends with it. */
export class DryRuns {
  readonly #options: DryRunsOptions;
  readonly #running = new Set<QuestionWorker>();

  constructor(options: DryRunsOptions) {
    this.#options = options;
  }

  /** Rejects with `not_ready` while too many run, and when the signal aborts. */
  async run(rules: QuestionedRules, request: DryRunRequest, signal: AbortSignal): Promise<DryRunOutcome> {
    if (this.#running.size >= MAX_RUNNING) {
      const reason = `${MAX_RUNNING} dry runs are running; try again when one has ended`;
      throw new AppError('not_ready', { what: 'The dry run', reason });
    }
    const { reader, clock } = this.#options;
    const worker = new QuestionWorker();
    this.#running.add(worker);
    try {
      const opened = await worker.call('openDryRun', rules, { limitMs: BATCH_LIMIT_MS, signal });
      if (!opened.ok) return opened;
      return { ok: true, report: await runOverStore({ reader, clock, worker, opened, request, signal }) };
    } finally {
      this.#running.delete(worker);
      await worker.stop();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.stop()));
  }
}
