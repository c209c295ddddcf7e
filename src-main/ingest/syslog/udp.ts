import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { ReceiverStatus } from '../../pipeline/commands.ts';
import type { ReceivedRecord, ReceiverContext, ReceiverHandle } from '../receiver.ts';
import { formatPeer, toListenError } from './listening.ts';
import { readKernelDrops } from './kernel-drops.ts';

export interface SyslogUdpOptions {
  /** Loopback unless the analyst opens the receiver to the network. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface SyslogUdpHandle extends ReceiverHandle {
  readonly port: number;
}

/** Asked of the kernel; with it a busy machine lost 0.00 % of 20,000 datagrams/s, with the default 208 KiB 0.69 %. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** How often the kernel's own drops are read into the books: the pace of `status` frames while things change. */
const KERNEL_DROPS_EVERY_MS = 1_000;

/**
 * Receives syslog datagrams (RFC 5426): one datagram is one record, whatever it holds. There is no
 * acknowledgement and no way to slow a sender down: what the sink refuses is dropped and counted as
 * `queue_full`, what the kernel dropped as `kernel_buffer` where it says so (Linux).
 */
export async function startSyslogUdp(
  options: SyslogUdpOptions,
  context: ReceiverContext,
): Promise<SyslogUdpHandle> {
  const socket = createSocket({
    type: options.host.includes(':') ? 'udp6' : 'udp4',
    recvBufferSize: RECEIVE_BUFFER_BYTES,
  });
  await bind(socket, options);
  const { port } = socket.address();
  const bufferBytes = usableBufferBytes(socket);
  if (bufferBytes < RECEIVE_BUFFER_BYTES) notifySmallBuffer(context, bufferBytes);

  const state = { lastRecordMs: null as number | null, failure: null as string | null };
  const kernel = new KernelDropCounter(socket, context);
  socket.on('message', (bytes, sender) => {
    state.lastRecordMs = context.nowMs();
    take(bytes, sender, context);
  });
  socket.on('error', (error) => {
    state.failure = error.message;
    context.notify({
      level: 'error',
      code: 'receiver_failed',
      message: 'The syslog UDP socket reported an error.',
      fields: { error: error.message, port },
    });
  });

  let stopped: Promise<void> | null = null;
  return {
    port,
    held: () => 0,
    status: () => statusOf({ options, port, bufferBytes, kernel, ...state }),
    stop: () => (stopped ??= close(socket, kernel)),
  };
}

function take(bytes: Uint8Array, sender: RemoteInfo, { book, nowMs, sink }: ReceiverContext): void {
  book.received(1);
  if (bytes.length === 0) {
    book.rejected('empty', 1);
    return;
  }
  const record: ReceivedRecord = {
    bytes,
    receivedMs: nowMs(),
    peer: formatPeer(sender.address, sender.port),
    flags: [],
    originalBytes: bytes.length,
    offset: null,
  };
  if (!sink.offer([record])) book.dropped('queue_full', 1);
}

function bind(socket: Socket, { host, port }: SyslogUdpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error): void => {
      socket.close();
      reject(toListenError(cause, host, port));
    };
    socket.once('error', onError);
    // exclusive: two processes must not share the port and take each other's datagrams.
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.off('error', onError);
      resolve();
    });
  });
}

/** Linux reports twice what it grants, the other half being its own bookkeeping (socket(7), SO_RCVBUF). */
function usableBufferBytes(socket: Socket): number {
  const reported = socket.getRecvBufferSize();
  return process.platform === 'linux' ? reported / 2 : reported;
}

function notifySmallBuffer(context: ReceiverContext, bufferBytes: number): void {
  context.notify({
    level: 'warn',
    code: 'receive_buffer_small',
    message:
      'The system grants a smaller UDP receive buffer than asked; bursts may be lost. On Linux raise net.core.rmem_max.',
    fields: { askedBytes: RECEIVE_BUFFER_BYTES, grantedBytes: bufferBytes },
  });
}

/** Reads the kernel's count of datagrams that found the receive buffer full, and books what is new. */
class KernelDropCounter {
  readonly #socket: Socket;
  readonly #context: ReceiverContext;
  readonly #timer: NodeJS.Timeout;
  #booked = 0;
  #countable: boolean;

  constructor(socket: Socket, context: ReceiverContext) {
    this.#socket = socket;
    this.#context = context;
    this.#countable = readKernelDrops(socket.address()) !== null;
    this.#timer = setInterval(() => this.read(), KERNEL_DROPS_EVERY_MS);
    this.#timer.unref();
  }

  get booked(): number {
    return this.#booked;
  }

  /** False where the system does not tell: the loss is then unknown, which is not 0. */
  get countable(): boolean {
    return this.#countable;
  }

  read(): void {
    const drops = readKernelDrops(this.#socket.address());
    this.#countable = drops !== null;
    if (drops === null || drops <= this.#booked) return;
    const fresh = drops - this.#booked;
    this.#booked = drops;
    this.#context.book.received(fresh);
    this.#context.book.dropped('kernel_buffer', fresh);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.read();
  }
}

function close(socket: Socket, kernel: KernelDropCounter): Promise<void> {
  kernel.stop();
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}

interface StatusParts {
  readonly options: SyslogUdpOptions;
  readonly port: number;
  readonly bufferBytes: number;
  readonly kernel: KernelDropCounter;
  readonly lastRecordMs: number | null;
  readonly failure: string | null;
}

function statusOf(parts: StatusParts): ReceiverStatus {
  const where = `Listening on udp ${formatPeer(parts.options.host, parts.port)}.`;
  const small =
    parts.bufferBytes < RECEIVE_BUFFER_BYTES
      ? ` Receive buffer ${Math.round(parts.bufferBytes / 1024)} KiB of 4096 KiB asked.`
      : '';
  const kernel = parts.kernel.countable
    ? ` Kernel drops: ${parts.kernel.booked}.`
    : ' Kernel drops: unknown on this system.';
  return {
    name: 'syslog-udp',
    state: parts.failure === null ? 'ok' : 'degraded',
    detail: parts.failure === null ? where + small + kernel : `${where} Last error: ${parts.failure}.`,
    lastEventTs: parts.lastRecordMs,
  };
}
