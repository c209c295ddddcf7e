import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors/app-error.ts';
import { callsTo, type WorkerCalls } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { QuestionWorkerMethods } from './messages.ts';

type Methods = QuestionWorkerMethods;

/** How one call may end early. */
export interface CallLimits {
  readonly limitMs: number;
  /** Ends the call because nobody waits for its answer any more. */
  readonly signal?: AbortSignal;
}

interface Running {
  readonly worker: Worker;
  readonly calls: WorkerCalls<Methods>;
}

/**
 * A worker for questions about rules, started when the first is asked. A call over its limit ends with its worker,
 * because a rule that stalls cannot be stopped otherwise; the next call gets a new one. Calls take turns, so one that
 * is ended takes no other with it.
 */
export class QuestionWorker {
  readonly #entry: URL;
  #running: Running | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #stopped = false;

  /** @param entry of the worker; for tests of workers that stall. */
  constructor(entry: URL = workerUrl('question-worker')) {
    this.#entry = entry;
  }

  /** Rejects with `query_timeout` over the limit and with `not_ready` when too many wait or it is stopped. */
  call<K extends keyof Methods>(
    name: K,
    argument: Parameters<Methods[K]>[0],
    limits: CallLimits,
  ): Promise<Awaited<ReturnType<Methods[K]>>> {
    if (this.#waiting >= MAX_WAITING) return Promise.reject(notReady('too many questions are waiting'));
    this.#waiting += 1;
    const answer = this.#turn.then(() => this.#ask(name, argument, limits));
    this.#turn = answer.catch(() => undefined).finally(() => (this.#waiting -= 1));
    return answer;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#end();
  }

  async #ask<K extends keyof Methods>(
    name: K,
    argument: Parameters<Methods[K]>[0],
    { limitMs, signal }: CallLimits,
  ): Promise<Awaited<ReturnType<Methods[K]>>> {
    if (this.#stopped) throw notReady('it is being stopped');
    if (signal?.aborted === true) throw givenUp();
    const ended = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      ended.reject(new AppError('query_timeout', { seconds: Math.round(limitMs / 1000) }));
    }, limitMs);
    const onAbort = (): void => ended.reject(givenUp());
    signal?.addEventListener('abort', onAbort);
    try {
      this.#running ??= this.#start();
      const answer = this.#running.calls.call(name, argument);
      answer.catch(() => undefined);
      ended.promise.catch(() => this.#end());
      return await Promise.race([answer, ended.promise]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #start(): Running {
    const worker = new Worker(this.#entry);
    // An error inside the worker reaches the open call; without a listener it would end the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.#running?.worker === worker) this.#running = null;
    });
    return { worker, calls: callsTo<Methods>(worker) };
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.worker.terminate();
  }
}

/** Questions that wait for the one before them: more than a person can have open. */
const MAX_WAITING = 32;

function notReady(reason: string): AppError {
  return new AppError('not_ready', { what: 'The question worker', reason });
}

/** What a call rejects with whose signal aborted. */
export function givenUp(): AppError {
  return notReady('the question was given up');
}
