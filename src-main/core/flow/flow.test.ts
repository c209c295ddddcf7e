import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import { toColumns } from '../../pipeline/columns.ts';
import { createFlow, type IncomingBatch } from './flow.ts';

function batchOf(id: string): IncomingBatch {
  // Only the id matters here; the rest of the event is never read by the flow.
  const event = {
    id,
    logsource: {},
    fields: {},
    mapped: null,
    entities: [],
    attack: null,
    raw: null,
    evidence: null,
    flags: [],
  };
  return { events: toColumns([event as unknown as LogEvent]), offsets: [], counters: [], rejects: [] };
}

test('batches commit in order, each after its own detection, and depth returns to zero', async () => {
  const log: string[] = [];
  const detectedB = Promise.withResolvers<undefined>();
  const flow = createFlow({
    detect: async (events) => {
      const id = events.id[0] ?? '';
      await setImmediate();
      log.push(`detect ${id}`);
      if (id === 'b') detectedB.resolve(undefined);
      return [];
    },
    writer: {
      commit: async (batch) => {
        const id = batch.events.id[0] ?? '';
        log.push(`commit ${id}`);
        // Were b only detected once a is in, this would wait for ever.
        if (id === 'a') await detectedB.promise;
        return { events: 1, replayed: false, alertIds: [], created: 0, orphaned: 0 };
      },
    },
    onCommitted: (batch) => log.push(`publish ${batch.events.id[0] ?? ''}`),
  });
  const all = ['a', 'b', 'c'].map((id) => flow.submit(batchOf(id)));
  expect(flow.depth()).toBe(3);
  await Promise.all(all);
  expect(flow.depth()).toBe(0);
  expect(log.filter((line) => line.startsWith('commit'))).toEqual(['commit a', 'commit b', 'commit c']);
  expect(log.indexOf('publish a')).toBeLessThan(log.indexOf('commit b'));
  expect(log.indexOf('detect b')).toBeLessThan(log.indexOf('publish a'));
});

test('a failed commit reaches its caller and does not stop the next', async () => {
  let first = true;
  const flow = createFlow({
    detect: () => Promise.resolve([]),
    writer: {
      commit: () => {
        if (!first)
          return Promise.resolve({ events: 1, replayed: false, alertIds: [], created: 0, orphaned: 0 });
        first = false;
        return Promise.reject(new Error('disk full'));
      },
    },
    onCommitted: () => undefined,
  });
  const failing = flow.submit(batchOf('a'));
  const next = flow.submit(batchOf('b'));
  await expect(failing).rejects.toThrow('disk full');
  await expect(next).resolves.toEqual({ events: 1, replayed: false, alertIds: [], created: 0, orphaned: 0 });
  await flow.drain();
  expect(flow.depth()).toBe(0);
});
