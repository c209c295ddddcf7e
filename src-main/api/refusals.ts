import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { routes } from '#shared/contract/index.ts';
import type { Method, Route } from '#shared/contract/route.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Authenticator } from './auth/authenticator.ts';
import { presentedCredential } from './auth/credential.ts';
import { isBodyPending } from './guard/body-deadline.ts';
import { errorBody } from './kit/error-body.ts';

interface Failure {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Seconds after which a caller may try again what is not ready or ran too long. */
const RETRY_AFTER_SECONDS = 5;

/** Turns whatever was thrown into the one error body; what we did not foresee goes to the log, not to the caller. */
export function answerError(logger: Logger, { error, request, reply }: Failure): void {
  const refusal = refusalOf(error, request);
  if (refusal.code === 'internal') {
    logger.error({ requestId: request.id, error }, 'A request failed unexpectedly.');
  }
  if (refusal.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  // What is still on its way belongs to a request that is over; reading on would take 16 GiB in the worst case.
  if (isBodyPending(request.raw)) reply.header('connection', 'close');
  send(reply, refusal, request.id);
}

/** Addresses that the router cannot even read; a stranger learns no more from them than from any other (T12). */
export function answerMalformed(authenticator: Authenticator, { request, reply }: Failure): void {
  const caller = authenticator.identify(presentedCredential(request.headers));
  const reason = 'the address is not well-formed';
  send(
    reply,
    caller === null ? new AppError('unauthenticated') : new AppError('bad_request', { reason }),
    request.id,
  );
}

/** 405 with `Allow` where the address exists under other methods, else 404. Strangers got their 401 before. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const allowed = methodsAt(request.url.split('?', 1)[0] ?? '');
  if (allowed.length === 0) {
    send(reply, new AppError('not_found', { what: 'This address' }), request.id);
    return;
  }
  reply.header('allow', allowed.join(', '));
  const fields = { method: request.method, allowed: allowed.join(', ') };
  send(reply, new AppError('method_not_allowed', fields), request.id);
}

function send(reply: FastifyReply, refusal: AppError, requestId: string): void {
  reply.header('x-request-id', requestId).status(refusal.status).send(errorBody(refusal, requestId));
}

function refusalOf(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  // Fastify throws its own errors, and SyntaxErrors of JSON, with a status; anything else is a bug of ours.
  const { code, statusCode = 500, message } = error as Partial<FastifyError>;
  switch (statusCode) {
    case 400:
      return new AppError('bad_request', { reason: `body: ${message ?? 'not readable'}` });
    case 413:
      return new AppError('too_large', { limit: '1 MiB' });
    case 415: {
      const { streamsBody } = request.routeOptions.config;
      const type = streamsBody === true ? 'application/octet-stream' : 'application/json';
      return new AppError('unsupported_media_type', { type });
    }
    default:
      return new AppError('internal', { code: code ?? 'unknown' });
  }
}

const patterns = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

function methodsAt(path: string): readonly Method[] {
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}
