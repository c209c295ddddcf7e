import { describe, expect, test } from 'vitest';
import type { Verdict } from '#shared/model/feedback.ts';
import { queuedImport, type ImportRecord } from '../interface/imports.ts';
import type { AlertFilter } from '../interface/reader.ts';
import { ANY_ALERT, PAGE, openedStore } from '../kit/opened-store.ts';
import { sampleBatch, sampleDetection, sampleEvents } from '../kit/sample-events.ts';

/** What any store must do, asked through threads as the core asks. */

const store = openedStore();

describe('alerts', () => {
  test('detections of one group fold inside 15 minutes of event time; all occurrences stay', async () => {
    const events = sampleEvents(6).map((event, index) => ({ ...event, host: 'h', eventTs: index * 600_000 }));
    events[5] = { ...events[5]!, eventTs: 10_000_000 };
    const receipt = await store.writer.commit(
      sampleBatch(
        events,
        events.map((event) => sampleDetection(event)),
      ),
    );
    expect(receipt).toMatchObject({ created: 2, orphaned: 0 });
    expect(receipt.alertIds).toHaveLength(2);
    const { items, total } = await store.reader.pageAlerts(ANY_ALERT, PAGE);
    expect(total).toBe(2);
    expect(items.map(({ count, firstSeen, lastSeen }) => [count, firstSeen, lastSeen])).toEqual([
      [1, 10_000_000, 10_000_000],
      [5, 0, 2_400_000],
    ]);
    const folded = items[1]!;
    expect(folded.eventIds).toEqual(events.slice(0, 5).map(({ id }) => id));
    const occurrences = await store.reader.alertEvents(folded.id, { ...PAGE, limit: 2 });
    expect(occurrences.items.map(({ id }) => id)).toEqual([events[0]!.id, events[1]!.id]);
    const rest = await store.reader.alertEvents(folded.id, { ...PAGE, cursor: occurrences.nextCursor });
    expect(rest.items.map(({ id }) => id)).toEqual(events.slice(2, 5).map(({ id }) => id));
    expect(await store.reader.alertsByIds([folded.id, 'alr_nothing'])).toEqual([folded]);
    expect(await store.reader.ruleFires()).toEqual([{ ruleId: 'rule-1', count: 6, lastFired: 10_000_000 }]);
    expect(await store.reader.ruleTimeline('rule-1', { since: null, until: null }, 3_600_000)).toEqual([
      { start: 0, count: 5 },
      { start: 7_200_000, count: 1 },
    ]);
    expect(await store.reader.ruleActivity({ since: 0, until: 7_200_000 }, 3_600_000)).toEqual([
      { ruleId: 'rule-1', start: 0, count: 5 },
    ]);
  });

  test('an alert of several events lists those that made it, then its occurrences', async () => {
    const events = sampleEvents(8).map((event, index) => ({
      ...event,
      sourceId: 'imp_c',
      eventTs: index * 1000,
    }));
    const ids = events.map(({ id }) => id);
    const fired = [4, 5].map((at) => ({
      ...sampleDetection(events[at]!),
      ruleKind: 'correlation' as const,
      dedupKey: 'correlation:rule-1:eve',
      entities: [],
      contributors: ids.slice(at - 3, at + 1),
    }));
    await store.writer.saveImport(importRecord('imp_c', 1));
    await store.writer.commit(sampleBatch(events, fired));
    const { items } = await store.reader.pageAlerts(ANY_ALERT, PAGE);
    const [alert] = items;
    expect(alert).toMatchObject({ ruleKind: 'correlation', count: 2, eventIds: ids.slice(1, 6) });
    const named = new Set(events.slice(1, 6).flatMap(({ entities }) => entities.map(({ uuid }) => uuid)));
    expect(new Set(alert?.entities.map(({ uuid }) => uuid))).toEqual(named);
    const first = await store.reader.alertEvents(alert?.id ?? '', { ...PAGE, limit: 2 });
    expect(first).toMatchObject({ total: 5, totalIsExact: true });
    const rest = await store.reader.alertEvents(alert?.id ?? '', { ...PAGE, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.slice(1, 6));
    expect(await store.writer.undoImport('imp_c')).toEqual({ events: 8, alerts: 1 });
    expect((await store.reader.pageAlerts(ANY_ALERT, PAGE)).total).toBe(0);
  });

  test('a replayed batch or detection changes nothing', async () => {
    const events = sampleEvents(20);
    const batch = sampleBatch(
      events,
      events.map((event) => sampleDetection(event)),
    );
    await store.writer.commit(batch);
    const before = [await store.reader.pageAlerts(ANY_ALERT, PAGE), await store.reader.sourceCounters()];
    expect(await store.writer.commit(batch)).toEqual({
      events: 0,
      replayed: true,
      alertIds: [],
      created: 0,
      orphaned: 0,
    });
    expect(await store.writer.commit({ ...sampleBatch([]), detections: batch.detections })).toMatchObject({
      alertIds: [],
    });
    expect([await store.reader.pageAlerts(ANY_ALERT, PAGE), await store.reader.sourceCounters()]).toEqual(
      before,
    );
  });

  test('a detection without its event is left out and counted', async () => {
    const [event] = sampleEvents(1);
    const receipt = await store.writer.commit({ ...sampleBatch([]), detections: [sampleDetection(event!)] });
    expect(receipt).toMatchObject({ created: 0, orphaned: 1 });
  });

  test('filters', async () => {
    const events = sampleEvents(30);
    const detections = events.map((event, index) => sampleDetection(event, `rule-${String(index % 2)}`));
    await store.writer.commit(sampleBatch(events, detections));
    const all = await store.reader.pageAlerts(ANY_ALERT, PAGE);
    const find = async (filter: Partial<AlertFilter>) =>
      (await store.reader.pageAlerts({ ...ANY_ALERT, ...filter }, PAGE)).items;
    const alert = all.items[0]!;
    expect(await find({ ruleId: 'rule-1' })).toEqual(all.items.filter(({ ruleId }) => ruleId === 'rule-1'));
    expect(await find({ severities: ['low'] })).toEqual([]);
    expect(await find({ severities: ['low', 'high'] })).toEqual(all.items);
    expect(await find({ technique: 'T1110' })).toEqual(all.items);
    expect(await find({ technique: 'T11' })).toEqual([]);
    expect(await find({ text: 'TITLE OF rule-0' })).toEqual(
      all.items.filter(({ ruleId }) => ruleId === 'rule-0'),
    );
    expect(await find({ text: "' OR 1=1 --" })).toEqual([]);
    const entity = alert.entities[0]!;
    expect(await find({ entity: entity.value })).toContainEqual(alert);
    expect(await find({ entity: entity.uuid })).toContainEqual(alert);
    expect(await find({ since: Number.MAX_SAFE_INTEGER })).toEqual([]);
    expect(await store.reader.alertCounts(ANY_ALERT)).toEqual({
      informational: 0,
      low: 0,
      medium: 0,
      high: all.total,
      critical: 0,
    });
    expect(await store.writer.setAlertStatus(alert.id, 'closed')).toBe(true);
    expect(await store.writer.setAlertStatus('alr_nothing', 'closed')).toBe(false);
    expect((await find({ statuses: ['closed'] })).map(({ id }) => id)).toEqual([alert.id]);
  });
});

describe('feedback', () => {
  const entry = { note: '', origin: 'api', actor: 'window', ruleId: 'r' } as const;

  test('is a log; the newest entry of an alert is its verdict', async () => {
    const events = sampleEvents(3).map((event, index) => ({ ...event, eventTs: index * 10_000_000 }));
    await store.writer.commit(
      sampleBatch(
        events,
        events.map((event) => sampleDetection(event, 'r')),
      ),
    );
    const alerts = (await store.reader.pageAlerts({ ...ANY_ALERT, ruleId: 'r' }, PAGE)).items.map(
      ({ id }) => id,
    );
    expect(alerts).toHaveLength(3);
    const [first = '', second = ''] = alerts;
    const say = (id: string, alertId: string, verdict: Verdict) =>
      store.writer.addFeedback({ ...entry, id, alertId, verdict, ts: 5 });
    expect(await say('a', first, 'false_positive')).toBe(true);
    expect(await say('b', first, 'true_positive')).toBe(true);
    expect(await say('c', second, 'true_positive')).toBe(true);
    expect(await say('d', 'alr_nothing', 'benign')).toBe(false);
    const log = await store.reader.feedback(first, { ...PAGE, limit: 1 });
    expect([log.total, log.items.map(({ id }) => id)]).toEqual([2, ['b']]);
    const rest = await store.reader.feedback(first, { ...PAGE, cursor: log.nextCursor });
    expect(rest.items).toEqual([{ ...entry, id: 'a', alertId: first, verdict: 'false_positive', ts: 5 }]);
    expect(await store.reader.ruleVerdicts()).toEqual([
      { ruleId: 'r', truePositive: 2, falsePositive: 0, benign: 0 },
    ]);
    expect(await store.reader.alertsByVerdict('r', 'true_positive', 10)).toEqual([second, first]);
    expect(await store.reader.alertsByVerdict('r', 'true_positive', 1)).toEqual([second]);
  });
});

describe('rule fires', () => {
  test('are counted whole, in a span of event time, or for one import', async () => {
    const times = [1000, 2000, 3000, 9_000_000];
    const events = sampleEvents(4).map((event, index) => ({
      ...event,
      host: 'h',
      eventTs: times[index] ?? 0,
      sourceId: index % 2 === 0 ? 'imp_even' : 'imp_odd',
    }));
    await store.writer.commit(
      sampleBatch(
        events,
        events.map((event) => sampleDetection(event, 'r')),
      ),
    );
    const fires = (count: number, lastFired: number) => [{ ruleId: 'r', count, lastFired }];
    const any = { since: null, until: null, importId: null };
    expect(await store.reader.ruleFires()).toEqual(fires(4, 9_000_000));
    expect(await store.reader.ruleFires(any)).toEqual(fires(4, 9_000_000));
    expect(await store.reader.ruleFires({ ...any, since: 2000, until: 3001 })).toEqual(fires(2, 3000));
    expect(await store.reader.ruleFires({ ...any, until: 1000 })).toEqual([]);
    expect(await store.reader.ruleFires({ ...any, importId: 'imp_even' })).toEqual(fires(2, 3000));
    expect(await store.reader.ruleFires({ since: 2500, until: null, importId: 'imp_odd' })).toEqual(
      fires(1, 9_000_000),
    );
    expect(await store.reader.ruleFires({ ...any, importId: 'imp_none' })).toEqual([]);
  });
});

function importRecord(id: string, createdTs: number): ImportRecord {
  return { ...queuedImport(id, ['/case'], createdTs), state: 'done' };
}
