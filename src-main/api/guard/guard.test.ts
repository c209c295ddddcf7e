import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../test-support/raw-http.ts';
import { LAUNCH_TOKEN, serveApi, type ServedApi } from '../test-support/serve.ts';

const CLOSE = 'Connection: close';

describe('Host (reliability T10)', () => {
  let api: ServedApi;
  beforeAll(async () => {
    // Sign-in off: what is left to keep a rebinding page out is the guard alone.
    api = await serveApi({
      auth: { mode: 'disabled' },
      network: { allowedHosts: ['harrier.example', 'proxy.example:443'] },
    });
  });
  afterAll(() => api.stop());

  const hosts: readonly (readonly [what: string, hosts: readonly string[], status: number])[] = [
    ['a foreign name', ['evil.example:PORT'], 421],
    ['two, ours first', ['127.0.0.1:PORT', 'evil.example'], 421],
    ['two, ours last', ['evil.example', '127.0.0.1:PORT'], 421],
    ['two that are the same', ['127.0.0.1:PORT', '127.0.0.1:PORT'], 421],
    ['our address as a prefix', ['127.0.0.1.evil:PORT'], 421],
    ['a trailing dot', ['localhost.:PORT'], 421],
    ['capitals, which mean the same', ['LOCALHOST:PORT'], 200],
    ['the unspecified address', ['0.0.0.0:PORT'], 421],
    ['the wrong port', ['127.0.0.1:1'], 421],
    ['no port', ['127.0.0.1'], 421],
    ['IPv4-mapped loopback', ['[::ffff:127.0.0.1]:PORT'], 421],
    ['user information', ['127.0.0.1:PORT@evil.example'], 421],
    ['empty', [''], 421],
    ['IPv4 loopback', ['127.0.0.1:PORT'], 200],
    ['IPv6 loopback', ['[::1]:PORT'], 200],
    ['localhost', ['localhost:PORT'], 200],
    ['a configured name at our port', ['harrier.example:PORT'], 200],
    ['a configured name at another port', ['harrier.example:1'], 421],
    ["a configured proxy's name and port", ['proxy.example:443'], 200],
  ];

  it.each(hosts)('%s', async (_, names, status) => {
    const lines = names.map((name) => `Host: ${name.replace('PORT', String(api.port))}`);
    const answer = await rawRequest(api.port, ['GET /api/v1/alerts HTTP/1.1', ...lines, CLOSE]);
    expect(answer.status).toBe(status);
    if (status === 421) expect(JSON.parse(answer.body)).toMatchObject({ code: 'host_not_allowed' });
  });

  it('refuses HTTP/1.0 and HTTP/1.1 without a Host', async () => {
    const old = await rawRequest(api.port, ['GET /api/v1/alerts HTTP/1.0']);
    const current = await rawRequest(api.port, ['GET /api/v1/alerts HTTP/1.1', CLOSE]);
    expect([old.status, current.status]).toEqual([421, 421]);
  });

  it('judges the authority of an absolute-form target', async () => {
    const ours = `Host: 127.0.0.1:${api.port}`;
    const get = async (target: string) =>
      (await rawRequest(api.port, [`GET ${target} HTTP/1.1`, ours, CLOSE])).status;
    expect(await get('http://evil.example/health')).toBe(421);
    expect(await get(`https://127.0.0.1:${api.port}/health`)).toBe(421);
    expect(await get(`http://localhost:${api.port}/health`)).toBe(421);
    expect(await get(`http://127.0.0.1:${api.port}/health`)).toBe(200);
  });

  it('looks at WebSocket upgrades too', async () => {
    const answer = await rawRequest(api.port, [
      'GET /api/v1/ws HTTP/1.1',
      `Host: evil.example:${api.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]);
    expect(answer.status).toBe(421);
  });
});

describe('Origin and fetch metadata (reliability T9)', () => {
  const allowed = 'https://soc.example';
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi({ auth: { mode: 'disabled' }, network: { allowedOrigins: [allowed] } });
  });
  afterAll(() => api.stop());

  const get = (path: string, ...headers: readonly string[]) =>
    rawRequest(api.port, [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${api.port}`, ...headers, CLOSE]);

  const cases: readonly (readonly [what: string, headers: readonly string[], status: number])[] = [
    ['a program sends neither', [], 200],
    ['a foreign page', ['Origin: https://evil.example'], 403],
    ['a sandboxed page', ['Origin: null'], 403],
    ['a page of another port of this machine', ['Origin: http://127.0.0.1:1'], 403],
    ['a page whose name begins like ours', ['Origin: http://127.0.0.1.evil'], 403],
    ['two origins', ['Origin: https://soc.example', 'Origin: https://evil.example'], 403],
    ['the desktop window', ['Origin: app://harrier', 'Sec-Fetch-Site: cross-site'], 200],
    ['a listed page', [`Origin: ${allowed}`, 'Sec-Fetch-Site: cross-site'], 200],
    ['an image tag of a foreign page', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'], 403],
    ['a script tag of another local port', ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: no-cors'], 403],
    ['a link to an answer', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate'], 403],
    ['our own page', ['Sec-Fetch-Site: same-origin'], 200],
    ['the address bar', ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate'], 200],
  ];

  it.each(cases)('%s', async (_, headers, status) => {
    expect((await get('/api/v1/alerts', ...headers)).status).toBe(status);
  });

  it('lets its own pages in by their Origin', async () => {
    expect((await get('/api/v1/alerts', `Origin: http://127.0.0.1:${api.port}`)).status).toBe(200);
  });

  it('gives CORS headers to listed pages only, and never a wildcard', async () => {
    const listed = await get('/api/v1/alerts', `Origin: ${allowed}`);
    expect(listed.head.toLowerCase()).toContain(`access-control-allow-origin: ${allowed}`);
    for (const other of [
      await get('/api/v1/alerts'),
      await get('/api/v1/alerts', 'Origin: https://evil.example'),
    ]) {
      expect(other.head.toLowerCase()).not.toContain('access-control-');
    }
  });

  it('answers the preflight of a listed page without a credential', async () => {
    const preflight = (origin: string) =>
      fetch(`${api.url}/api/v1/sigma/rules`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const answer = await preflight(allowed);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect((await preflight('https://evil.example')).status).toBe(403);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', null])(
    'takes no body as %s, which a page may send without asking',
    async (type) => {
      const headers: Record<string, string> = type === null ? {} : { 'content-type': type };
      const body = new Blob(['{"yaml":"title: x"}']);
      const answer = await fetch(`${api.url}/api/v1/sigma/rules`, { method: 'POST', headers, body });
      expect(answer.status).toBe(415);
    },
  );

  it('takes raw bytes on the upload route only, and nothing else there', async () => {
    const post = (path: string, type: string) =>
      fetch(api.url + path, { method: 'POST', headers: { 'content-type': type }, body: '{}' });
    expect((await post('/api/v1/sigma/rules', 'application/octet-stream')).status).toBe(415);
    expect((await post('/api/v1/imports/upload?name=a', 'application/json')).status).toBe(415);
  });
});

describe('limits of the guard', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi({ network: { maxUploadBytes: 1000 } });
  });
  afterAll(() => api.stop());

  it('refuses JSON bodies over 1 MiB', async () => {
    const body = JSON.stringify({ yaml: 'x'.repeat(1024 * 1024) });
    const headers = { 'content-type': 'application/json' };
    const answer = await api.call('/api/v1/sigma/rules', { method: 'POST', headers, body });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'too_large' });
  });

  it.each([
    ['announced', ['Content-Length: 2000'], 'x'.repeat(10)],
    ['not announced', ['Transfer-Encoding: chunked'], `7d0\r\n${'x'.repeat(2000)}\r\n0\r\n`],
  ])('refuses an upload over its limit, %s', async (_, headers, body) => {
    const answer = await rawRequest(api.port, [
      'POST /api/v1/imports/upload?name=a HTTP/1.1',
      `Host: 127.0.0.1:${api.port}`,
      `Authorization: Bearer ${LAUNCH_TOKEN}`,
      'Content-Type: application/octet-stream',
      ...headers,
      '',
      body,
    ]);
    expect(answer.status).toBe(413);
  });

  it('sets the headers that keep an answer from being used as something else', async () => {
    const { headers } = await api.call('/api/v1/stats');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
