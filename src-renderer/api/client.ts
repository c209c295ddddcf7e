import type { z } from 'zod';
import { routes, type RouteName } from '#shared/contract/index.ts';
import type { Route } from '#shared/contract/route.ts';
import { errorFromResponse, noAnswer } from './api-error.ts';
import { refuseToken, useSession } from './session.ts';

type Part<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? { readonly [P in K]: Sent<z.input<S>> }
  : { readonly [P in K]?: undefined };

/** What a schema takes from us: numbers and lists travel as text in a query and are coerced there. */
type Sent<T> = { [K in keyof T]: unknown extends T[K] ? string | number : T[K] };

type QueryPart<R> = R extends { readonly query: z.ZodObject } ? Partial<Part<R, 'query'>> : object;

/** Everything that one route takes. */
export type ApiRequest<N extends RouteName> = Part<(typeof routes)[N], 'params'> &
  QueryPart<(typeof routes)[N]> &
  Part<(typeof routes)[N], 'body'> & {
    readonly bytes?: Blob;
    readonly signal?: AbortSignal;
  };

export type ApiAnswer<N extends RouteName> = z.output<(typeof routes)[N]['response']>;

/** Calls one route of the contract. Throws ApiError; an abort stays an AbortError. */
export async function callApi<N extends RouteName>(name: N, request: ApiRequest<N>): Promise<ApiAnswer<N>> {
  const route: Route = routes[name];
  const { origin, token } = useSession.getState();
  const headers: Record<string, string> = {};
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  const { params, query, body } = request as LooseRequest;
  const payload = request.bytes ?? (body === undefined ? null : JSON.stringify(body));
  if (payload !== null) headers['content-type'] = route.bodyType ?? 'application/json';
  const response = await send(origin + fillPath(route.path, params) + queryText(query), {
    method: route.method,
    headers,
    body: payload,
    signal: request.signal ?? null,
    credentials: 'omit',
    cache: 'no-store',
  });
  if (response.status === 401 && route.permission !== 'public') refuseToken();
  if (!response.ok) throw await errorFromResponse(response);
  // The core is of this very version and validated the answer against the same schema.
  return (await response.json()) as ApiAnswer<N>;
}

/** The request as it is put on the wire, whatever the route. */
interface LooseRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer(error);
  }
}

function fillPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

function queryText(query: Readonly<Record<string, unknown>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value as string | number | boolean));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
