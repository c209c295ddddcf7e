import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { STREAM_PATH } from '#shared/contract/stream.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { NewId } from '../../platform/ids.ts';
import type { Hub } from '../../publish/hub.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Caller } from '../auth/caller.ts';
import { presentedCredential } from '../auth/credential.ts';
import type { Tickets } from '../auth/tickets.ts';
import type { Guard } from '../guard/guard.ts';
import { errorBody } from '../kit/error-body.ts';

/** Clients have nothing to say on the stream; this only bounds what a hostile one can make us hold. */
const MAX_CLIENT_FRAME_BYTES = 64 * 1024;

export interface StreamDeps {
  readonly guard: Guard;
  readonly authenticator: Authenticator;
  readonly tickets: Tickets;
  readonly hub: Hub;
  readonly newId: NewId;
}

type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Opens the stream of document 004. The same guard as for requests comes first (a WebSocket is not subject to
 * CORS, so only the Origin check keeps foreign pages out: reliability T11), then the caller: a one-time ticket
 * for browsers, headers for programs.
 */
export function createUpgradeHandler(deps: StreamDeps): UpgradeHandler {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_FRAME_BYTES,
    // Compression would cost a context of memory and time per client and frame; this is loopback or a LAN.
    perMessageDeflate: false,
  });
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, deps);
    if (refusal !== null) {
      refuse(socket, refusal, deps.newId());
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      if (!deps.hub.add(webSocket, socket)) webSocket.close(1013, 'too many clients');
    });
  };
}

function refusalOf(request: IncomingMessage, deps: StreamDeps): AppError | null {
  const verdict = deps.guard(request);
  if (!verdict.ok) return new AppError(verdict.code);
  const [path, query = ''] = (request.url ?? '').split('?', 2);
  if (callerOf(request, query, deps) === null) return new AppError('unauthenticated');
  return path === STREAM_PATH ? null : new AppError('not_found', { what: 'This address' });
}

function callerOf(request: IncomingMessage, query: string, deps: StreamDeps): Caller | null {
  const ticket = new URLSearchParams(query).get('ticket');
  // A ticket that was sent decides: a used one must not pass because sign-in happens to be off.
  if (ticket !== null) return deps.tickets.redeem(ticket);
  return deps.authenticator.identify(presentedCredential(request.headers));
}

function refuse(socket: Duplex, error: AppError, requestId: string): void {
  const body = JSON.stringify(errorBody(error, requestId));
  socket.end(
    [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
