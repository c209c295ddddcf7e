import type { z } from 'zod';
import type { ResponseOf } from '#shared/contract/client.ts';
import type { routes, RouteName } from '#shared/contract/index.ts';
import type { Caller } from '../auth/caller.ts';

type Routes = typeof routes;

type Parsed<R, K extends 'params' | 'query' | 'body'> =
  R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;

type BodyOf<R> = R extends { readonly bodyType: string } ? AsyncIterable<Uint8Array> : Parsed<R, 'body'>;

/** One validated call of one route. */
export interface Call<N extends RouteName> {
  readonly params: Parsed<Routes[N], 'params'>;
  readonly query: Parsed<Routes[N], 'query'>;
  /** The validated JSON body; for a route with a `bodyType`, its bytes as they arrive. */
  readonly body: BodyOf<Routes[N]>;
  readonly caller: Caller;
  /** Aborts when the client goes away before it has its answer. */
  readonly signal: AbortSignal;
  /** Answers with the route's `alternateStatus` instead of its `status`. */
  readonly useAlternateStatus: () => void;
}

/** Answers one route with its success body; refusals are thrown as AppError. */
export type Handler<N extends RouteName> = (call: Call<N>) => Promise<ResponseOf<N>> | ResponseOf<N>;

/** One handler for every route named; the compiler refuses a table with a route left out. */
export type Handlers<N extends RouteName> = { readonly [K in N]: Handler<K> };
