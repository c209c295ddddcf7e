import { expect, test, vi } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import type { ReceivedRecord } from '../../ingest/receiver.ts';
import { isConserved } from '../../pipeline/counters.ts';
import { createLedger } from '../../pipeline/ledger.ts';
import type { IncomingBatch } from '../flow/flow.ts';
import type { SourceContext } from './batcher.ts';
import { createSpool } from './spool.ts';

function record(text: string): ReceivedRecord {
  return {
    bytes: Buffer.from(text),
    receivedMs: 1,
    peer: null,
    flags: [],
    originalBytes: text.length,
    offset: null,
  };
}

let made = 0;
const context: SourceContext = {
  sourceId: 'test',
  source: 'syslog',
  newId: () => `id${(made += 1)}`,
  parse: ({ bytes }) => {
    const message = Buffer.from(bytes).toString();
    if (message === 'bad')
      return { ok: false, rejection: { reason: 'unreadable', detail: '', offset: 0, length: 3 } };
    return {
      ok: true,
      event: {
        eventTs: 1,
        severity: 9,
        host: '',
        message,
        fields: {},
        recordId: null,
        offset: 0,
        length: 0,
        flags: [],
        logsource: { category: null, product: null, service: null },
      },
    };
  },
  enrich: (parsed, origin): LogEvent => ({
    ...parsed,
    ...origin,
    eventTs: 1,
    mapped: null,
    entities: [],
    attack: null,
  }),
};

test('the books balance while batches are under way, after rejections, and after a failed commit', async () => {
  const ledger = createLedger();
  const commits: { batch: IncomingBatch; resolve: () => void; reject: (error: Error) => void }[] = [];
  const spool = createSpool({
    queueMax: 100,
    ledger,
    submit: (batch) => new Promise<void>((resolve, reject) => commits.push({ batch, resolve, reject })),
  });
  const sink = spool.sinkFor(context);
  const receive = (texts: string[]): boolean => {
    const taken = sink.offer(texts.map(record));
    if (taken) ledger.book('test').received(texts.length);
    return taken;
  };
  const books = () => ledger.snapshot()[0]!;

  expect(receive(['a', 'bad', 'b'])).toBe(true);
  await vi.waitFor(() => expect(commits).toHaveLength(1));
  expect(books().inQueue).toBe(3);
  expect(isConserved(books())).toBe(true);
  commits[0]!.resolve();
  await vi.waitFor(() => expect(books().inQueue).toBe(0));
  expect(books()).toMatchObject({ received: 3, committed: 2, rejected: { unreadable: 1 } });
  expect(commits[0]!.batch.counters).toEqual([
    { sourceId: 'test', received: 3, rejected: { unreadable: 1 }, dropped: {} },
  ]);
  expect(Buffer.from(commits[0]!.batch.rejects[0]!.sample).toString()).toBe('bad');

  expect(receive(['c'])).toBe(true);
  await vi.waitFor(() => expect(commits).toHaveLength(2));
  commits[1]!.reject(new Error('gone'));
  await spool.drain();
  expect(books()).toMatchObject({ received: 4, committed: 2, dropped: { commit_failed: 1 } });
  expect(isConserved(books())).toBe(true);
});

test('a full spool refuses, calls back when there is room, and takes any offer when empty', async () => {
  const ledger = createLedger();
  let release = (): void => undefined;
  const spool = createSpool({
    queueMax: 10,
    ledger,
    submit: () => new Promise<void>((resolve) => (release = resolve)),
  });
  const sink = spool.sinkFor(context);
  const many = Array.from({ length: 50 }, (_, index) => record(String(index)));
  ledger.book('test').received(50);
  expect(sink.offer(many)).toBe(true);
  expect(sink.offer([record('x')])).toBe(false);
  const room = new Promise<void>((resolve) => sink.onDrain(resolve));
  await vi.waitFor(() => {
    release();
    expect(spool.depth()).toBe(0);
  });
  await room;
});
