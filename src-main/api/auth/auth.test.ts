import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { routes } from '#shared/contract/index.ts';
import type { Route } from '#shared/contract/route.ts';
import { LAUNCH_TOKEN, serveApi, type ServedApi } from '../test-support/serve.ts';
import { hashSecret } from './secret.ts';
import { SETUP_TOKEN_LIFETIME_MS } from './setup-token.ts';

let api: ServedApi;
afterEach(() => api.stop());

const setup = (setup_token: string) =>
  fetch(`${api.url}/api/v1/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ setup_token }),
  });

const session = (headers: Readonly<Record<string, string>>) =>
  fetch(`${api.url}/api/v1/auth/session`, { headers });

describe('strangers (reliability T12)', () => {
  it('get one and the same 401 on every path, known or not', async () => {
    api = await serveApi();
    const known = Object.values<Route>(routes)
      .filter(({ permission }) => permission !== 'public')
      .map(({ method, path }) => ({ method, path: path.replace(/\{\w+\}/g, 'x') }));
    const unknown = [
      '/',
      '/x',
      '/api',
      '/api/v1/x',
      '/api/v1/alerts/x/y',
      '/%zz',
      '/api/v1/../etc',
      '/.git',
    ].flatMap((path) => ['GET', 'POST', 'DELETE', 'OPTIONS'].map((method) => ({ method, path })));
    const answers = new Set<string>();
    for (const { method, path } of [...known, ...unknown]) {
      const response = await fetch(api.url + path, { method });
      const body = (await response.text()).replace(/"request_id":"[^"]*"/, '');
      const names = [...response.headers.keys()].sort().join();
      answers.add(`${response.status} ${names} ${body}`);
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401 /)]);
  });

  it('learn nothing but that it lives from /health', async () => {
    api = await serveApi();
    const response = await fetch(`${api.url}/health`);
    expect(await response.json()).toEqual({ status: 'ok' });
  });
});

describe('credentials', () => {
  it.each([
    ['Bearer', { authorization: `Bearer ${LAUNCH_TOKEN}` }, 200],
    ['any case of the scheme', { authorization: `bearer ${LAUNCH_TOKEN}` }, 200],
    ['X-API-Key', { 'x-api-key': LAUNCH_TOKEN }, 200],
    ['a wrong token', { authorization: `Bearer ${LAUNCH_TOKEN}x` }, 401],
    ['another scheme', { authorization: `Basic ${LAUNCH_TOKEN}` }, 401],
    ['a cookie', { cookie: `token=${LAUNCH_TOKEN}` }, 401],
    ['nothing', {}, 401],
  ])('%s', async (_, headers, status) => {
    api = await serveApi();
    expect((await session({ ...headers })).status).toBe(status);
  });

  it('refuses a token in the address', async () => {
    api = await serveApi();
    expect((await fetch(`${api.url}/api/v1/auth/session?token=${LAUNCH_TOKEN}`)).status).toBe(401);
  });

  it('slows guesses down without locking the right token out', async () => {
    api = await serveApi();
    const guess = async () => (await session({ authorization: 'Bearer wrong' })).status;
    const statuses = [];
    for (let tries = 0; tries < 12; tries += 1) statuses.push(await guess());
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await session({ authorization: `Bearer ${LAUNCH_TOKEN}` })).status).toBe(200);
    api.clock.advance(60_000);
    expect(await guess()).toBe(401);
  });
});

describe('the set-up token', () => {
  it('is exchanged once for a token that is stored as its hash only', async () => {
    api = await serveApi();
    const { access_token: token } = (await (await setup(api.setupToken.token)).json()) as {
      access_token: string;
    };
    expect((await session({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect(api.core.tokens.map(({ hash }) => hash)).toEqual([hashSecret(token)]);
    expect(JSON.stringify(api.core.tokens)).not.toContain(token);
    expect((await setup(api.setupToken.token)).status).toBe(404);
  });

  it('is refused when wrong, and stays open', async () => {
    api = await serveApi();
    expect((await setup('wrong')).status).toBe(401);
    expect((await setup(api.setupToken.token)).status).toBe(200);
  });

  it('ends after 15 minutes', async () => {
    api = await serveApi();
    api.clock.advance(SETUP_TOKEN_LIFETIME_MS);
    expect((await setup(api.setupToken.token)).status).toBe(404);
  });

  it('is given back when the new token could not be stored', async () => {
    api = await serveApi();
    const { writer } = api.core;
    const working = { ...writer };
    Object.assign(writer, { saveToken: () => Promise.reject(new AppError('storage_full')) });
    expect((await setup(api.setupToken.token)).status).toBe(507);
    Object.assign(writer, working);
    expect((await setup(api.setupToken.token)).status).toBe(200);
  });

  it('takes ten attempts a minute', async () => {
    api = await serveApi();
    for (let tries = 0; tries < 10; tries += 1) expect((await setup('wrong')).status).toBe(401);
    expect((await setup(api.setupToken.token)).status).toBe(429);
  });
});

describe('stored tokens', () => {
  it('work after a restart', async () => {
    api = await serveApi();
    const { access_token: token } = (await (await setup(api.setupToken.token)).json()) as {
      access_token: string;
    };
    const { writer } = api.core;
    await api.stop();
    api = await serveApi({ writer });
    expect((await session({ 'x-api-key': token })).status).toBe(200);
  });
});

describe('api_auth_mode: disabled', () => {
  it('opens the API of document 000 to programs of this machine', async () => {
    api = await serveApi({ auth: { mode: 'disabled', launchToken: null, setupToken: null } });
    const response = await fetch(`${api.url}/api/v1/alerts?since=24h&limit=50`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ limit: 50, offset: 0, has_more: false });
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'harrier.example', '127.0.0.1.evil'])(
    'refuses to start on %s',
    async (bindHost) => {
      await expect(serveApi({ auth: { mode: 'disabled', bindHost } })).rejects.toThrow(
        expect.objectContaining({ code: 'config_invalid' }),
      );
      api = await serveApi();
    },
  );
});
