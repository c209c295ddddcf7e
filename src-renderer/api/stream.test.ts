import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECONNECT_MAX_MS, SILENCE_MS, startStream, type StreamSocket, type StreamState } from './stream.ts';

class FakeSocket implements StreamSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  close(): void {
    this.closed = true;
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const status = (seq: number) => ({
  type: 'status',
  seq,
  ts: '2026-05-01T00:00:00.000Z',
  throughput_eps: 1,
  queue_depth: 0,
  queue_max: 10,
  receivers: {},
  detectors: {},
});

function start(ticketUrl = () => Promise.resolve('ws://x')) {
  const sockets: FakeSocket[] = [];
  const states: StreamState[] = [];
  const onFrame = vi.fn();
  const onGap = vi.fn();
  const connection = startStream({
    ticketUrl,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    onFrame,
    onGap,
    onState: (state) => states.push(state),
    random: () => 1,
  });
  return { sockets, states, onFrame, onGap, connection };
}

describe('startStream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('passes frames on and reports a jump of seq', async () => {
    const { sockets, onFrame, onGap } = start();
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]!.onopen!();
    sockets[0]!.say(status(7));
    sockets[0]!.say(status(8));
    expect(onGap).not.toHaveBeenCalled();
    sockets[0]!.say(status(11));
    expect(onGap).toHaveBeenCalledOnce();
    expect(onFrame).toHaveBeenCalledTimes(3);
  });

  it('waits 250 ms, then twice as long each time, at most 8 s, and asks for a fresh ticket each time', async () => {
    const ticketUrl = vi.fn(() => Promise.reject(new Error('down')));
    const { states } = start(ticketUrl);
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      await vi.advanceTimersByTimeAsync(0);
      const last = states.at(-1)!;
      if (last.phase !== 'waiting') throw new Error('expected to wait');
      waits.push(last.retryAtMs - Date.now());
      await vi.advanceTimersByTimeAsync(last.retryAtMs - Date.now());
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, RECONNECT_MAX_MS, RECONNECT_MAX_MS]);
    expect(ticketUrl).toHaveBeenCalledTimes(9);
  });

  it('reports a gap after a reconnect, because nothing is replayed', async () => {
    const { sockets, onGap, states } = start();
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]!.onopen!();
    sockets[0]!.onclose!();
    expect(states.at(-1)?.phase).toBe('waiting');
    await vi.advanceTimersByTimeAsync(250);
    sockets[1]!.onopen!();
    expect(states.at(-1)?.phase).toBe('open');
    expect(onGap).toHaveBeenCalledOnce();
  });

  it('gives up on a connection that went silent', async () => {
    const { sockets, states } = start();
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]!.onopen!();
    await vi.advanceTimersByTimeAsync(SILENCE_MS);
    expect(sockets[0]!.closed).toBe(true);
    expect(states.at(-1)?.phase).toBe('waiting');
  });

  it('retries at once when asked, and stops for good', async () => {
    const { sockets, connection } = start();
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]!.onclose!();
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(2);
    connection.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(2);
    expect(sockets[1]!.closed).toBe(true);
  });
});
