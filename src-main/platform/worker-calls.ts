import type { Worker } from 'node:worker_threads';
import { AppError, type ErrorFields } from '#shared/errors/app-error.ts';
import type { ErrorCode } from '#shared/errors/codes.ts';

/** What a worker can be asked to do: named functions of one argument that a structured clone can carry. */
export type Methods = Readonly<Record<string, (argument: never) => unknown>>;

type Argument<M extends Methods, K extends keyof M> = Parameters<M[K]>[0];
type Result<M extends Methods, K extends keyof M> = Awaited<ReturnType<M[K]>>;

interface CallMessage {
  readonly kind: 'call';
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type AnswerMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure };

interface Failure {
  readonly message: string;
  readonly code: ErrorCode | null;
  readonly fields: ErrorFields;
}

/** The end of a channel that a worker sees: `parentPort`, or a `MessagePort`. */
export interface CallPort {
  postMessage(value: unknown): void;
  on(event: 'message', listener: (value: unknown) => void): unknown;
}

/** Serves `methods` on `port`, one call at a time in order of arrival. Failures travel back with their code. */
export function answerCalls(port: CallPort, methods: Methods): void {
  let tail: Promise<unknown> = Promise.resolve();
  port.on('message', (value) => {
    if (!isCall(value)) return;
    tail = tail.then(() => answer(port, methods, value));
  });
}

async function answer(port: CallPort, methods: Methods, call: CallMessage): Promise<void> {
  try {
    const method = methods[call.name];
    if (method === undefined) throw new Error(`This worker knows no call named ${call.name}.`);
    // The caller's types guarantee the argument: both ends are compiled from the same `Methods`.
    const value = await method(call.argument as never);
    port.postMessage({ kind: 'answer', id: call.id, value } satisfies AnswerMessage);
  } catch (error) {
    port.postMessage({ kind: 'failure', id: call.id, failure: describe(error) } satisfies AnswerMessage);
  }
}

/** The calling end. */
export interface WorkerCalls<M extends Methods> {
  call<K extends keyof M & string>(name: K, argument: Argument<M, K>): Promise<Result<M, K>>;
  /** Calls sent and not yet answered. */
  pending(): number;
}

/** Calls the methods that `worker` serves. Every open call rejects when the worker ends. */
export function callsTo<M extends Methods>(worker: Worker): WorkerCalls<M> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let ended: Error | null = null;

  worker.on('message', (value: unknown) => {
    if (!isAnswer(value)) return;
    const waiting = open.get(value.id);
    open.delete(value.id);
    if (value.kind === 'answer') waiting?.resolve(value.value);
    else waiting?.reject(revive(value.failure));
  });
  const end = (error: Error): void => {
    ended ??= error;
    for (const waiting of open.values()) waiting.reject(ended);
    open.clear();
  };
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => end(new Error(`The worker ended with code ${code} before it answered.`)));

  return {
    call(name, argument) {
      return new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(ended);
          return;
        }
        const id = nextId++;
        // The answer's type is the method's own: see `answer`.
        open.set(id, { resolve: resolve as (value: unknown) => void, reject });
        worker.postMessage({ kind: 'call', id, name, argument } satisfies CallMessage);
      });
    },
    pending: () => open.size,
  };
}

function describe(error: unknown): Failure {
  if (error instanceof AppError) return { message: error.message, code: error.code, fields: error.fields };
  return {
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    code: null,
    fields: {},
  };
}

function revive(failure: Failure): Error {
  return failure.code === null ? new Error(failure.message) : new AppError(failure.code, failure.fields);
}

function isCall(value: unknown): value is CallMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'call';
}

function isAnswer(value: unknown): value is AnswerMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'answer' || value.kind === 'failure')
  );
}
