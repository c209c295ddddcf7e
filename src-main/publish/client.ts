import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { StreamFrame } from '#shared/contract/stream.ts';
import type { Clock } from '../platform/clock.ts';

export interface ClientLimits {
  /** Frames are skipped while this much waits to be sent. */
  readonly maxBufferedBytes: number;
  /** A client that lags for so long without a break is closed. */
  readonly maxLagMs: number;
  /** Silence after which a client is asked whether it is still there; a second such silence ends it. */
  readonly pingMs: number;
}

export const DEFAULT_CLIENT_LIMITS: ClientLimits = {
  // A commit is 1,000 events and arrives at once; EVTX frames average 2.5 KB. 32 clients that hang: 256 MiB.
  maxBufferedBytes: 8 * 1024 * 1024,
  // Longer than a tab's stall or a network hiccup; nobody watches live what is half a minute behind.
  maxLagMs: 30_000,
  // Below the idle limit of common proxies (60 s).
  pingMs: 30_000,
};

/** "Try again later", RFC 6455 registry (IANA): the client should reconnect and refill by REST. */
const CLOSE_TRY_AGAIN = 1013;
/** What a peer gets to answer a close before its connection is cut. */
const CLOSE_GRACE_MS = 1000;

/** One connected viewer. */
export interface Client {
  /** Sends serialised frames whose numbers start at `firstSeq`, or counts them as skipped. */
  send(frames: readonly string[], firstSeq: number): void;
  /** From time to time: ends a gap that has drained, and a client that will not recover. */
  check(): void;
  close(code: number, reason: string): void;
}

interface ClientOptions {
  readonly webSocket: WebSocket;
  /** The connection under it: corked, so that a commit's frames leave in one write instead of thousands. */
  readonly socket: Duplex;
  readonly clock: Clock;
  readonly limits: ClientLimits;
  readonly onClose: (reason: string) => void;
}

interface Gap {
  readonly fromSeq: number;
  skipped: number;
}

/** Takes over an open WebSocket. */
export function createClient(options: ClientOptions): Client {
  return new StreamClient(options);
}

class StreamClient implements Client {
  readonly #options: ClientOptions;
  #gap: Gap | null = null;
  #laggingSinceMs: number | null = null;
  #lastHeardMs: number;
  #isAsked = false;
  #endReason = 'closed by the client';

  constructor(options: ClientOptions) {
    this.#options = options;
    const { webSocket, clock } = options;
    this.#lastHeardMs = clock.monotonic();
    webSocket.on('pong', () => {
      this.#lastHeardMs = clock.monotonic();
      this.#isAsked = false;
    });
    // The stream only goes one way: what clients say is read, bounded by maxPayload, and ignored.
    webSocket.on('error', (error) => (this.#endReason = error.message));
    webSocket.once('close', () => options.onClose(this.#endReason));
  }

  send(frames: readonly string[], firstSeq: number): void {
    const { webSocket, socket } = this.#options;
    if (webSocket.readyState !== webSocket.OPEN) return;
    socket.cork();
    this.#endGap();
    frames.forEach((frame, index) => {
      if (this.#gap !== null) this.#gap.skipped += 1;
      else if (this.#isFull()) this.#startGap(firstSeq + index);
      else webSocket.send(frame);
    });
    socket.uncork();
  }

  check(): void {
    this.#endGap();
    const { clock, limits } = this.#options;
    const nowMs = clock.monotonic();
    if (this.#laggingSinceMs !== null && nowMs - this.#laggingSinceMs > limits.maxLagMs) {
      this.close(CLOSE_TRY_AGAIN, 'too slow');
    } else if (nowMs - this.#lastHeardMs > limits.pingMs) {
      this.#ask(nowMs);
    }
  }

  close(code: number, reason: string): void {
    const { webSocket } = this.#options;
    this.#endReason = reason;
    webSocket.close(code, reason);
    // Behind a full buffer the close frame itself would wait for ever.
    setTimeout(() => webSocket.terminate(), CLOSE_GRACE_MS).unref();
  }

  #ask(nowMs: number): void {
    if (this.#isAsked) {
      this.#endReason = 'no answer to a ping';
      this.#options.webSocket.terminate();
      return;
    }
    this.#isAsked = true;
    this.#lastHeardMs = nowMs;
    this.#options.webSocket.ping();
  }

  #isFull(): boolean {
    return this.#options.webSocket.bufferedAmount >= this.#options.limits.maxBufferedBytes;
  }

  #startGap(fromSeq: number): void {
    this.#gap = { fromSeq, skipped: 1 };
    this.#laggingSinceMs ??= this.#options.clock.monotonic();
  }

  /** Tells the client what it missed once half of its buffer is free; half, so that gaps are few and large. */
  #endGap(): void {
    const { webSocket, limits } = this.#options;
    if (webSocket.bufferedAmount > limits.maxBufferedBytes / 2) return;
    this.#laggingSinceMs = null;
    if (this.#gap === null) return;
    const { fromSeq, skipped } = this.#gap;
    const frame: StreamFrame = { type: 'gap', seq: fromSeq + skipped - 1, from_seq: fromSeq, skipped };
    this.#gap = null;
    webSocket.send(JSON.stringify(frame));
  }
}
