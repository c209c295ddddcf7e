import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { streamFrame, type StreamFrame } from '#shared/contract/stream.ts';
import { sampleAlert, sampleEvent } from '../test-support/samples.ts';
import { LAUNCH_TOKEN, serveApi, type ServedApi } from '../test-support/serve.ts';

let api: ServedApi;
afterEach(() => api.stop());

interface Attempt {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

const BEARER = { authorization: `Bearer ${LAUNCH_TOKEN}` };

function open({ query = '', headers = {}, path = '/api/v1/ws' }: Attempt): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${api.port}${path}${query}`, { headers: { ...headers } });
}

/** 101 when the stream opened, else the status of the refusal. */
async function statusOf(attempt: Attempt): Promise<number> {
  const socket = open(attempt);
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

async function ticket(): Promise<string> {
  const response = await api.call('/api/v1/ws-ticket', { method: 'POST' });
  const body = (await response.json()) as { ticket: string; expires_in: number };
  expect(body.expires_in).toBe(30);
  return `?ticket=${body.ticket}`;
}

describe('opening the stream (reliability T11)', () => {
  it('takes a ticket once', async () => {
    api = await serveApi();
    const query = await ticket();
    expect(await statusOf({ query })).toBe(101);
    expect(await statusOf({ query })).toBe(401);
  });

  it('takes a ticket for 30 seconds', async () => {
    api = await serveApi();
    const query = await ticket();
    api.clock.advance(30_000);
    expect(await statusOf({ query })).toBe(401);
  });

  it.each([
    ['nothing', {}, 401],
    ['a header', { headers: BEARER }, 101],
    ['a wrong ticket', { query: '?ticket=x' }, 401],
    ['a token as the ticket', { query: `?ticket=${LAUNCH_TOKEN}` }, 401],
    ['a foreign page with a header', { headers: { ...BEARER, origin: 'https://evil.example' } }, 403],
    ['a sandboxed page', { headers: { ...BEARER, origin: 'null' } }, 403],
    ['a page whose name begins like ours', { headers: { ...BEARER, origin: 'http://127.0.0.1.evil' } }, 403],
    ['the desktop window', { headers: { ...BEARER, origin: 'app://harrier' } }, 101],
    ['another address, as a stranger', { path: '/api/v1/other' }, 401],
    ['another address, signed in', { path: '/api/v1/other', headers: BEARER }, 404],
  ])('%s', async (_, attempt, status) => {
    api = await serveApi();
    expect(await statusOf(attempt)).toBe(status);
  });

  it('refuses a foreign page before it spends a ticket', async () => {
    api = await serveApi();
    const query = await ticket();
    expect(await statusOf({ query, headers: { origin: 'https://evil.example' } })).toBe(403);
    expect(await statusOf({ query, headers: { origin: `http://127.0.0.1:${api.port}` } })).toBe(101);
  });

  it('is open to programs, and still not to foreign pages, when sign-in is disabled', async () => {
    api = await serveApi({ auth: { mode: 'disabled' } });
    expect(await statusOf({})).toBe(101);
    expect(await statusOf({ headers: { origin: 'https://evil.example' } })).toBe(403);
  });
});

describe('an open stream', () => {
  it('carries status, events and alerts as document 004 writes them, numbered without a hole', async () => {
    api = await serveApi();
    const socket = open({ headers: BEARER });
    const frames: StreamFrame[] = [];
    const enough = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        frames.push(streamFrame.parse(JSON.parse(data.toString())));
        if (frames.length === 1) {
          api.hub.publishEvents([sampleEvent, sampleEvent]);
          api.hub.publishAlerts([sampleAlert]);
        }
        if (frames.some(({ type }) => type === 'alert')) resolve();
      });
    });
    await enough;
    socket.close();
    expect(frames[0]?.type).toBe('status');
    frames.slice(1).forEach((frame, index) => expect(frame.seq).toBe((frames[index]?.seq ?? 0) + 1));
    const event = frames.find((frame) => frame.type === 'event');
    expect(event?.event).toMatchObject({
      observed_ts: '2026-05-13T15:30:00.123Z',
      event_ts: '2026-05-13T15:29:59.998Z',
      source: 'syslog',
      severity: 13,
      message: 'Failed password for root from 10.0.1.42',
      attack: { tactic: 'credential-access', technique: 'T1110.001' },
    });
    const alert = frames.find((frame) => frame.type === 'alert');
    expect(alert?.alert).toMatchObject({ rule_kind: 'sigma', dedup_key: 'sigma:ssh_brute_force:10.0.1.42' });
  });

  it('says goodbye when the server stops', async () => {
    api = await serveApi();
    const socket = open({ headers: BEARER });
    await once(socket, 'message');
    const closed = once(socket, 'close');
    await api.stop();
    expect((await closed)[0]).toBe(1001);
  });

  it('ends a client that sends more than 64 KiB at once', async () => {
    api = await serveApi();
    const socket = open({ headers: BEARER });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.send('x'.repeat(64 * 1024 + 1));
    expect((await closed)[0]).toBe(1009);
  });
});
