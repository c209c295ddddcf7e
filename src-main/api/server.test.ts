import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serveApi, type ServedApi } from './test-support/serve.ts';

let api: ServedApi;

describe('the renderer at /', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'harrier-renderer-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Harrier</title>');
    writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {};');
    writeFileSync(join(folder, '.secret'), 'no');
    api = await serveApi({ rendererDir: folder });
  });
  afterAll(async () => {
    await api.stop();
    rmSync(folder, { recursive: true });
  });

  it('is public and may run no script but its own', async () => {
    const response = await fetch(`${api.url}/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Harrier');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('lets browsers keep files whose name has their hash', async () => {
    const response = await fetch(`${api.url}/assets/index-abc123.js`);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    '/assets',
    '/assets/',
    '/assets/x.js',
    '/.secret',
    '/..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/.secret',
  ])('has nothing at %s that a stranger could tell from any other address', async (path) =>
    expect((await fetch(api.url + path)).status).toBe(401),
  );

  it('still wants a credential for the API beside it', async () => {
    expect((await fetch(`${api.url}/api/v1/alerts`)).status).toBe(401);
  });
});

describe('refusals', () => {
  afterEach(() => api.stop());

  it('say which methods an address takes', async () => {
    api = await serveApi();
    const response = await api.call('/api/v1/alerts', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it.each(['/api/v1/nothing', '/api/v2/alerts', '/api/v1/alerts/x/y'])('are 404 at %s', async (path) => {
    api = await serveApi();
    const response = await api.call(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'not_found',
      detail: 'This address does not exist.',
    });
  });

  it.each([
    ['not JSON', '{"yaml":'],
    ['a prototype', '{"__proto__":{"a":1},"yaml":"x"}'],
    ['the wrong type', '{"yaml":7}'],
    ['nothing', ''],
  ])('are 400 for a body that is %s', async (_, body) => {
    api = await serveApi();
    const headers = { 'content-type': 'application/json' };
    const response = await api.call('/api/v1/sigma/rules', { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad_request' });
  });

  it('say nothing of what failed inside', async () => {
    api = await serveApi();
    const extent = () => Promise.reject(new Error('SQLITE_CORRUPT: /home/analyst/harrier.db'));
    Object.assign(api.core.reader, { extent });
    const response = await api.call('/api/v1/stats');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('"code":"internal"');
    expect(text).not.toMatch(/SQLITE|home/);
  });

  it('report a database that does not answer as health, not as an error', async () => {
    api = await serveApi();
    Object.assign(api.core.reader, { extent: () => Promise.reject(new Error('closed')) });
    const response = await api.call('/api/v1/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'degraded',
      dependencies: { database: { state: 'down' } },
    });
  });

  it('are 503 with a time to come back while the core starts', async () => {
    api = await serveApi();
    Object.assign(api.core.commands.status, { obstacle: () => 'it is still starting' });
    const response = await fetch(`${api.url}/ready`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
  });
});
