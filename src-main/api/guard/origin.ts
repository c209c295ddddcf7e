import type { IncomingMessage } from 'node:http';
import { rawHeaderValues } from './host.ts';

/** Origin of the desktop window's pages. */
export const SHELL_ORIGIN = 'app://harrier';

/** Which web page a request comes from: none or our own, a permitted other one (CORS), or one that is refused. */
export type PageOrigin =
  | { readonly kind: 'own' }
  | { readonly kind: 'permitted'; readonly origin: string }
  | { readonly kind: 'refused' };

/**
 * Judges `Origin` and `Sec-Fetch-Site` (W3C Fetch Metadata). Programs send neither and pass. Pages pass when they
 * are ours or listed; `same-site` counts as foreign, because another port of this machine is another program.
 */
export function pageOrigin(
  request: IncomingMessage,
  host: string,
  allowedOrigins: readonly string[],
): PageOrigin {
  const [origin, ...others] = rawHeaderValues(request, 'origin');
  if (others.length > 0) return { kind: 'refused' };
  if (origin === undefined) return isForeignFetch(request) ? { kind: 'refused' } : { kind: 'own' };
  if (origin === SHELL_ORIGIN || allowedOrigins.includes(origin)) return { kind: 'permitted', origin };
  return origin.toLowerCase() === `http://${host}` ? { kind: 'own' } : { kind: 'refused' };
}

function isForeignFetch(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') return false;
  return !isLinkToStartPage(request);
}

/** A link to the workstation in a wiki or a mail: opening the (static) start page reveals and changes nothing. */
function isLinkToStartPage(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.url === '/' && request.headers['sec-fetch-mode'] === 'navigate';
}
