import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Bucket, Permission } from '#shared/contract/route.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { Caller } from './auth/caller.ts';
import { presentedCredential } from './auth/credential.ts';
import type { ApiDeps } from './deps.ts';
import { startBodyDeadline } from './guard/body-deadline.ts';
import { clientAddress } from './limits/client-address.ts';
import type { Allowance, RateLimiter } from './limits/rate-limiter.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of the route table; a route without one is not public. */
    readonly permission?: Permission;
    /** Absent on files of the renderer, which are not counted. */
    readonly bucket?: Bucket;
    /** True where the handler reads the body itself. */
    readonly streamsBody?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

export interface HookDeps extends Pick<ApiDeps, 'clock' | 'logger' | 'network' | 'rateLimits'> {
  readonly authenticator: Authenticator;
  readonly limiter: RateLimiter;
}

/** Buckets that the window of this launch may use freely: it is the same person at the same machine (D8). */
const FREE_FOR_WINDOW: readonly Bucket[] = ['list', 'detail', 'other'];

/** What every request goes through behind the guard, also one that no route answers. */
export function addHooks(app: FastifyInstance, deps: HookDeps): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const { permission, streamsBody } = request.routeOptions.config;
    if (streamsBody !== true) startBodyDeadline(request.raw);
    request.caller = deps.authenticator.identify(presentedCredential(request.headers));
    if (request.caller === null && permission !== 'public') refuseStranger(request, reply, deps);
    if (deps.rateLimits.enabled) countRequest(request, reply, deps);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    // The pattern, not the address: a query may hold what an analyst searched for, or a ticket.
    const route = request.routeOptions.url ?? 'none';
    const durationMs = Math.round(reply.elapsedTime);
    deps.logger.debug(
      { requestId: request.id, method, route, status: reply.statusCode, durationMs },
      'A request was answered.',
    );
    done();
  });
}

/** The same answer for every path, known or not (T12); wrong credentials are counted, absent ones are not. */
function refuseStranger(request: FastifyRequest, reply: FastifyReply, deps: HookDeps): never {
  const isGuess = presentedCredential(request.headers) !== null;
  if (isGuess && deps.rateLimits.enabled) {
    const allowance = deps.limiter.take('auth', addressOf(request, deps));
    if (!allowance.allowed) throw tooMany(reply, allowance);
  }
  throw new AppError('unauthenticated');
}

/**
 * The window of this launch, or the workstation's page that this server itself delivered to a signed-in browser:
 * browsers set Sec-Fetch-Site, pages cannot. The buckets are for programs; a person must never meet them.
 */
function isOwnWindow(request: FastifyRequest): boolean {
  const kind = request.caller?.kind;
  return kind === 'launch' || (kind === 'token' && request.headers['sec-fetch-site'] === 'same-origin');
}

function countRequest(request: FastifyRequest, reply: FastifyReply, deps: HookDeps): void {
  const bucket = request.is404 ? 'other' : request.routeOptions.config.bucket;
  if (bucket === undefined) return;
  if (isOwnWindow(request) && FREE_FOR_WINDOW.includes(bucket)) return;
  const allowance = deps.limiter.take(bucket, addressOf(request, deps));
  const resetSeconds = Math.ceil((deps.clock.now() + allowance.resetMs) / 1000);
  // Document 002 shows the reset as seconds since 1970.
  reply.header('x-ratelimit-limit', allowance.limit);
  reply.header('x-ratelimit-remaining', allowance.remaining);
  reply.header('x-ratelimit-reset', resetSeconds);
  if (!allowance.allowed) throw tooMany(reply, allowance);
}

function tooMany(reply: FastifyReply, allowance: Allowance): AppError {
  const seconds = Math.max(1, Math.ceil(allowance.resetMs / 1000));
  reply.header('retry-after', seconds);
  return new AppError('rate_limited', { seconds });
}

function addressOf(request: FastifyRequest, { network }: HookDeps): string {
  return clientAddress(request.raw, network.trustProxyHeaders);
}
