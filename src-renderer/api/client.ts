import { buildUrl, type RequestOf, type ResponseOf } from '#shared/contract/client.ts';
import { routes, type RouteName } from '#shared/contract/index.ts';
import type { Route } from '#shared/contract/route.ts';
import { ApiError, errorFromResponse, noAnswer } from './api-error.ts';
import { refuseToken, useSession } from './session.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Body of a route that takes bytes (upload). */
  readonly bytes?: Blob;
}

/** Calls one route of the contract. Throws ApiError; an abort stays an AbortError. */
export async function callApi<N extends RouteName>(
  name: N,
  request: RequestOf<N>,
  options: CallOptions = {},
): Promise<ResponseOf<N>> {
  const route: Route = routes[name];
  const { origin, token } = useSession.getState();
  const headers: Record<string, string> = {};
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const payload = options.bytes ?? jsonBody(request);
  if (payload !== null) headers['content-type'] = route.bodyType ?? 'application/json';
  const response = await send(origin + buildUrl(name, request), {
    method: route.method,
    headers,
    body: payload,
    signal: options.signal ?? null,
    credentials: 'omit',
    cache: 'no-store',
  });
  if (response.status === 401 && route.permission !== 'public') refuseToken();
  if (!response.ok) throw await errorFromResponse(response);
  if (response.status === 204) return undefined as ResponseOf<N>; // What `noContent` says.
  // The core is of this very version and makes its answers from the same schema.
  return (await (route.responseType === undefined ? response.json() : response.text())) as ResponseOf<N>;
}

/** Takes the request as unknown: through the generic, TypeScript cannot see whether its route has a body. */
function jsonBody(request: unknown): string | null {
  const hasBody = typeof request === 'object' && request !== null && 'body' in request;
  return hasBody && request.body !== undefined ? JSON.stringify(request.body) : null;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer(error);
  }
}

/** Waits as long as the core asks, once, when it was asked too often: a fast scroll is no reason for an error. */
export async function callApiPatiently<N extends RouteName>(
  name: N,
  request: RequestOf<N>,
  options: CallOptions = {},
): Promise<ResponseOf<N>> {
  try {
    return await callApi(name, request, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 429) throw error;
    await new Promise((resolve) => setTimeout(resolve, (error.retryAfterSeconds ?? 1) * 1000));
    return callApi(name, request, options);
  }
}
