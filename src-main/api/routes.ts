import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routes, type RouteName } from '#shared/contract/index.ts';
import type { Route } from '#shared/contract/route.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { NetworkOptions } from './deps.ts';
import type { Handlers } from './kit/handler.ts';
import { validated } from './kit/validation.ts';
import { acceptUploads } from './imports/upload.ts';

/** A handler as registration sees it; which call belongs to which handler is checked where they are written. */
type AnyHandler = (call: unknown) => unknown;

/** Registers every route of the table with its handler; the compiler refuses a table without one. */
export function addRoutes(
  app: FastifyInstance,
  network: NetworkOptions,
  handlers: Handlers<RouteName>,
): void {
  acceptText(app);
  // A scope of its own: what an upload route accepts must not be accepted by any other.
  const uploads: [Route, AnyHandler][] = [];
  for (const [name, definition] of Object.entries<Route>(routes)) {
    // Object.entries forgets that the keys are route names, and TypeScript cannot pair each with its handler.
    const handler = handlers[name as RouteName] as AnyHandler;
    if (definition.bodyType === undefined) addRoute(app, definition, handler);
    else uploads.push([definition, handler]);
  }
  void app.register((scope, _, done) => {
    acceptUploads(scope, network.maxUploadBytes);
    for (const [definition, handler] of uploads) addRoute(scope, definition, handler);
    done();
  });
}

/** Reads the text types of all routes; `jsonBody` refuses them where a route does not take them. */
function acceptText(app: FastifyInstance): void {
  const types = Object.values<Route>(routes).flatMap(({ textBody }) => textBody?.types ?? []);
  app.addContentTypeParser([...new Set(types)], { parseAs: 'string' }, (_, text, done) => done(null, text));
}

function jsonBody({ textBody }: Route, { body, headers }: FastifyRequest): unknown {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || body === undefined) return body;
  if (textBody?.types.includes(type) === true) return { [textBody.member]: body };
  throw new AppError('unsupported_media_type', { type: 'application/json' });
}

function addRoute(app: FastifyInstance, definition: Route, handler: AnyHandler): void {
  const { method, path, permission, bucket, bodyType, responseType } = definition;
  app.route({
    method,
    url: path.replace(/\{(\w+)\}/g, ':$1'),
    config: { permission, bucket, streamsBody: bodyType !== undefined },
    handler: async (request, reply) => {
      reply.status(definition.status);
      if (responseType !== undefined) reply.type(responseType);
      return handler(callOf(definition, request, reply));
    },
  });
}

/** Aborts when the connection closes before the answer went out whole. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

function callOf(definition: Route, request: FastifyRequest, reply: FastifyReply): unknown {
  const { params, query, body, alternateStatus } = definition;
  return {
    params: params && validated(params, request.params, 'path'),
    query: query && validated(query, request.query, 'query'),
    body: body === undefined ? request.body : validated(body, jsonBody(definition, request), 'body'),
    caller: request.caller,
    signal: goneSignal(reply),
    useAlternateStatus: () => {
      if (alternateStatus !== undefined) reply.status(alternateStatus);
    },
  };
}
