import { streamFrame, type StreamFrame } from '#shared/contract/stream.ts';

/** First wait and longest wait between attempts: document 004, "reconnect". */
export const RECONNECT_MIN_MS = 250;
export const RECONNECT_MAX_MS = 8000;
/** `status` comes at least every 5 s; three missed ones mean the connection is dead though it looks open. */
export const SILENCE_MS = 16_000;

export type StreamState =
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'open' }
  | { readonly phase: 'waiting'; readonly attempt: number; readonly retryAtMs: number };

/** The part of WebSocket that is used, so that a test can stand in for it. */
export interface StreamSocket {
  onopen: (() => void) | null;
  onmessage: ((message: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  close(): void;
}

export interface StreamOptions {
  /** A fresh URL with a one-time ticket. Rejects when the core does not answer. */
  readonly ticketUrl: () => Promise<string>;
  readonly openSocket: (url: string) => StreamSocket;
  readonly onFrame: (frame: StreamFrame) => void;
  readonly onState: (state: StreamState) => void;
  /** Frames were missed: by a jump of `seq`, by a `gap` frame, or while disconnected. */
  readonly onGap: () => void;
  readonly now?: () => number;
  /** 0..1; spreads the reconnects of many clients. */
  readonly random?: () => number;
}

export interface StreamConnection {
  /** Skips the wait. */
  readonly retryNow: () => void;
  readonly stop: () => void;
}

/**
 * Keeps one WebSocket to the core open: ticket, connect, watch for silence, reconnect with growing waits. The
 * stream replays nothing, so every reconnect and every jump of `seq` is reported as a gap to refill by REST.
 */
export function startStream(options: StreamOptions): StreamConnection {
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  let socket: StreamSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let lastSeq: number | null = null;
  let wasOpen = false;
  let stopped = false;
  /** Rises with every attempt; answers of an earlier one are ignored. */
  let generation = 0;

  function connect(): void {
    generation += 1;
    const mine = generation;
    clearTimeout(timer);
    options.onState({ phase: 'connecting', attempt });
    options.ticketUrl().then(
      (url) => {
        if (stopped || mine !== generation) return;
        attach(options.openSocket(url), mine);
      },
      () => {
        if (mine === generation) wait();
      },
    );
  }

  function attach(opened: StreamSocket, mine: number): void {
    socket = opened;
    watchSilence();
    opened.onopen = () => {
      if (mine !== generation) return;
      attempt = 0;
      options.onState({ phase: 'open' });
      if (wasOpen) options.onGap();
      wasOpen = true;
      lastSeq = null;
      watchSilence();
    };
    opened.onmessage = (message) => {
      if (mine !== generation) return;
      watchSilence();
      receive(message.data);
    };
    opened.onclose = () => {
      if (mine === generation) wait();
    };
  }

  function receive(data: unknown): void {
    const frame = readFrame(data);
    if (frame === null) return;
    const skipped = lastSeq !== null && frame.seq > lastSeq + 1;
    lastSeq = frame.seq;
    if (skipped || frame.type === 'gap') options.onGap();
    options.onFrame(frame);
  }

  function watchSilence(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      detach();
      wait();
    }, SILENCE_MS);
  }

  function wait(): void {
    if (stopped) return;
    detach();
    const waitMs = Math.min(RECONNECT_MAX_MS, RECONNECT_MIN_MS * 2 ** attempt) * (0.75 + random() * 0.25);
    attempt += 1;
    options.onState({ phase: 'waiting', attempt, retryAtMs: now() + waitMs });
    clearTimeout(timer);
    timer = setTimeout(connect, waitMs);
  }

  function detach(): void {
    generation += 1;
    const old = socket;
    socket = null;
    old?.close();
  }

  connect();
  return {
    retryNow: () => {
      if (stopped || socket !== null) return;
      connect();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      detach();
    },
  };
}

function readFrame(data: unknown): StreamFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed = streamFrame.safeParse(JSON.parse(data));
    // A frame type that a later core adds is not an error.
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
