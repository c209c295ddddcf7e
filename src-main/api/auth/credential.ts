import type { IncomingHttpHeaders } from 'node:http';

const BEARER = /^Bearer +([\w\-.~+/]+=*)$/i;

/**
 * The credential that a request presents: `Authorization: Bearer` (RFC 6750) or `X-API-Key`. Headers only: a
 * cookie would travel with forged requests, a token in the address ends up in logs (reliability D7).
 */
export function presentedCredential(headers: IncomingHttpHeaders): string | null {
  if (headers.authorization !== undefined) {
    // A scheme that we do not know is a wrong credential, not an absent one.
    return BEARER.exec(headers.authorization)?.[1] ?? '';
  }
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : null;
}
