import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { importedEvent, NOW, sampleEvent } from '../test-support/samples.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';
import { MAX_RAW_BYTES } from './wire.ts';

const HOUR = 3_600_000;

describe('events', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  async function get<T>(path: string): Promise<T> {
    const response = await api.call(path);
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  it('hand filters to the store as they were meant', async () => {
    await get(
      '/api/v1/events?since=24h&entity=root&source=syslog&severity=13&template=t&limit=5&skip=10&order=oldest',
    );
    const call = api.core.calls.findLast(({ name }) => name === 'pageEvents');
    expect(call?.args).toEqual([
      {
        since: NOW - 24 * HOUR,
        until: null,
        query: null,
        entity: 'root',
        template: 't',
        source: 'syslog',
        severityMin: 13,
        severityMax: null,
        importId: null,
        stored: null,
      },
      { limit: 5, offset: 10, cursor: null },
      'oldest',
    ]);
  });

  it.each([
    ['limit=0', 'query.limit'],
    ['limit=501', 'query.limit'],
    ['limit=ten', 'query.limit'],
    ['offset=-1', 'query.offset'],
    ['order=random', 'query.order'],
    ['since=whenever', 'query.since'],
    ['source=a&source=b', 'query.source'],
  ])('refuse %s and name the field', async (query, field) => {
    const response = await api.call(`/api/v1/events?${query}`);
    expect(response.status).toBe(400);
    const body = (await response.json()) as { detail: string; request_id: string };
    expect(body).toMatchObject({ code: 'bad_request', success: false, data: null });
    expect(body.detail).toContain(field);
    expect(response.headers.get('x-request-id')).toBe(body.request_id);
  });

  it('show the bytes of a live event as text and as they are', async () => {
    const event = await get<ResponseOf<'getEvent'>>(`/api/v1/events/${sampleEvent.id}`);
    expect(Buffer.from(event.raw_base64 ?? '', 'base64')).toEqual(sampleEvent.raw);
    expect(event).toMatchObject({ raw_text: Buffer.from(sampleEvent.raw!).toString(), raw_truncated: false });
  });

  it('read the bytes of an imported event from its evidence, up to a limit', async () => {
    const event = await get<ResponseOf<'getEvent'>>(`/api/v1/events/${importedEvent.id}`);
    expect(event.raw_text).toHaveLength(MAX_RAW_BYTES);
    expect(event.raw_truncated).toBe(true);
    expect(event.evidence).toMatchObject({ sha256: 'a'.repeat(64), record_id: 7 });
  });

  it('fill the empty bars of a histogram', async () => {
    const { bucket_ms, buckets } = await get<ResponseOf<'eventHistogram'>>(
      '/api/v1/events/histogram?since=24h&buckets=30',
    );
    expect(bucket_ms).toBe(HOUR);
    expect(buckets).toHaveLength(25);
    expect(buckets.filter(({ total }) => total > 0)).toEqual([
      { start: '2026-05-13T15:00:00.000Z', total: 2, by_severity: { warning: 2 } },
    ]);
  });

  it('are 404 when they do not exist, context included', async () => {
    for (const path of ['/api/v1/events/x', '/api/v1/events/x/context']) {
      const response = await api.call(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        code: 'not_found',
        detail: 'The event x does not exist.',
      });
    }
  });
});
