import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

describe('rule settings', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  const send = (method: string, path: string, body?: unknown) =>
    api.call(`/api/v1/sigma/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });

  it('lists carry their values, origin and use', async () => {
    const response = await api.call('/api/v1/sigma/placeholders');
    expect(await response.json()).toMatchObject({
      items: [{ name: 'Administrators', values: ['adm_*'], origin: 'stored', standard: true, rules: 2 }],
    });
  });

  it.each([
    ['placeholders/Admins', { values: ['a'] }, 200],
    ['placeholders/two%20words', { values: ['a'] }, 400],
    ['placeholders/Admins', { values: [5] }, 400],
    ['placeholders/Admins', { values: Array.from({ length: 10_001 }, () => 'x') }, 400],
    ['pipelines/ecs', { yaml: 'name: ecs' }, 200],
    ['pipelines/ecs', { yaml: 'no pipeline' }, 400],
    ['pipelines/ecs', { yaml: '' }, 400],
  ])('PUT %s %j is %i', async (path, body, status) => {
    expect((await send('PUT', path, body)).status).toBe(status);
  });

  it.each(['placeholders/nowhere', 'pipelines/nowhere'])('DELETE %s is 404', async (path) => {
    const response = await api.call(`/api/v1/sigma/${path}`, { method: 'DELETE' });
    expect(response.status).toBe(404);
  });
});
