import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

describe('saved filters', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  const put = (name: string, body: unknown) =>
    api.call(`/api/v1/views/rules/${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('are records of the workspace, named after their screen', async () => {
    const response = await put('noisy / loud', { search: { level: 'high' } });
    expect(await response.json()).toMatchObject({ name: 'noisy / loud', search: { level: 'high' } });
    expect(api.core.calls).toContainEqual({
      name: 'saveRecord',
      args: [expect.objectContaining({ kind: 'saved_view', name: 'rules/noisy / loud' })],
    });
  });

  it.each([
    [' ', { search: {} }],
    ['x'.repeat(61), { search: {} }],
    ['deep', { search: { level: { is: 'high' } } }],
    ['long', { search: { q: 'x'.repeat(2001) } }],
  ])('refuses %j with %j', async (name, body) => {
    expect((await put(name, body)).status).toBe(400);
  });
});
