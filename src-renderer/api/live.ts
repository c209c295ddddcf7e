import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { z } from 'zod';
import type { AlertWire } from '#shared/contract/alerts.ts';
import type { EventWire } from '#shared/contract/events.ts';
import { STREAM_PATH, type StreamFrame, type statusFrame } from '#shared/contract/stream.ts';
import { callApi } from './client.ts';
import { invalidateRoutes } from './queries.ts';
import { useSession } from './session.ts';
import { startStream, type StreamConnection, type StreamSocket, type StreamState } from './stream.ts';

export type StatusFrame = z.infer<typeof statusFrame>;

/** Frames are gathered for this long: at most four renders a second, whatever the event rate (DASH checks). */
const FLUSH_MS = 250;
/** What alerts change loads again at most this often: the API limits lists to 60 calls a minute. */
const REFRESH_MS = 3000;
/** Events kept for lists that show the tail; older ones are in the store. */
const TAIL_EVENTS = 500;
/** 15 minutes of status frames at one per second, for sparklines. */
const RATE_SAMPLES = 900;

export interface RateSample {
  readonly atMs: number;
  readonly eventsPerSecond: number;
  readonly queueDepth: number;
}

interface Live {
  readonly stream: StreamState;
  readonly status: StatusFrame | null;
  readonly lastFrameMs: number | null;
  /** Events and alerts seen since the page was opened; a list remembers the number it was loaded at. */
  readonly eventCount: number;
  readonly alertCount: number;
  readonly tail: readonly EventWire[];
  readonly lastAlert: AlertWire | null;
  readonly rates: readonly RateSample[];
  readonly paused: boolean;
  /** Times that frames were missed. A list loaded before the last one may lack rows. */
  readonly gapCount: number;
}

/** What the stream says, for components to read. Nothing else writes here. */
export const useLive = create<Live>()(() => ({
  stream: { phase: 'connecting', attempt: 0 },
  status: null,
  lastFrameMs: null,
  eventCount: 0,
  alertCount: 0,
  tail: [],
  lastAlert: null,
  rates: [],
  paused: false,
  gapCount: 0,
}));

let connection: StreamConnection | null = null;

/** Opens the stream and keeps it open; the returned function closes it. */
export function startLive(client: QueryClient): () => void {
  let waiting: StreamFrame[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let refreshedMs = 0;

  function flush(): void {
    timer = undefined;
    const frames = waiting;
    waiting = [];
    useLive.setState((live) => applyFrames(live, frames, Date.now()));
    if (frames.some((frame) => frame.type === 'alert')) refreshSoon();
  }

  function refreshSoon(): void {
    refreshTimer ??= setTimeout(
      () => {
        refreshTimer = undefined;
        refreshedMs = Date.now();
        void invalidateRoutes(client, ['listAlerts', 'stats']);
      },
      Math.max(0, refreshedMs + REFRESH_MS - Date.now()),
    );
  }

  connection = startStream({
    ticketUrl,
    // A WebSocket hands its events to these handlers; ours take fewer arguments, which is all that differs.
    openSocket: (url) => new WebSocket(url) as unknown as StreamSocket,
    onState: (stream) => {
      useLive.setState({ stream });
    },
    onFrame: (frame) => {
      waiting.push(frame);
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    // Nothing is replayed, so whatever is on screen loads again.
    onGap: () => {
      useLive.setState((live) => ({ gapCount: live.gapCount + 1 }));
      void client.invalidateQueries();
    },
  });
  const opened = connection;
  return () => {
    clearTimeout(timer);
    clearTimeout(refreshTimer);
    opened.stop();
    connection = null;
  };
}

/** Skips the wait before the next attempt. */
export function retryStream(): void {
  connection?.retryNow();
}

/** The next state of the live store after a handful of frames. */
export function applyFrames(live: Live, frames: readonly StreamFrame[], nowMs: number): Partial<Live> {
  const events = frames.filter((frame) => frame.type === 'event').map((frame) => frame.event);
  const alerts = frames.filter((frame) => frame.type === 'alert').map((frame) => frame.alert);
  const statuses = frames.filter((frame) => frame.type === 'status');
  return {
    lastFrameMs: nowMs,
    eventCount: live.eventCount + events.length,
    alertCount: live.alertCount + alerts.length,
    ...(events.length > 0 && { tail: [...events.reverse(), ...live.tail].slice(0, TAIL_EVENTS) }),
    ...(alerts.length > 0 && { lastAlert: alerts.at(-1) ?? null }),
    ...(statuses.length > 0 && {
      status: statuses.at(-1) ?? null,
      rates: [
        ...live.rates,
        ...statuses.map((frame) => ({
          atMs: Date.parse(frame.ts),
          eventsPerSecond: frame.throughput_eps,
          queueDepth: frame.queue_depth,
        })),
      ].slice(-RATE_SAMPLES),
    }),
  };
}

async function ticketUrl(): Promise<string> {
  const { ticket } = await callApi('wsTicket', {});
  const base = new URL(useSession.getState().origin || window.location.origin);
  base.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  base.pathname = STREAM_PATH;
  base.searchParams.set('ticket', ticket);
  return base.toString();
}
