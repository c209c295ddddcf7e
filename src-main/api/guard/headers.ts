import type { IncomingMessage, ServerResponse } from 'node:http';
import { METHODS } from '#shared/contract/route.ts';

/** On every answer. The static renderer replaces the content policy by its own. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Headers that a permitted page may read besides the few that it always may. */
const EXPOSED = 'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-Id';

/** Browsers ask again after this; a removed origin is out within ten minutes. */
const PREFLIGHT_MAX_AGE_SECONDS = '600';

/** Headers of every answer, also of refusals. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

/** Lets one listed page read the answer. Never `*`, never with credentials: there are no cookies (D6, D7). */
export function setCorsHeaders(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', EXPOSED);
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.setHeader('vary', 'Origin');
}

/** A browser asking whether a page of another origin may call (Fetch standard, CORS-preflight request). */
export function isPreflight(request: IncomingMessage): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

/** Answers a preflight of a listed page; the request that follows still has to bring its credential. */
export function answerPreflight(response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', METHODS.join(', '));
  response.setHeader('access-control-allow-headers', 'Authorization, Content-Type, X-API-Key');
  response.setHeader('access-control-max-age', PREFLIGHT_MAX_AGE_SECONDS);
  response.writeHead(204).end();
}
