import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '#shared/errors/codes.ts';
import type { NetworkOptions } from '../deps.ts';
import { originForm, requestedHost } from './host.ts';
import { pageOrigin } from './origin.ts';

export type Verdict =
  /** `corsOrigin` is the foreign page that may read the answer; null when there is none. */
  | { readonly ok: true; readonly corsOrigin: string | null }
  | { readonly ok: false; readonly code: ErrorCode };

/** Decides whether a request may be looked at at all, before routing and before its body is read. */
export type Guard = (request: IncomingMessage) => Verdict;

/**
 * The one guard for every request and every WebSocket upgrade. It stays on in every mode: loopback is not a
 * trust boundary, any web page and any program of this machine can reach it (reliability D4).
 */
export function createGuard(options: Pick<NetworkOptions, 'allowedHosts' | 'allowedOrigins'>): Guard {
  return (request) => {
    const host = requestedHost(request, options.allowedHosts);
    if (host === null) return { ok: false, code: 'host_not_allowed' };
    request.url = originForm(request.url ?? '/');
    const page = pageOrigin(request, host, options.allowedOrigins);
    if (page.kind === 'refused') return { ok: false, code: 'origin_not_allowed' };
    return { ok: true, corsOrigin: page.kind === 'permitted' ? page.origin : null };
  };
}
