import type { MessagePort, Worker } from 'node:worker_threads';
import { AppError, type ErrorFields } from '#shared/errors/app-error.ts';
import type { ErrorCode } from '#shared/errors/codes.ts';

/** What a worker can be asked to do: named functions of one argument that a structured clone can carry. */
export type Methods = Readonly<Record<string, (argument: never) => unknown>>;

/** The same of an interface that names them, which has no index signature. */
type MethodsOf<M> = { readonly [K in keyof M]: (argument: never) => unknown };

type Argument<M extends MethodsOf<M>, K extends keyof M> = Parameters<M[K]>[0];
type Result<M extends MethodsOf<M>, K extends keyof M> = Awaited<ReturnType<M[K]>>;

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

/** Either end of a channel between threads: a `Worker` as its owner sees it, or `parentPort` inside it. */
export type CallPort = Worker | MessagePort;

/**
 * Serves `methods` on `port`. Calls start in order of arrival; a method that waits does not hold up the next.
 * Failures travel back with their code. Both ends may serve and call on the same port.
 */
export function answerCalls(port: CallPort, methods: Methods): void {
  port.on('message', (value: unknown) => {
    if (isCall(value)) void answer(port, methods, value);
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
export interface WorkerCalls<M extends MethodsOf<M>> {
  call<K extends keyof M & string>(name: K, argument: Argument<M, K>): Promise<Result<M, K>>;
  /** Calls sent and not yet answered. */
  pending(): number;
}

/** Calls the methods that the other end of `port` serves. Every open call rejects when that end is gone. */
export function callsTo<M extends MethodsOf<M>>(port: CallPort): WorkerCalls<M> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let ended: Error | null = null;

  port.on('message', (value: unknown) => {
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
  port.on('error', (error: unknown) => end(error instanceof Error ? error : new Error(String(error))));
  // A Worker emits `exit` when its thread ends, a MessagePort `close` when the other end does.
  port.on('exit', () => end(new Error('The worker ended before it answered.')));
  port.on('close', () => end(new Error('The other thread ended before it answered.')));

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
        port.postMessage({ kind: 'call', id, name, argument } satisfies CallMessage);
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
