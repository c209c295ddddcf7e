import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { contentPolicy } from '#shared/security/content-policy.ts';
import { contentTypeOf, PAGE_SCHEME, resolvePageFile } from './addresses.ts';

/**
 * Any loopback port: the page outlives a core that crashed and serves on another port afterwards, and a policy
 * cannot change while the page is open. What a service there would get without the core's token is nothing.
 */
const CORE_ORIGINS = ['http://127.0.0.1:*', 'ws://127.0.0.1:*'];

/** Once, before the app is ready: gives our scheme an origin of its own, so that storage, fetch and CSP work. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page in `root`, and nothing else, under its own scheme. */
export function servePage(session: Session, root: string): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answerPageRequest(request, root));
}

/** Answers one request; pure but for reading the file. */
export async function answerPageRequest(
  request: { readonly method: string; readonly url: string },
  root: string,
): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405 });
  const file = resolvePageFile(request.url, root);
  if (file === null) return new Response(null, { status: 404 });
  const body = await readFile(file).catch(() => null);
  if (body === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': contentTypeOf(file),
      'content-security-policy': contentPolicy(CORE_ORIGINS),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  });
}
