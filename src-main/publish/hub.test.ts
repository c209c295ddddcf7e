import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { streamFrame, type StreamFrame } from '#shared/contract/stream.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { logEvent } from '#shared/test-support/log-event.ts';
import type { PipelineStatus } from '../pipeline/commands.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { createHub, type Hub } from './hub.ts';

const event = logEvent({ message: 'm'.repeat(1000) });

const idle: PipelineStatus = {
  throughputEps: 0,
  queueDepth: 0,
  queueMax: 10_000,
  receivers: [{ name: 'syslog', state: 'ok', detail: '', lastEventTs: null }],
  detectors: [],
  sources: [],
  dedupCount: 0,
  startedTs: 0,
  rulesLoaded: 0,
  rulesRejected: 0,
};

let elapsedMs = 0;
let status = idle;
let hub: Hub;
let server: Server;
let port: number;

const clock = { now: () => elapsedMs, monotonic: () => elapsedMs };

beforeEach(async () => {
  elapsedMs = 0;
  status = idle;
  const clientLimits = { maxBufferedBytes: 256 * 1024, maxLagMs: 30_000, pingMs: 30_000 };
  hub = createHub({ status: () => status, clock, logger: silentLogger, clientLimits });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server = createServer().on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (!hub.add(webSocket, socket)) webSocket.close(1013);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A server that listens on TCP has this kind of address.
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  hub.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Viewer {
  readonly webSocket: WebSocket;
  readonly frames: StreamFrame[];
}

async function watch(): Promise<Viewer> {
  const frames: StreamFrame[] = [];
  const webSocket = new WebSocket(`ws://127.0.0.1:${port}`);
  webSocket.on('message', (data: Buffer) => frames.push(streamFrame.parse(JSON.parse(data.toString()))));
  await vi.waitFor(() => expect(frames).toHaveLength(1), WAIT);
  return { webSocket, frames };
}

const WAIT = { timeout: 30_000, interval: 5 };

describe('a client that keeps up', () => {
  it('gets every event, in order and numbered without a hole', async () => {
    const { frames } = await watch();
    for (let batch = 0; batch < 20; batch += 1) {
      hub.publishEvents(Array<LogEvent>(10).fill(event));
      const expected = 10 * (batch + 1);
      await vi.waitFor(
        () => expect(frames.filter(({ type }) => type === 'event')).toHaveLength(expected),
        WAIT,
      );
    }
    frames.slice(1).forEach(({ seq }, index) => expect(seq).toBe((frames[index]?.seq ?? 0) + 1));
    expect(frames.some(({ type }) => type === 'gap')).toBe(false);
  });

  it('numbers go on while nobody watches', async () => {
    hub.publishEvents([event, event, event]);
    const { frames } = await watch();
    expect(frames[0]?.seq).toBe(3);
  });
});

describe('status', () => {
  it('comes at once on connecting, after a change within a second, and every five seconds anyway', async () => {
    const { frames } = await watch();
    const statuses = () => frames.filter(({ type }) => type === 'status').length;
    elapsedMs = 5000;
    await vi.waitFor(() => expect(statuses()).toBe(2), WAIT);
    elapsedMs += 900;
    status = { ...idle, queueDepth: 23 };
    hub.publishStatus();
    elapsedMs += 100;
    await vi.waitFor(() => expect(statuses()).toBe(3), WAIT);
    expect(frames.at(-1)).toMatchObject({ queue_depth: 23, queue_max: 10_000, receivers: { syslog: 'ok' } });
  });

  it('does not repeat itself while nothing changes', async () => {
    const { frames } = await watch();
    elapsedMs = 5000;
    await vi.waitFor(() => expect(frames).toHaveLength(2), WAIT);
    elapsedMs += 1000;
    hub.publishStatus();
    hub.publishEvents([event]);
    await vi.waitFor(() => expect(frames.at(-1)?.type).toBe('event'), WAIT);
    expect(frames).toHaveLength(3);
  });
});

describe('a client that is too slow', () => {
  /** Fills the connection of a viewer that has stopped reading until frames are skipped. */
  async function stall(): Promise<Viewer & { readonly published: number }> {
    const viewer = await watch();
    viewer.webSocket.pause();
    let published = 0;
    // The kernel takes a few megabytes before anything waits in the process: 20 MB are beyond every default.
    for (; published < 20_000; published += 100) {
      hub.publishEvents(Array<LogEvent>(100).fill(event));
      await new Promise(setImmediate);
    }
    return { ...viewer, published };
  }

  it('is told what it missed, and goes on', async () => {
    const { webSocket, frames, published } = await stall();
    webSocket.resume();
    const gaps = () => frames.filter((frame) => frame.type === 'gap');
    const seen = () => frames.filter(({ type }) => type === 'event').length;
    const skipped = () => gaps().reduce((sum, gap) => sum + gap.skipped, 0);
    await vi.waitFor(() => expect(seen() + skipped()).toBe(published), WAIT);
    expect(skipped()).toBeGreaterThan(0);
    // A gap frame stands where the missing ones were: it begins behind the last one sent and ends before the next.
    frames.slice(1).forEach((frame, index) => {
      const first = frame.type === 'gap' ? frame.from_seq : frame.seq;
      expect(first).toBe((frames[index]?.seq ?? 0) + 1);
    });
    hub.publishEvents([event]);
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'event', seq: published + 1 }), WAIT);
  });

  it('does not hold up the others', async () => {
    const { webSocket } = await stall();
    const { frames } = await watch();
    hub.publishEvents([event]);
    await vi.waitFor(() => expect(frames.at(-1)?.type).toBe('event'), WAIT);
    webSocket.terminate();
  });

  it('is closed when it does not catch up within half a minute', async () => {
    const { webSocket } = await stall();
    elapsedMs = 31_000;
    await vi.waitFor(() => expect(hub.clientCount()).toBe(0), WAIT);
    webSocket.terminate();
  });
});

describe('bounds', () => {
  it('takes 32 clients and no more', async () => {
    const viewers: Viewer[] = [];
    for (let count = 0; count < 32; count += 1) viewers.push(await watch());
    const late = new WebSocket(`ws://127.0.0.1:${port}`);
    expect((await once(late, 'close'))[0]).toBe(1013);
    viewers[0]?.webSocket.close();
    await vi.waitFor(() => expect(hub.clientCount()).toBe(31), WAIT);
    await watch();
  });

  it('drops a peer that is gone without a word', async () => {
    const socket = await openSilently();
    await vi.waitFor(() => expect(hub.clientCount()).toBe(1), WAIT);
    elapsedMs = 30_001;
    await new Promise((resolve) => socket.once('data', resolve));
    elapsedMs = 60_002;
    await vi.waitFor(() => expect(hub.clientCount()).toBe(0), WAIT);
    socket.destroy();
  });
});

/** A WebSocket client that never answers a ping. */
async function openSilently(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  const lines = ['GET / HTTP/1.1', 'Host: h', 'Connection: Upgrade', 'Upgrade: websocket'];
  const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
  socket.write([...lines, ...key, '', ''].join('\r\n'));
  await once(socket, 'data');
  return socket;
}
