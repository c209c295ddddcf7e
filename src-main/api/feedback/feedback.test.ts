import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAlert } from '../test-support/samples.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

const PATH = `/api/v1/alerts/${sampleAlert.id}/feedback`;

describe('feedback over the API', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  const post = (body: unknown, path = PATH) =>
    api.call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  it.each([
    ['fp', 'false_positive'],
    ['tp', 'true_positive'],
    ['benign', 'benign'],
    ['false_positive', 'false_positive'],
  ])('%s is kept as %s, with who said it', async (sent, kept) => {
    const response = await post({ feedback: sent, note: 'known scheduled task', origin: 'api' });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      alert_id: sampleAlert.id,
      rule_id: sampleAlert.ruleId,
      feedback: kept,
      note: 'known scheduled task',
      origin: 'api',
    });
  });

  it.each([
    [{ feedback: 'maybe' }, PATH, 400],
    [{}, PATH, 400],
    [{ feedback: 'tp', note: 'x'.repeat(4001) }, PATH, 400],
    [{ feedback: 'tp' }, '/api/v1/alerts/alr_nothing/feedback', 404],
  ])('%j to %s is refused with %i', async (body, path, status) => {
    expect((await post(body, path)).status).toBe(status);
  });

  it('lists nothing for an alert that nobody judged, and 404 for one that is not there', async () => {
    expect(await (await api.call(PATH)).json()).toMatchObject({ items: [], total: 0 });
    expect((await api.call('/api/v1/alerts/alr_nothing/feedback')).status).toBe(404);
  });
});
