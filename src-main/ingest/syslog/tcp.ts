import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ReceiverStatus } from '../../pipeline/commands.ts';
import type { ReceiverContext, ReceiverHandle } from '../receiver.ts';
import { formatPeer, plainAddress, toListenError } from './listening.ts';
import { TcpConnection } from './tcp-connection.ts';

export interface SyslogTcpOptions {
  /** Loopback unless the analyst opens the receiver to the network. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly maxConnections?: number;
  readonly maxConnectionsPerPeer?: number;
}

export interface SyslogTcpHandle extends ReceiverHandle {
  readonly port: number;
  /** Connections since the start; `refused` were over a limit and closed before a byte was read. */
  connections(): { readonly open: number; readonly accepted: number; readonly refused: number };
}

/** Both limits: reliability F21. With them, one peer cannot keep the others out. */
const MAX_CONNECTIONS = 1_000;
const MAX_CONNECTIONS_PER_PEER = 200;

/** How long stopping waits for senders that go on sending; well inside the 5 s of a graceful stop. */
const STOP_LIMIT_MS = 1_000;

/** A refusal is worth one notice a minute: a flood of connections must not become a flood of log lines. */
const REFUSAL_NOTICE_EVERY_MS = 60_000;

/**
 * Receives syslog over TCP (RFC 6587, both framings). TCP carries no acknowledgement of its own: a full sink
 * pauses the sockets, so senders wait instead of losing records, and what a crash can lose is what was in memory.
 */
export async function startSyslogTcp(
  options: SyslogTcpOptions,
  context: ReceiverContext,
): Promise<SyslogTcpHandle> {
  const listener = new SyslogListener(options, context);
  await listener.listen();
  let stopped: Promise<void> | null = null;
  return {
    port: listener.port,
    held: () => listener.held(),
    connections: () => listener.counts(),
    status: () => listener.status(),
    stop: () => (stopped ??= listener.stop()),
  };
}

class SyslogListener {
  readonly #options: SyslogTcpOptions;
  readonly #context: ReceiverContext;
  readonly #server: Server;
  readonly #connections = new Set<TcpConnection>();
  readonly #openByPeer = new Map<string, number>();
  #port = 0;
  #open = 0;
  #accepted = 0;
  #refused = 0;
  #lastRecordMs: number | null = null;
  #lastRefusalNoticeMs = -Infinity;

  constructor(options: SyslogTcpOptions, context: ReceiverContext) {
    this.#options = options;
    this.#context = context;
    this.#server = createServer({ noDelay: true }, (socket) => this.#admit(socket));
  }

  get port(): number {
    return this.#port;
  }

  listen(): Promise<void> {
    const { host, port } = this.#options;
    return new Promise((resolve, reject) => {
      const onError = (cause: Error): void => reject(toListenError(cause, host, port));
      this.#server.once('error', onError);
      this.#server.listen({ host, port, exclusive: true }, () => {
        this.#server.off('error', onError);
        // A TCP server that listens has an AddressInfo; only pipes have a string, only closed servers null.
        this.#port = (this.#server.address() as AddressInfo).port;
        // Accepting can fail later (out of descriptors); the connections that stand go on.
        this.#server.on('error', (error) => this.#notify('receiver_failed', error.message));
        resolve();
      });
    });
  }

  held(): number {
    let held = 0;
    for (const connection of this.#connections) held += connection.held;
    return held;
  }

  counts(): { open: number; accepted: number; refused: number } {
    return { open: this.#open, accepted: this.#accepted, refused: this.#refused };
  }

  status(): ReceiverStatus {
    const waiting = this.held() > 0 ? ' Senders are held back: the pipeline is full.' : '';
    const refused = this.#refused > 0 ? ` ${this.#refused} connections refused over the limit.` : '';
    return {
      name: 'syslog-tcp',
      state: 'ok',
      detail: `Listening on tcp ${formatPeer(this.#options.host, this.#port)}, ${this.#open} connections.${waiting}${refused}`,
      lastEventTs: this.#lastRecordMs,
    };
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.stop();
    const limit = setTimeout(() => {
      for (const connection of this.#connections) connection.cut();
    }, STOP_LIMIT_MS);
    await Promise.all([...this.#connections].map((connection) => connection.finished));
    clearTimeout(limit);
    await closed;
  }

  #admit(socket: Socket): void {
    const peer = plainAddress(socket.remoteAddress ?? '');
    const ofPeer = this.#openByPeer.get(peer) ?? 0;
    const { maxConnections = MAX_CONNECTIONS, maxConnectionsPerPeer = MAX_CONNECTIONS_PER_PEER } =
      this.#options;
    if (this.#open >= maxConnections || ofPeer >= maxConnectionsPerPeer) {
      this.#refuse(socket, peer);
      return;
    }
    this.#accepted += 1;
    this.#open += 1;
    this.#openByPeer.set(peer, ofPeer + 1);
    socket.on('data', () => (this.#lastRecordMs = this.#context.nowMs()));
    socket.on('close', () => this.#release(peer));
    const connection = new TcpConnection(socket, this.#context);
    this.#connections.add(connection);
    void connection.finished.then(() => this.#connections.delete(connection));
  }

  #release(peer: string): void {
    this.#open -= 1;
    const left = (this.#openByPeer.get(peer) ?? 1) - 1;
    if (left === 0) this.#openByPeer.delete(peer);
    else this.#openByPeer.set(peer, left);
  }

  #refuse(socket: Socket, peer: string): void {
    this.#refused += 1;
    socket.on('error', () => undefined);
    socket.destroy();
    const nowMs = this.#context.nowMs();
    if (nowMs - this.#lastRefusalNoticeMs < REFUSAL_NOTICE_EVERY_MS) return;
    this.#lastRefusalNoticeMs = nowMs;
    this.#notify('connection_refused', `too many connections, the last from ${peer}`);
  }

  #notify(code: string, reason: string): void {
    this.#context.notify({
      level: 'warn',
      code,
      message: 'The syslog TCP receiver could not take a connection.',
      fields: { reason },
    });
  }
}
