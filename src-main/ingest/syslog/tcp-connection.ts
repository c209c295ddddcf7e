import type { Socket } from 'node:net';
import {
  MAX_OFFER_RECORDS,
  MAX_RECORD_BYTES,
  type ReceivedRecord,
  type ReceiverContext,
} from '../receiver.ts';
import { FrameDecoder, type Decoded, type Frame, type FramingFault } from './frame-decoder.ts';
import { formatPeer } from './listening.ts';

/** A connection that sent nothing for so long is closed: reliability F21. */
const IDLE_LIMIT_MS = 10 * 60 * 1000;

/** While stopping, a connection that is quiet for this long has delivered what was on its way (one LAN round trip, many times over). */
const STOP_QUIET_MS = 100;

/**
 * One sender. Its socket is paused while the sink is full, so that TCP slows the sender down instead of losing
 * records; at most the records of one read (64 KiB) are held meanwhile.
 */
export class TcpConnection {
  readonly #socket: Socket;
  readonly #context: ReceiverContext;
  readonly #decoder = new FrameDecoder(MAX_RECORD_BYTES);
  readonly #peer: string;
  readonly #closed = Promise.withResolvers<undefined>();
  #held: ReceivedRecord[] = [];
  #waiting = false;
  #ended = false;
  #limitMs = IDLE_LIMIT_MS;

  constructor(socket: Socket, context: ReceiverContext) {
    this.#socket = socket;
    this.#context = context;
    this.#peer = formatPeer(socket.remoteAddress ?? 'unknown', socket.remotePort ?? 0);
    socket.setTimeout(this.#limitMs);
    socket.on('data', (bytes: Buffer) => this.#accept(this.#decoder.push(bytes)));
    socket.on('timeout', () => this.#closeIfQuiet());
    // A reset ends the connection like any other close; what came in before it is kept.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#ended = true;
      this.#accept(this.#decoder.end());
    });
  }

  /** Settles when the socket is closed and every record is with the sink. */
  get finished(): Promise<unknown> {
    return this.#closed.promise;
  }

  get held(): number {
    return this.#held.length;
  }

  /** Asks the sender to end, and closes once nothing more arrives. */
  stop(): void {
    this.#limitMs = STOP_QUIET_MS;
    this.#socket.setTimeout(this.#limitMs);
    this.#socket.end();
  }

  /** Closes at once; what is held is still handed over. */
  cut(): void {
    this.#socket.destroy();
  }

  /**
   * After a stall of this thread the timer runs before the bytes that wait in the kernel are read: they get one
   * turn of the event loop to show. Quiet because the sink made us pause is not quiet either.
   */
  #closeIfQuiet(): void {
    const { bytesRead } = this.#socket;
    setImmediate(() => {
      if (this.#held.length > 0) return;
      if (this.#socket.bytesRead === bytesRead) this.#socket.destroy();
      else this.#socket.setTimeout(this.#limitMs);
    });
  }

  #accept({ frames, fault }: Decoded): void {
    const receivedMs = this.#context.nowMs();
    this.#context.book.received(frames.length);
    for (const frame of frames) this.#held.push(this.#toRecord(frame, receivedMs));
    if (fault !== null) this.#refuse(fault);
    this.#handOver();
  }

  #toRecord(frame: Frame, receivedMs: number): ReceivedRecord {
    return { ...frame, receivedMs, peer: this.#peer, offset: null };
  }

  #refuse(fault: FramingFault): void {
    this.#context.book.received(1);
    this.#context.book.rejected(fault, 1);
    this.#context.notify({
      level: 'warn',
      code: fault,
      message: 'A syslog sender broke the framing of its connection; the connection was closed.',
      fields: { peer: this.#peer },
    });
    this.#socket.destroy();
  }

  #handOver(): void {
    if (this.#waiting) return;
    while (this.#held.length > 0) {
      const offer = this.#held.slice(0, MAX_OFFER_RECORDS);
      if (!this.#context.sink.offer(offer)) {
        this.#wait();
        return;
      }
      this.#held = this.#held.slice(offer.length);
    }
    if (this.#ended) this.#closed.resolve(undefined);
    else this.#resume();
  }

  #wait(): void {
    this.#waiting = true;
    this.#socket.pause();
    this.#context.sink.onDrain(() => {
      this.#waiting = false;
      this.#handOver();
    });
  }

  #resume(): void {
    if (!this.#socket.isPaused()) return;
    this.#socket.resume();
    this.#socket.setTimeout(this.#limitMs);
  }
}
