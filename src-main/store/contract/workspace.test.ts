import { describe, expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import type { RuleAction } from '#shared/model/rule-history.ts';
import { queuedImport, type ImportRecord } from '../interface/imports.ts';
import { EVERY_EVENT } from '../interface/reader.ts';
import type { RuleEntry } from '../interface/rules.ts';
import { ANY_ALERT, PAGE, openedStore } from '../kit/opened-store.ts';
import { sampleBatch, sampleDetection, sampleEvents } from '../kit/sample-events.ts';

/** What any store must do, asked through threads as the core asks. */

const store = openedStore();

describe('books', () => {
  test('counters add up, offsets and rejects are those of the last commit', async () => {
    const events = sampleEvents(10).map((event) => ({ ...event, sourceId: 'imp_x' }));
    const reject = {
      sourceId: 'imp_x',
      path: 'a.log',
      offset: 5,
      length: 9,
      reason: 'invalid_json',
      detail: 'Not JSON.',
      sample: new Uint8Array([1, 2]),
    };
    const offset = { sourceId: 'imp_x', fileKey: '1:2', path: '/var/log/a', offset: 100, fingerprint: 'f' };
    await store.writer.commit({
      ...sampleBatch(events),
      counters: [
        { sourceId: 'imp_x', received: 13, rejected: { invalid_json: 1 }, dropped: { too_large: 2 } },
      ],
      offsets: [offset],
      rejects: [reject],
    });
    await store.writer.commit({
      ...sampleBatch([]),
      offsets: [{ ...offset, offset: 200, fingerprint: 'g' }],
    });
    expect(await store.reader.sourceCounters()).toEqual([
      {
        sourceId: 'imp_x',
        received: 13,
        committed: 10,
        rejected: { invalid_json: 1 },
        dropped: { too_large: 2 },
      },
    ]);
    expect(await store.reader.offsets('imp_x')).toEqual([{ ...offset, offset: 200, fingerprint: 'g' }]);
    const rejects = await store.reader.importRejects('imp_x', PAGE);
    expect(rejects).toEqual({ items: [reject], total: 1, totalIsExact: true, nextCursor: null });
  });

  test('rules are kept with what happened to them, numbered in the order in which it did', async () => {
    const record = {
      origin: 'custom',
      yaml: 'title: x',
      enabled: false,
      levelOverride: 'low',
      updatedTs: 1,
      originalHash: null,
    } as const;
    const entry = (action: RuleAction, yaml: string | null): RuleEntry => ({
      ts: 1,
      author: 'a',
      action,
      reason: 'r',
      yaml,
      enabled: true,
      levelOverride: null,
    });
    await store.writer.saveRules([
      { ruleId: 'r', record: { ...record, enabled: true }, entries: [entry('created', 'title: w')] },
      { ruleId: 's', record, entries: [entry('found', 'title: s'), entry('edited', 'title: t')] },
    ]);
    await store.writer.saveRules([{ ruleId: 'r', record, entries: [entry('disabled', null)] }]);
    await store.writer.saveRules([{ ruleId: 's', record: null, entries: [entry('deleted', null)] }]);
    expect(await store.reader.rules()).toEqual([{ ...record, ruleId: 'r', version: 2 }]);
    const history = await store.reader.ruleHistory('s');
    expect(history.map(({ version, action, hasText }) => [version, action, hasText])).toEqual([
      [3, 'deleted', false],
      [2, 'edited', true],
      [1, 'found', true],
    ]);
    expect(await store.reader.ruleVersion('s', 2)).toEqual({
      ...history[1],
      yaml: 'title: t',
      previous: { version: 1, yaml: 'title: s' },
    });
    // An entry without a text stands for the one in force.
    expect(await store.reader.ruleVersion('r', 2)).toMatchObject({ yaml: 'title: w', previous: null });
    expect(await store.reader.ruleVersion('r', 3)).toBeNull();
    expect(await store.reader.ruleHistory('nothing')).toEqual([]);
  });

  test('tokens and imports are kept', async () => {
    const token = { id: 't', name: 'window', hash: 'ab', createdTs: 2 };
    await store.writer.saveToken(token);
    expect(await store.writer.tokens()).toEqual([token]);
    await store.writer.saveImport(importRecord('imp_a', 1));
    await store.writer.saveImport(importRecord('imp_b', 2));
    expect((await store.reader.imports()).map(({ id }) => id)).toEqual(['imp_b', 'imp_a']);
  });

  test('records are kept by kind and name; the newest replaces', async () => {
    const list = { kind: 'placeholder', name: 'Servers', body: '["a"]', updatedTs: 1 } as const;
    const newer = { ...list, body: '["a","b"]', updatedTs: 2 };
    await store.writer.saveRecord(list);
    await store.writer.saveRecord({ ...list, kind: 'pipeline' });
    await store.writer.saveRecord({ ...list, name: 'Admins' });
    await store.writer.saveRecord(newer);
    expect(await store.reader.records('placeholder')).toEqual([{ ...list, name: 'Admins' }, newer]);
    expect(await store.writer.deleteRecord('placeholder', 'Servers')).toBe(true);
    expect(await store.writer.deleteRecord('placeholder', 'Servers')).toBe(false);
    expect((await store.reader.records('placeholder')).map(({ name }) => name)).toEqual(['Admins']);
    expect(await store.reader.records('pipeline')).toHaveLength(1);
  });
});

test('a checkpoint covers all that was stored with it; what came live behind it can be read again', async () => {
  const live = sampleEvents(30).map((event) => ({ ...event, sourceId: 'syslog_udp' }));
  const imported = sampleEvents(10, 7).map((event) => ({ ...event, sourceId: 'imp_d' }));
  await store.writer.saveImport(importRecord('imp_d', 1));
  expect(await store.reader.checkpoint('sigma')).toBeNull();
  const state = new Uint8Array([1, 2, 3]);
  await store.writer.commit({ ...sampleBatch(live.slice(0, 10)), checkpoint: { detector: 'sigma', state } });
  await store.writer.commit(sampleBatch(imported));
  await store.writer.commit(sampleBatch(live.slice(10)));
  const saved = await store.reader.checkpoint('sigma');
  expect(saved?.state).toEqual(state);
  const first = await store.reader.liveEventsAfter(saved?.afterSeq ?? 0, 15);
  const rest = await store.reader.liveEventsAfter(first.lastSeq ?? 0, 15);
  expect([...first.events, ...rest.events]).toEqual(live.slice(10));
  expect(await store.reader.liveEventsAfter(rest.lastSeq ?? 0, 15)).toEqual({ events: [], lastSeq: null });
  await store.writer.commit({
    ...sampleBatch([]),
    checkpoint: { detector: 'sigma', state: new Uint8Array([4]) },
  });
  const newer = await store.reader.checkpoint('sigma');
  expect([newer?.state, newer?.afterSeq]).toEqual([new Uint8Array([4]), rest.lastSeq]);
});

test('undoing an import takes its events and what only they support', async () => {
  const base = sampleEvents(5000);
  const mine = base
    .slice(0, 4500)
    .map((event) => ({ ...event, sourceId: 'imp_mine', host: 'h', eventTs: 1000 }));
  const other = base
    .slice(4500)
    .map((event) => ({ ...event, sourceId: 'imp_other', host: 'h', eventTs: 2000 }));
  const detect = (events: readonly LogEvent[], rule: string) =>
    events.slice(0, 10).map((event) => sampleDetection(event, rule));
  await store.writer.saveImport(importRecord('imp_mine', 1));
  await store.writer.commit(sampleBatch(mine, [...detect(mine, 'only-mine'), ...detect(mine, 'shared')]));
  await store.writer.commit(sampleBatch(other, detect(other, 'shared')));
  expect(await store.writer.undoImport('imp_mine')).toEqual({ events: 4500, alerts: 1 });
  expect(await store.writer.undoImport('imp_mine')).toEqual({ events: 0, alerts: 0 });
  expect(await store.writer.undoImport('imp_nothing')).toEqual({ events: 0, alerts: 0 });
  expect(await store.reader.getEvent(mine[0]!.id)).toBeNull();
  expect((await store.reader.extent()).events).toBe(500);
  const { items } = await store.reader.pageAlerts(ANY_ALERT, PAGE);
  expect(items.map(({ ruleId, count, firstSeen }) => [ruleId, count, firstSeen])).toEqual([
    ['shared', 10, 2000],
  ]);
  expect((await store.reader.imports())[0]?.state).toBe('undone');
  // What comes in afterwards is found: the text index goes on behind the removed events.
  const late = sampleEvents(300, 9).map((event) => ({ ...event, message: `late ${event.message}` }));
  await store.writer.commit(sampleBatch(late));
  const query = { kind: 'text', pattern: { text: 'late', literal: true }, position: 0 } as const;
  expect((await store.reader.pageEvents({ ...EVERY_EVENT, query }, PAGE, 'newest')).total).toBe(300);
});

function importRecord(id: string, createdTs: number): ImportRecord {
  return { ...queuedImport(id, ['/case'], createdTs), state: 'done' };
}
