import { describe, expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { fromColumns } from '../../pipeline/columns.ts';
import { EVERY_EVENT, type EventRun } from '../interface/reader.ts';
import { PAGE, openedStore } from '../kit/opened-store.ts';
import { sampleBatch, sampleEvents } from '../kit/sample-events.ts';

/** What any store must do, asked through threads as the core asks. */

const store = openedStore();

describe('events', () => {
  test('are swept in runs, each once, whatever the filter excludes', async () => {
    const events = sampleEvents(1500);
    await store.writer.commit(sampleBatch(events));
    const parsed = parseQuery('Image:*mimikatz*');
    if (!parsed.ok) throw new Error(parsed.message);
    for (const filter of [
      EVERY_EVENT,
      { ...EVERY_EVENT, query: parsed.node, since: events[100]?.eventTs ?? 0 },
    ]) {
      const expected = await store.reader.pageEvents(
        filter,
        { limit: 500, offset: 0, cursor: null },
        'oldest',
      );
      const swept: LogEvent[] = [];
      for (let at: number | null = 0; at !== null;) {
        const run: EventRun = await store.reader.sweepEvents(filter, at, 70);
        expect(run.events.id.length).toBeLessThanOrEqual(70);
        swept.push(...fromColumns(run.events));
        at = run.next;
      }
      expect(swept).toHaveLength(expected.total);
      const bare = expected.items.map((event) => ({ ...event, raw: null }));
      expect(swept).toEqual(expect.arrayContaining(bare));
    }
    expect(await store.reader.sweepEvents({ ...EVERY_EVENT, importId: 'none' }, 0, 10)).toMatchObject({
      next: null,
    });
  });

  test('are counted by logsource with the fields that each has, the quiet ones too', async () => {
    const events = sampleEvents(1200).map((event, index): LogEvent => {
      const isRare = index === 3;
      const logsource = { category: null, product: isRare ? 'aws' : 'windows', service: null };
      const fields = isRare ? { user: { roles: [{ name: 'x' }], tags: ['a', 'b'] } } : { Image: 'x' };
      return { ...event, logsource, fields, mapped: isRare ? { User: 'x' } : null };
    });
    await store.writer.commit(sampleBatch(events));
    const census = await store.reader.fieldCensus();
    expect(census.map(({ product, events }) => [product, events])).toEqual([
      ['windows', 1199],
      ['aws', 1],
    ]);
    expect(census[0]).toMatchObject({ sampled: 500, fields: [{ name: 'Image', count: 500 }] });
    expect(census[1]?.fields.map(({ name }) => name)).toEqual(['User', 'user.roles.name', 'user.tags']);
  });

  test('come back as they went in', async () => {
    const events = sampleEvents(300);
    const receipt = await store.writer.commit(sampleBatch(events));
    expect(receipt).toEqual({ events: 300, replayed: false, alertIds: [], created: 0, orphaned: 0 });
    for (const event of events.slice(0, 50)) expect(await store.reader.getEvent(event.id)).toEqual(event);
    expect(await store.reader.getEvent('nothing')).toBeNull();
    const extent = await store.reader.extent();
    expect(extent).toMatchObject({
      events: 300,
      alerts: 0,
      first: events[0]?.eventTs,
      last: events[299]?.eventTs,
    });
    expect(extent.sizeBytes).toBeGreaterThan(10_000);
  });

  test('a page is stable while newer events arrive, though many share a millisecond', async () => {
    const events = sampleEvents(1000).map((event) => ({ ...event, eventTs: 5 }));
    await store.writer.commit(sampleBatch(events.slice(0, 900)));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await store.reader.pageEvents(EVERY_EVENT, { limit: 100, offset: 0, cursor }, 'newest');
      seen.push(...page.items.map(({ id }) => id));
      if (seen.length === 100) await store.writer.commit(sampleBatch(events.slice(900)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(
      events
        .slice(0, 900)
        .map(({ id }) => id)
        .reverse(),
    );
    const oldest = await store.reader.pageEvents(EVERY_EVENT, { ...PAGE, offset: 10 }, 'oldest');
    expect(oldest.items[0]?.id).toBe(events[10]?.id);
    expect(oldest).toMatchObject({ total: 1000, totalIsExact: true });
    await expect(
      store.reader.pageEvents(EVERY_EVENT, { ...PAGE, cursor: "1'--" }, 'newest'),
    ).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  test('context is the same host before and after, in time order', async () => {
    const events = sampleEvents(200);
    await store.writer.commit(sampleBatch(events));
    const centre = events[100]!;
    const same = events.filter(({ host }) => host === centre.host);
    const at = same.indexOf(centre);
    const { before, after } = await store.reader.eventContext(centre.id, 5);
    expect(before.map(({ id }) => id)).toEqual(same.slice(at - 5, at).map(({ id }) => id));
    expect(after.map(({ id }) => id)).toEqual(same.slice(at + 1, at + 6).map(({ id }) => id));
  });

  test('the histogram holds each event once, also before 1970', async () => {
    const events = sampleEvents(50).map((event, index) => ({ ...event, eventTs: -1500 + index * 100 }));
    await store.writer.commit(sampleBatch(events));
    const buckets = await store.reader.histogram(EVERY_EVENT, 1000);
    expect(buckets.map(({ start, total }) => [start, total])).toEqual([
      [-2000, 5],
      [-1000, 10],
      [0, 10],
      [1000, 10],
      [2000, 10],
      [3000, 5],
    ]);
    const fine = await store.reader.histogram(EVERY_EVENT, 2);
    expect(fine).toHaveLength(50);
    const span = await store.reader.histogram({ ...EVERY_EVENT, since: -1000, until: 1001 }, 1000);
    expect(span.map(({ start, total }) => [start, total])).toEqual([
      [-1000, 10],
      [0, 10],
      [1000, 1],
    ]);
    const query = {
      kind: 'not',
      node: { kind: 'text', pattern: { text: 'nothing', literal: true }, position: 0 },
    } as const;
    expect(await store.reader.histogram({ ...EVERY_EVENT, query }, 1000)).toEqual(buckets);
    for (const { total, bySeverity } of [...buckets, ...fine])
      expect(Object.values(bySeverity).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  test('top values count columns, fields and aliases', async () => {
    const events = sampleEvents(500);
    await store.writer.commit(sampleBatch(events));
    const { sampled, values } = await store.reader.topValues(EVERY_EVENT, 'user', 3);
    expect(sampled).toBe(500);
    const users = events.map(({ fields }) => fields.User ?? fields.TargetUserName);
    expect(values).toHaveLength(3);
    for (const { value, count } of values) expect(count).toBe(users.filter((user) => user === value).length);
    expect(
      (await store.reader.topValues(EVERY_EVENT, 'product', 10)).values.map(({ value }) => value).sort(),
    ).toEqual(['Windows', 'linux', 'windows']);
  });
});

describe('log sources', () => {
  test('are those of the stored events, counted once, and go with their import', async () => {
    const [base] = sampleEvents(1);
    const sysmon = { category: 'process_creation', product: 'windows', service: null };
    const none = { category: null, product: null, service: null };
    const make = (
      id: string,
      eventTs: number,
      sourceId: string,
      logsource: LogEvent['logsource'],
    ): LogEvent => ({
      ...base!,
      id,
      eventTs,
      sourceId,
      logsource,
    });
    const mine = sampleBatch([make('a', 5, 'imp_a', sysmon), make('b', 9, 'imp_a', sysmon)]);
    await store.writer.commit(mine);
    await store.writer.commit(mine);
    await store.writer.commit(sampleBatch([make('c', 7, 'live', sysmon), make('d', 7, 'live', none)]));
    expect(await store.reader.logsources()).toEqual([
      { logsource: none, events: 1, lastTs: 7 },
      { logsource: sysmon, events: 3, lastTs: 9 },
    ]);
    await store.writer.undoImport('imp_a');
    expect(await store.reader.logsources()).toEqual([
      { logsource: none, events: 1, lastTs: 7 },
      { logsource: sysmon, events: 1, lastTs: 7 },
    ]);
  });
});
