import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '#shared/errors/app-error.ts';
import type { NewId } from '../../platform/ids.ts';
import { errorBody } from '../kit/error-body.ts';
import type { Guard } from './guard.ts';
import { answerPreflight, isPreflight, setCorsHeaders, setSecurityHeaders } from './headers.ts';

/** Reliability T16: a client that drips its headers holds a connection for at most this long. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How often Node looks for such clients; its default of 30 s would make the limit 40 s. */
const CONNECTION_CHECK_MS = 5_000;
/** Reliability T16. Above it Node closes new connections at once. */
const MAX_CONNECTIONS = 256;

export interface GatedServerOptions {
  readonly guard: Guard;
  readonly newId: NewId;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/**
 * An HTTP server whose requests pass the guard before any router sees them, so that no route, known or unknown,
 * present or future, is without it.
 */
export function createGatedServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  { guard, newId, onUpgrade }: GatedServerOptions,
): Server {
  const options = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: CONNECTION_CHECK_MS,
    // The whole-request limit of Node would cut long uploads; body-deadline.ts limits all other bodies.
    requestTimeout: 0,
    // A missing Host is the guard's to refuse, with our error body.
    requireHostHeader: false,
  };
  const server = createServer(options, (request, response) => {
    setSecurityHeaders(response);
    const verdict = guard(request);
    if (!verdict.ok) {
      refuse(response, new AppError(verdict.code), newId());
      return;
    }
    if (verdict.corsOrigin !== null) setCorsHeaders(response, verdict.corsOrigin);
    if (verdict.corsOrigin !== null && isPreflight(request)) answerPreflight(response);
    else handle(request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('upgrade', onUpgrade);
  return server;
}

/** Ends the connection as well: what follows on it was meant for the same wrong address. */
function refuse(response: ServerResponse, error: AppError, requestId: string): void {
  const body = JSON.stringify(errorBody(error, requestId));
  response.writeHead(error.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}
