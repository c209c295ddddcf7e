import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { StreamFrame } from '#shared/contract/stream.ts';
import type { Alert } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { alertToWire } from '#shared/wire/alert.ts';
import { eventToWire } from '#shared/wire/event.ts';
import type { PipelineStatus } from '../pipeline/commands.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createClient, DEFAULT_CLIENT_LIMITS, type Client, type ClientLimits } from './client.ts';
import { sameStatus, statusFrameOf } from './status.ts';

/** Viewers of one core: a desktop and a handful of colleagues. Bounds memory together with the client's limits. */
const MAX_CLIENTS = 32;
/** At most one status a second while something changes, and at least one every five (document 004, api.md). */
const STATUS_MIN_MS = 1000;
const STATUS_MAX_MS = 5000;
/** How often clients and status are looked at: fine enough that a timer's jitter breaks neither bound. */
const TICK_MS = 250;

/** Sends what is committed to every connected client. Only committed things come in (architecture 2). */
export interface Hub {
  /** Takes over an open WebSocket. False when the hub is full or closed; the caller then closes it. */
  add(webSocket: WebSocket, socket: Duplex): boolean;
  publishEvents(events: readonly LogEvent[]): void;
  publishAlerts(alerts: readonly Alert[]): void;
  /** Says that the status may have changed; it goes out within a second. Heartbeats need no call. */
  publishStatus(): void;
  clientCount(): number;
  /** Says goodbye to every client and stops the heartbeat. Safe to call twice. */
  close(): void;
}

export interface HubOptions {
  /** Read when a status frame is due. */
  readonly status: () => PipelineStatus;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clientLimits?: ClientLimits;
}

/** A hub without clients; its heartbeat runs until `close`. */
export function createHub(options: HubOptions): Hub {
  return new StreamHub(options);
}

class StreamHub implements Hub {
  readonly #options: HubOptions;
  readonly #clients = new Set<Client>();
  readonly #ticker: NodeJS.Timeout;
  #seq = 0;
  #lastStatus: PipelineStatus | null = null;
  #lastStatusMs = -Infinity;
  #closed = false;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    this.#ticker.unref();
  }

  add(webSocket: WebSocket, socket: Duplex): boolean {
    if (this.#closed || this.#clients.size >= MAX_CLIENTS) return false;
    const { clock, logger, clientLimits = DEFAULT_CLIENT_LIMITS } = this.#options;
    const client = createClient({
      webSocket,
      socket,
      clock,
      limits: clientLimits,
      onClose: (reason) => {
        this.#clients.delete(client);
        logger.debug({ reason, clients: this.#clients.size }, 'A stream client left.');
      },
    });
    this.#clients.add(client);
    const status = this.#options.status();
    // The newcomer's first frame carries the number of the last one, so that the next does not look like a gap.
    client.send([this.#statusFrame(status, this.#seq)], this.#seq);
    // With nobody else there, everyone has just heard it.
    if (this.#clients.size === 1) this.#remember(status);
    return true;
  }

  publishEvents(events: readonly LogEvent[]): void {
    this.#broadcast(events, (event, seq) => ({ type: 'event', seq, event: eventToWire(event) }));
  }

  publishAlerts(alerts: readonly Alert[]): void {
    this.#broadcast(alerts, (alert, seq) => ({ type: 'alert', seq, alert: alertToWire(alert) }));
  }

  publishStatus(): void {
    if (this.#clients.size === 0 || this.#closed) return;
    const sinceMs = this.#options.clock.monotonic() - this.#lastStatusMs;
    if (sinceMs < STATUS_MIN_MS) return;
    const status = this.#options.status();
    const isDue = sinceMs >= STATUS_MAX_MS - 2 * TICK_MS;
    if (!isDue && this.#lastStatus !== null && sameStatus(status, this.#lastStatus)) return;
    this.#remember(status);
    this.#seq += 1;
    const frame = this.#statusFrame(status, this.#seq);
    for (const client of this.#clients) client.send([frame], this.#seq);
  }

  clientCount(): number {
    return this.#clients.size;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#ticker);
    for (const client of this.#clients) client.close(1001, 'Harrier is stopping');
  }

  #tick(): void {
    for (const client of this.#clients) client.check();
    this.publishStatus();
  }

  /** Serialises each frame once, whatever the number of clients; without clients only the numbers move on. */
  #broadcast<T>(items: readonly T[], frameOf: (item: T, seq: number) => StreamFrame): void {
    if (items.length === 0) return;
    const firstSeq = this.#seq + 1;
    this.#seq += items.length;
    if (this.#clients.size === 0) return;
    const frames = items.map((item, index) => JSON.stringify(frameOf(item, firstSeq + index)));
    for (const client of this.#clients) client.send(frames, firstSeq);
  }

  #statusFrame(status: PipelineStatus, seq: number): string {
    return JSON.stringify(statusFrameOf(status, this.#options.clock.now(), seq));
  }

  #remember(status: PipelineStatus): void {
    this.#lastStatus = status;
    this.#lastStatusMs = this.#options.clock.monotonic();
  }
}
