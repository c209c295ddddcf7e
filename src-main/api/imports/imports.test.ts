import { afterEach, describe, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { sampleImport } from '../test-support/samples.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

let api: ServedApi;
afterEach(() => api.stop());

const post = (path: string, body?: unknown) =>
  api.call(path, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

describe('imports', () => {
  it('answer at once with what was queued, also before the store has heard of it', async () => {
    api = await serveApi();
    Object.assign(api.core.commands.imports, { start: () => Promise.resolve('unseen') });
    const response = await post('/api/v1/imports', { paths: ['/evidence'] });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ id: 'unseen', state: 'queued', paths: ['/evidence'] });
  });

  it('show progress while they run and the report afterwards', async () => {
    api = await serveApi();
    await post('/api/v1/imports', { paths: ['/evidence'] });
    const running = (await (await api.call('/api/v1/imports/started')).json()) as ResponseOf<'getImport'>;
    expect(running.progress).toMatchObject({ current_file: 'a.evtx', bytes_done: 5 });
    const done = await api.call(`/api/v1/imports/${sampleImport.id}`);
    expect(await done.json()).toMatchObject({ progress: null, report: { events: 10, hosts: ['web-01'] } });
  });

  it('that do not run cannot be cancelled', async () => {
    api = await serveApi();
    expect((await post(`/api/v1/imports/${sampleImport.id}/cancel`)).status).toBe(409);
    expect((await post('/api/v1/imports/x/cancel')).status).toBe(404);
  });

  it('stream an upload through, byte for byte', async () => {
    api = await serveApi();
    const sizeBytes = 20 * 1024 * 1024 + 1;
    const response = await api.call('/api/v1/imports/upload?name=a.evtx', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Blob([new Uint8Array(sizeBytes)]),
    });
    expect(response.status).toBe(202);
    expect(api.core.calls).toContainEqual({ name: 'receive', args: ['a.evtx', sizeBytes] });
  });

  it('hand an upload over as it arrives, not when it is complete', async () => {
    api = await serveApi();
    let firstChunk: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => (firstChunk = resolve));
    Object.assign(api.core.commands.imports, {
      receive: async (_name: string, body: AsyncIterable<Uint8Array>) => {
        for await (const chunk of body) if (chunk.length > 0) firstChunk?.();
        return 'uploaded';
      },
    });
    // The second half is sent only once the first has reached the import: a buffering server would wait for ever.
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new Uint8Array(1000));
        await arrived;
        controller.close();
      },
    });
    const response = await api.call('/api/v1/imports/upload?name=a', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
      duplex: 'half',
    });
    expect(response.status).toBe(202);
  });
});
