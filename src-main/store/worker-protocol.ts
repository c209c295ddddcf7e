import type { Methods } from '../platform/worker-calls.ts';
import type { SyncReader } from './sqlite/sync-reader.ts';
import type { SyncWriter } from './sqlite/sync-writer.ts';

/** Methods as calls of one argument: the list of the method's own arguments. */
export type Remote<T> = {
  readonly [Method in keyof T]: T[Method] extends (...args: infer Args) => infer Result
    ? (args: Args) => Result
    : never;
};

/** Where a worker finds its store. */
export interface WriterSetup {
  readonly dataDir: string;
}

export interface ReaderSetup {
  readonly dataDir: string;
  readonly limitMs: number;
  /** One Int32; the client sets it to 1 to stop the running query. */
  readonly cancel: SharedArrayBuffer;
}

/** What the writer's worker answers. `open` comes first: its failure keeps its error code that way. */
export type WriterMethods = Remote<SyncWriter> & { readonly open: (setup: WriterSetup) => void };

export type ReaderMethods = Remote<SyncReader> & { readonly open: (setup: ReaderSetup) => void };

/** Serves a target that `open` makes: each call goes to its method of the same name. */
export function remoteMethods<Target extends object>(
  open: (setup: never) => Target,
  names: readonly (keyof Target & string)[],
): Methods {
  let target: Target | null = null;
  const invoke = (name: keyof Target & string, args: readonly unknown[]): unknown => {
    if (target === null) throw new Error(`The store was asked for ${name} before it was opened.`);
    // The client's types guarantee method and arguments: both ends are compiled from the same interface.
    const method = target[name] as (...args: readonly unknown[]) => unknown;
    return method.apply(target, [...args]);
  };
  return {
    open: (setup: never) => {
      target = open(setup);
    },
    ...Object.fromEntries(names.map((name) => [name, (args: readonly unknown[]) => invoke(name, args)])),
  };
}
