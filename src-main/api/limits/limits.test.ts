import { afterEach, describe, expect, it } from 'vitest';
import type { IncomingMessage } from 'node:http';
import { createTestClock, serveApi, type ServedApi } from '../test-support/serve.ts';
import { NOW } from '../test-support/samples.ts';
import { clientAddress } from './client-address.ts';
import { parseRate } from './rate.ts';
import { createRateLimiter } from './rate-limiter.ts';

const LIMITS = {
  enabled: true,
  list: '60/minute',
  detail: '300/minute',
  coverage: '10/minute',
  config: '60/minute',
  auth: '10/minute',
} as const;

describe('parseRate', () => {
  it.each([
    ['60/minute', 60, 60_000],
    ['1/second', 1, 1000],
    ['5/hour', 5, 3_600_000],
  ])('%s', (text, limit, windowMs) => expect(parseRate(text)).toEqual({ limit, windowMs }));

  it.each(['', '60', '60/day', '/minute', 'x/minute'])('refuses %j', (text) => {
    expect(() => parseRate(text)).toThrow();
  });
});

describe('createRateLimiter', () => {
  it('keeps buckets and clients apart and starts again after the window', () => {
    const clock = createTestClock();
    const limiter = createRateLimiter(LIMITS, clock);
    const use = (count: number, client: string) =>
      Array.from({ length: count }, () => limiter.take('coverage', client).allowed);
    expect(use(11, 'a')).toEqual([...Array<boolean>(10).fill(true), false]);
    expect(use(1, 'b')).toEqual([true]);
    expect(limiter.take('list', 'a')).toEqual({ allowed: true, limit: 60, remaining: 59, resetMs: 60_000 });
    clock.advance(59_999);
    expect(use(1, 'a')).toEqual([false]);
    clock.advance(1);
    expect(use(1, 'a')).toEqual([true]);
  });

  it('forgets the oldest of very many clients instead of growing', () => {
    const limiter = createRateLimiter(LIMITS, createTestClock());
    limiter.take('coverage', 'first');
    for (let client = 0; client < 10_000; client += 1) limiter.take('coverage', String(client));
    expect(limiter.take('coverage', 'first').remaining).toBe(9);
    expect(limiter.take('coverage', '9999').remaining).toBe(8);
  });
});

describe('clientAddress', () => {
  const request = (remoteAddress: string, forwarded?: string) =>
    // Only these two members are read.
    ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as unknown as IncomingMessage;

  it.each([
    ['ignores what clients claim', request('192.0.2.1', '10.0.0.1'), false, '192.0.2.1'],
    ['believes the last hop of a trusted proxy', request('::1', '6.6.6.6, 10.0.0.1'), true, '10.0.0.1'],
    ['falls back to the peer', request('192.0.2.1'), true, '192.0.2.1'],
    ['has one name for both ways of writing IPv4', request('::ffff:192.0.2.1'), false, '192.0.2.1'],
  ])('%s', (_, one, trusted, expected) => expect(clientAddress(one, trusted)).toBe(expected));
});

describe('limits of document 000', () => {
  let api: ServedApi;
  afterEach(() => api.stop());
  const open = { mode: 'disabled', launchToken: null } as const;

  it.each([
    ['/api/v1/alerts', 60],
    ['/api/v1/attack/coverage', 10],
    ['/api/v1/config', 60],
    ['/api/v1/stats', 300],
  ])('%s: %i a minute, then 429', async (path, limit) => {
    api = await serveApi({ auth: open });
    const first = await fetch(api.url + path);
    expect(first.headers.get('x-ratelimit-limit')).toBe(String(limit));
    expect(first.headers.get('x-ratelimit-remaining')).toBe(String(limit - 1));
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(Math.ceil((NOW + 60_000) / 1000)));
    for (let used = 1; used < limit; used += 1) expect((await fetch(api.url + path)).status).toBe(200);
    const refused = await fetch(api.url + path, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', success: false, data: null });
  });

  it('shares one bucket between the routes that document 000 puts into it', async () => {
    api = await serveApi({ auth: open, rateLimits: { list: '2/minute' } });
    const paths = ['/api/v1/alerts', '/api/v1/events', '/api/v1/sigma/rules'];
    const statuses = await Promise.all(paths.map(async (path) => (await fetch(api.url + path)).status));
    expect(statuses.sort()).toEqual([200, 200, 429]);
  });

  it('leaves the window of this launch alone on lists and details, not on the expensive grid', async () => {
    api = await serveApi({ rateLimits: { list: '1/minute', coverage: '1/minute' } });
    const statuses = async (path: string) => [(await api.call(path)).status, (await api.call(path)).status];
    expect(await statuses('/api/v1/alerts')).toEqual([200, 200]);
    expect(await statuses('/api/v1/attack/coverage')).toEqual([200, 429]);
  });

  it('can be switched off', async () => {
    api = await serveApi({ auth: open, rateLimits: { enabled: false, list: '1/minute' } });
    await fetch(`${api.url}/api/v1/alerts`);
    const second = await fetch(`${api.url}/api/v1/alerts`);
    expect(second.status).toBe(200);
    expect(second.headers.has('x-ratelimit-limit')).toBe(false);
  });
});
