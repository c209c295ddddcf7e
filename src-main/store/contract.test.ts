import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import type { RuleAction } from '#shared/model/rule-history.ts';
import type { Verdict } from '#shared/model/feedback.ts';
import { KEPT_RUNS } from './interface/detections.ts';
import { queuedImport, type ImportRecord } from './interface/imports.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { fromColumns } from '../pipeline/columns.ts';
import {
  EVERY_EVENT,
  type AlertFilter,
  type EventFilter,
  type EventRun,
  type PageRequest,
  type StoreReader,
} from './interface/reader.ts';
import type { RuleEntry } from './interface/rules.ts';
import type { StoreWriter } from './interface/writer.ts';
import { sampleBatch, sampleDetection, sampleEvents } from './kit/sample-events.ts';
import { openReaderPool } from './reader-pool.ts';
import { openWriter } from './writer-client.ts';

/** What any store must do, asked through threads as the core asks. */
let folder: string;
let writer: StoreWriter;
let reader: StoreReader;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-store-'));
  writer = await openWriter(folder);
  reader = await openReaderPool(folder, 1);
});

afterEach(async () => {
  await reader.close();
  await writer.close();
  rmSync(folder, { recursive: true });
});

const PAGE: PageRequest = { limit: 50, offset: 0, cursor: null };
const ANY_ALERT: AlertFilter = {
  since: null,
  until: null,
  severities: [],
  ruleId: null,
  entity: null,
  statuses: [],
  text: null,
  technique: null,
  importId: null,
};

describe('events', () => {
  test('are swept in runs, each once, whatever the filter excludes', async () => {
    const events = sampleEvents(1500);
    await writer.commit(sampleBatch(events));
    const parsed = parseQuery('Image:*mimikatz*');
    if (!parsed.ok) throw new Error(parsed.message);
    for (const filter of [
      EVERY_EVENT,
      { ...EVERY_EVENT, query: parsed.node, since: events[100]?.eventTs ?? 0 },
    ]) {
      const expected = await reader.pageEvents(filter, { limit: 500, offset: 0, cursor: null }, 'oldest');
      const swept: LogEvent[] = [];
      for (let at: number | null = 0; at !== null;) {
        const run: EventRun = await reader.sweepEvents(filter, at, 70);
        expect(run.events.id.length).toBeLessThanOrEqual(70);
        swept.push(...fromColumns(run.events));
        at = run.next;
      }
      expect(swept).toHaveLength(expected.total);
      const bare = expected.items.map((event) => ({ ...event, raw: null }));
      expect(swept).toEqual(expect.arrayContaining(bare));
    }
    expect(await reader.sweepEvents({ ...EVERY_EVENT, importId: 'none' }, 0, 10)).toMatchObject({
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
    await writer.commit(sampleBatch(events));
    const census = await reader.fieldCensus();
    expect(census.map(({ product, events }) => [product, events])).toEqual([
      ['windows', 1199],
      ['aws', 1],
    ]);
    expect(census[0]).toMatchObject({ sampled: 500, fields: [{ name: 'Image', count: 500 }] });
    expect(census[1]?.fields.map(({ name }) => name)).toEqual(['User', 'user.roles.name', 'user.tags']);
  });

  test('come back as they went in', async () => {
    const events = sampleEvents(300);
    const receipt = await writer.commit(sampleBatch(events));
    expect(receipt).toEqual({ events: 300, replayed: false, alertIds: [], created: 0, orphaned: 0 });
    for (const event of events.slice(0, 50)) expect(await reader.getEvent(event.id)).toEqual(event);
    expect(await reader.getEvent('nothing')).toBeNull();
    const extent = await reader.extent();
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
    await writer.commit(sampleBatch(events.slice(0, 900)));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await reader.pageEvents(EVERY_EVENT, { limit: 100, offset: 0, cursor }, 'newest');
      seen.push(...page.items.map(({ id }) => id));
      if (seen.length === 100) await writer.commit(sampleBatch(events.slice(900)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(
      events
        .slice(0, 900)
        .map(({ id }) => id)
        .reverse(),
    );
    const oldest = await reader.pageEvents(EVERY_EVENT, { ...PAGE, offset: 10 }, 'oldest');
    expect(oldest.items[0]?.id).toBe(events[10]?.id);
    expect(oldest).toMatchObject({ total: 1000, totalIsExact: true });
    await expect(reader.pageEvents(EVERY_EVENT, { ...PAGE, cursor: "1'--" }, 'newest')).rejects.toMatchObject(
      {
        code: 'bad_request',
      },
    );
  });

  test('context is the same host before and after, in time order', async () => {
    const events = sampleEvents(200);
    await writer.commit(sampleBatch(events));
    const centre = events[100]!;
    const same = events.filter(({ host }) => host === centre.host);
    const at = same.indexOf(centre);
    const { before, after } = await reader.eventContext(centre.id, 5);
    expect(before.map(({ id }) => id)).toEqual(same.slice(at - 5, at).map(({ id }) => id));
    expect(after.map(({ id }) => id)).toEqual(same.slice(at + 1, at + 6).map(({ id }) => id));
  });

  test('the histogram holds each event once, also before 1970', async () => {
    const events = sampleEvents(50).map((event, index) => ({ ...event, eventTs: -1500 + index * 100 }));
    await writer.commit(sampleBatch(events));
    const buckets = await reader.histogram(EVERY_EVENT, 1000);
    expect(buckets.map(({ start, total }) => [start, total])).toEqual([
      [-2000, 5],
      [-1000, 10],
      [0, 10],
      [1000, 10],
      [2000, 10],
      [3000, 5],
    ]);
    const fine = await reader.histogram(EVERY_EVENT, 2);
    expect(fine).toHaveLength(50);
    const span = await reader.histogram({ ...EVERY_EVENT, since: -1000, until: 1001 }, 1000);
    expect(span.map(({ start, total }) => [start, total])).toEqual([
      [-1000, 10],
      [0, 10],
      [1000, 1],
    ]);
    const query = {
      kind: 'not',
      node: { kind: 'text', pattern: { text: 'nothing', literal: true }, position: 0 },
    } as const;
    expect(await reader.histogram({ ...EVERY_EVENT, query }, 1000)).toEqual(buckets);
    for (const { total, bySeverity } of [...buckets, ...fine])
      expect(Object.values(bySeverity).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  test('top values count columns, fields and aliases', async () => {
    const events = sampleEvents(500);
    await writer.commit(sampleBatch(events));
    const { sampled, values } = await reader.topValues(EVERY_EVENT, 'user', 3);
    expect(sampled).toBe(500);
    const users = events.map(({ fields }) => fields.User ?? fields.TargetUserName);
    expect(values).toHaveLength(3);
    for (const { value, count } of values) expect(count).toBe(users.filter((user) => user === value).length);
    expect(
      (await reader.topValues(EVERY_EVENT, 'product', 10)).values.map(({ value }) => value).sort(),
    ).toEqual(['Windows', 'linux', 'windows']);
  });
});

describe('alerts', () => {
  test('detections of one group fold inside 15 minutes of event time; all occurrences stay', async () => {
    const events = sampleEvents(6).map((event, index) => ({ ...event, host: 'h', eventTs: index * 600_000 }));
    events[5] = { ...events[5]!, eventTs: 10_000_000 };
    const receipt = await writer.commit(
      sampleBatch(
        events,
        events.map((event) => sampleDetection(event)),
      ),
    );
    expect(receipt).toMatchObject({ created: 2, orphaned: 0 });
    expect(receipt.alertIds).toHaveLength(2);
    const { items, total } = await reader.pageAlerts(ANY_ALERT, PAGE);
    expect(total).toBe(2);
    expect(items.map(({ count, firstSeen, lastSeen }) => [count, firstSeen, lastSeen])).toEqual([
      [1, 10_000_000, 10_000_000],
      [5, 0, 2_400_000],
    ]);
    const folded = items[1]!;
    expect(folded.eventIds).toEqual(events.slice(0, 5).map(({ id }) => id));
    const occurrences = await reader.alertEvents(folded.id, { ...PAGE, limit: 2 });
    expect(occurrences.items.map(({ id }) => id)).toEqual([events[0]!.id, events[1]!.id]);
    const rest = await reader.alertEvents(folded.id, { ...PAGE, cursor: occurrences.nextCursor });
    expect(rest.items.map(({ id }) => id)).toEqual(events.slice(2, 5).map(({ id }) => id));
    expect(await reader.alertsByIds([folded.id, 'alr_nothing'])).toEqual([folded]);
    expect(await reader.ruleFires()).toEqual([{ ruleId: 'rule-1', count: 6, lastFired: 10_000_000 }]);
    expect(await reader.ruleTimeline('rule-1', { since: null, until: null }, 3_600_000)).toEqual([
      { start: 0, count: 5 },
      { start: 7_200_000, count: 1 },
    ]);
    expect(await reader.ruleActivity({ since: 0, until: 7_200_000 }, 3_600_000)).toEqual([
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
    await writer.saveImport(importRecord('imp_c', 1));
    await writer.commit(sampleBatch(events, fired));
    const { items } = await reader.pageAlerts(ANY_ALERT, PAGE);
    const [alert] = items;
    expect(alert).toMatchObject({ ruleKind: 'correlation', count: 2, eventIds: ids.slice(1, 6) });
    const named = new Set(events.slice(1, 6).flatMap(({ entities }) => entities.map(({ uuid }) => uuid)));
    expect(new Set(alert?.entities.map(({ uuid }) => uuid))).toEqual(named);
    const first = await reader.alertEvents(alert?.id ?? '', { ...PAGE, limit: 2 });
    expect(first).toMatchObject({ total: 5, totalIsExact: true });
    const rest = await reader.alertEvents(alert?.id ?? '', { ...PAGE, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.slice(1, 6));
    expect(await writer.undoImport('imp_c')).toEqual({ events: 8, alerts: 1 });
    expect((await reader.pageAlerts(ANY_ALERT, PAGE)).total).toBe(0);
  });

  test('a replayed batch or detection changes nothing', async () => {
    const events = sampleEvents(20);
    const batch = sampleBatch(
      events,
      events.map((event) => sampleDetection(event)),
    );
    await writer.commit(batch);
    const before = [await reader.pageAlerts(ANY_ALERT, PAGE), await reader.sourceCounters()];
    expect(await writer.commit(batch)).toEqual({
      events: 0,
      replayed: true,
      alertIds: [],
      created: 0,
      orphaned: 0,
    });
    expect(await writer.commit({ ...sampleBatch([]), detections: batch.detections })).toMatchObject({
      alertIds: [],
    });
    expect([await reader.pageAlerts(ANY_ALERT, PAGE), await reader.sourceCounters()]).toEqual(before);
  });

  test('a detection without its event is left out and counted', async () => {
    const [event] = sampleEvents(1);
    const receipt = await writer.commit({ ...sampleBatch([]), detections: [sampleDetection(event!)] });
    expect(receipt).toMatchObject({ created: 0, orphaned: 1 });
  });

  test('filters', async () => {
    const events = sampleEvents(30);
    const detections = events.map((event, index) => sampleDetection(event, `rule-${String(index % 2)}`));
    await writer.commit(sampleBatch(events, detections));
    const all = await reader.pageAlerts(ANY_ALERT, PAGE);
    const find = async (filter: Partial<AlertFilter>) =>
      (await reader.pageAlerts({ ...ANY_ALERT, ...filter }, PAGE)).items;
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
    expect(await reader.alertCounts(ANY_ALERT)).toEqual({
      informational: 0,
      low: 0,
      medium: 0,
      high: all.total,
      critical: 0,
    });
    expect(await writer.setAlertStatus(alert.id, 'closed')).toBe(true);
    expect(await writer.setAlertStatus('alr_nothing', 'closed')).toBe(false);
    expect((await find({ statuses: ['closed'] })).map(({ id }) => id)).toEqual([alert.id]);
  });
});

describe('feedback', () => {
  const entry = { note: '', origin: 'api', actor: 'window', ruleId: 'r' } as const;

  test('is a log; the newest entry of an alert is its verdict', async () => {
    const events = sampleEvents(3).map((event, index) => ({ ...event, eventTs: index * 10_000_000 }));
    await writer.commit(
      sampleBatch(
        events,
        events.map((event) => sampleDetection(event, 'r')),
      ),
    );
    const alerts = (await reader.pageAlerts({ ...ANY_ALERT, ruleId: 'r' }, PAGE)).items.map(({ id }) => id);
    expect(alerts).toHaveLength(3);
    const [first = '', second = ''] = alerts;
    const say = (id: string, alertId: string, verdict: Verdict) =>
      writer.addFeedback({ ...entry, id, alertId, verdict, ts: 5 });
    expect(await say('a', first, 'false_positive')).toBe(true);
    expect(await say('b', first, 'true_positive')).toBe(true);
    expect(await say('c', second, 'true_positive')).toBe(true);
    expect(await say('d', 'alr_nothing', 'benign')).toBe(false);
    const log = await reader.feedback(first, { ...PAGE, limit: 1 });
    expect([log.total, log.items.map(({ id }) => id)]).toEqual([2, ['b']]);
    const rest = await reader.feedback(first, { ...PAGE, cursor: log.nextCursor });
    expect(rest.items).toEqual([{ ...entry, id: 'a', alertId: first, verdict: 'false_positive', ts: 5 }]);
    expect(await reader.ruleVerdicts()).toEqual([
      { ruleId: 'r', truePositive: 2, falsePositive: 0, benign: 0 },
    ]);
    expect(await reader.alertsByVerdict('r', 'true_positive', 10)).toEqual([second, first]);
    expect(await reader.alertsByVerdict('r', 'true_positive', 1)).toEqual([second]);
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
    await writer.commit(
      sampleBatch(
        events,
        events.map((event) => sampleDetection(event, 'r')),
      ),
    );
    const fires = (count: number, lastFired: number) => [{ ruleId: 'r', count, lastFired }];
    const any = { since: null, until: null, importId: null };
    expect(await reader.ruleFires()).toEqual(fires(4, 9_000_000));
    expect(await reader.ruleFires(any)).toEqual(fires(4, 9_000_000));
    expect(await reader.ruleFires({ ...any, since: 2000, until: 3001 })).toEqual(fires(2, 3000));
    expect(await reader.ruleFires({ ...any, until: 1000 })).toEqual([]);
    expect(await reader.ruleFires({ ...any, importId: 'imp_even' })).toEqual(fires(2, 3000));
    expect(await reader.ruleFires({ since: 2500, until: null, importId: 'imp_odd' })).toEqual(
      fires(1, 9_000_000),
    );
    expect(await reader.ruleFires({ ...any, importId: 'imp_none' })).toEqual([]);
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
    await writer.commit(mine);
    await writer.commit(mine);
    await writer.commit(sampleBatch([make('c', 7, 'live', sysmon), make('d', 7, 'live', none)]));
    expect(await reader.logsources()).toEqual([
      { logsource: none, events: 1, lastTs: 7 },
      { logsource: sysmon, events: 3, lastTs: 9 },
    ]);
    await writer.undoImport('imp_a');
    expect(await reader.logsources()).toEqual([
      { logsource: none, events: 1, lastTs: 7 },
      { logsource: sysmon, events: 1, lastTs: 7 },
    ]);
  });
});

describe('detection rules', () => {
  const run = {
    ruleId: 'd',
    trigger: 'scheduled',
    status: 'partial',
    reason: 'Stopped after 10000 matches; 3 were left.',
    matches: 10_003,
    suppressed: 2,
    alerts: 9,
    sampleIds: ['e1', 'e2'],
  } as const;

  test('runs are kept, newest first, and only so many of a rule', async () => {
    for (let index = 0; index < KEPT_RUNS + 3; index += 1) {
      const times = { startedTs: index, finishedTs: index + 1 };
      await writer.saveDetectionRun({ ...run, ...times, id: `run-${index}` });
    }
    const other = { ...run, ruleId: 'e', id: 'other', startedTs: 1, finishedTs: 1 };
    await writer.saveDetectionRun(other);
    const page = await reader.detectionRuns('d', { ...PAGE, limit: 2 });
    expect(page.total).toBe(KEPT_RUNS);
    expect(page.items.map(({ id }) => id)).toEqual([`run-${KEPT_RUNS + 2}`, `run-${KEPT_RUNS + 1}`]);
    const next = await reader.detectionRuns('d', { ...PAGE, limit: 1, cursor: page.nextCursor });
    expect(next.items).toEqual([
      { ...run, id: `run-${KEPT_RUNS}`, startedTs: KEPT_RUNS, finishedTs: KEPT_RUNS + 1 },
    ]);
    expect((await reader.detectionRuns('e', PAGE)).items).toEqual([other]);
    expect(await reader.detectionActivity(KEPT_RUNS + 1)).toMatchObject({
      runs: 2,
      matches: 20_006,
      suppressed: 4,
      matchesByRule: [{ ruleId: 'd', count: 20_006 }],
    });
  });

  test('what analysts say of a rule is a log', async () => {
    const said = {
      ruleId: 'd',
      alertId: null,
      caseId: null,
      eventId: 'e1',
      notes: 'n',
      metadata: '{"a":1}',
      actor: 'window',
      ts: 4,
    };
    await writer.addDetectionFeedback({ ...said, id: 'f1', verdict: 'false_positive' });
    await writer.addDetectionFeedback({ ...said, id: 'f2', verdict: 'needs_tuning' });
    expect((await reader.detectionFeedback('d', PAGE)).items).toEqual([
      { ...said, id: 'f2', verdict: 'needs_tuning' },
      { ...said, id: 'f1', verdict: 'false_positive' },
    ]);
    expect((await reader.detectionActivity(0)).falsePositivesByRule).toEqual([{ ruleId: 'd', count: 1 }]);
  });

  test('events can be asked for in the order in which they were stored', async () => {
    const before = await reader.newestStored();
    const events = sampleEvents(600, 77);
    await writer.commit(sampleBatch(events));
    const upTo = await reader.newestStored();
    expect(upTo - before).toBe(600);
    const count = async (after: number, to: number, query: EventFilter['query'] = null) =>
      (await reader.pageEvents({ ...EVERY_EVENT, query, stored: { after, upTo: to } }, PAGE, 'oldest')).total;
    expect(await count(before, upTo)).toBe(600);
    expect(await count(before + 100, upTo - 1)).toBe(499);
    expect(await count(upTo, upTo + 5)).toBe(0);
    const word = {
      kind: 'text',
      pattern: { text: 'no event has this', literal: true },
      position: 0,
    } as const;
    expect(await count(before, upTo, { kind: 'not', node: word })).toBe(600);
  });
});

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
    await writer.commit({
      ...sampleBatch(events),
      counters: [
        { sourceId: 'imp_x', received: 13, rejected: { invalid_json: 1 }, dropped: { too_large: 2 } },
      ],
      offsets: [offset],
      rejects: [reject],
    });
    await writer.commit({ ...sampleBatch([]), offsets: [{ ...offset, offset: 200, fingerprint: 'g' }] });
    expect(await reader.sourceCounters()).toEqual([
      {
        sourceId: 'imp_x',
        received: 13,
        committed: 10,
        rejected: { invalid_json: 1 },
        dropped: { too_large: 2 },
      },
    ]);
    expect(await reader.offsets('imp_x')).toEqual([{ ...offset, offset: 200, fingerprint: 'g' }]);
    const rejects = await reader.importRejects('imp_x', PAGE);
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
    await writer.saveRules([
      { ruleId: 'r', record: { ...record, enabled: true }, entries: [entry('created', 'title: w')] },
      { ruleId: 's', record, entries: [entry('found', 'title: s'), entry('edited', 'title: t')] },
    ]);
    await writer.saveRules([{ ruleId: 'r', record, entries: [entry('disabled', null)] }]);
    await writer.saveRules([{ ruleId: 's', record: null, entries: [entry('deleted', null)] }]);
    expect(await reader.rules()).toEqual([{ ...record, ruleId: 'r', version: 2 }]);
    const history = await reader.ruleHistory('s');
    expect(history.map(({ version, action, hasText }) => [version, action, hasText])).toEqual([
      [3, 'deleted', false],
      [2, 'edited', true],
      [1, 'found', true],
    ]);
    expect(await reader.ruleVersion('s', 2)).toEqual({
      ...history[1],
      yaml: 'title: t',
      previous: { version: 1, yaml: 'title: s' },
    });
    // An entry without a text stands for the one in force.
    expect(await reader.ruleVersion('r', 2)).toMatchObject({ yaml: 'title: w', previous: null });
    expect(await reader.ruleVersion('r', 3)).toBeNull();
    expect(await reader.ruleHistory('nothing')).toEqual([]);
  });

  test('tokens and imports are kept', async () => {
    const token = { id: 't', name: 'window', hash: 'ab', createdTs: 2 };
    await writer.saveToken(token);
    expect(await writer.tokens()).toEqual([token]);
    await writer.saveImport(importRecord('imp_a', 1));
    await writer.saveImport(importRecord('imp_b', 2));
    expect((await reader.imports()).map(({ id }) => id)).toEqual(['imp_b', 'imp_a']);
  });

  test('records are kept by kind and name; the newest replaces', async () => {
    const list = { kind: 'placeholder', name: 'Servers', body: '["a"]', updatedTs: 1 } as const;
    const newer = { ...list, body: '["a","b"]', updatedTs: 2 };
    await writer.saveRecord(list);
    await writer.saveRecord({ ...list, kind: 'pipeline' });
    await writer.saveRecord({ ...list, name: 'Admins' });
    await writer.saveRecord(newer);
    expect(await reader.records('placeholder')).toEqual([{ ...list, name: 'Admins' }, newer]);
    expect(await writer.deleteRecord('placeholder', 'Servers')).toBe(true);
    expect(await writer.deleteRecord('placeholder', 'Servers')).toBe(false);
    expect((await reader.records('placeholder')).map(({ name }) => name)).toEqual(['Admins']);
    expect(await reader.records('pipeline')).toHaveLength(1);
  });
});

test('a checkpoint covers all that was stored with it; what came live behind it can be read again', async () => {
  const live = sampleEvents(30).map((event) => ({ ...event, sourceId: 'syslog_udp' }));
  const imported = sampleEvents(10, 7).map((event) => ({ ...event, sourceId: 'imp_d' }));
  await writer.saveImport(importRecord('imp_d', 1));
  expect(await reader.checkpoint('sigma')).toBeNull();
  const state = new Uint8Array([1, 2, 3]);
  await writer.commit({ ...sampleBatch(live.slice(0, 10)), checkpoint: { detector: 'sigma', state } });
  await writer.commit(sampleBatch(imported));
  await writer.commit(sampleBatch(live.slice(10)));
  const saved = await reader.checkpoint('sigma');
  expect(saved?.state).toEqual(state);
  const first = await reader.liveEventsAfter(saved?.afterSeq ?? 0, 15);
  const rest = await reader.liveEventsAfter(first.lastSeq ?? 0, 15);
  expect([...first.events, ...rest.events]).toEqual(live.slice(10));
  expect(await reader.liveEventsAfter(rest.lastSeq ?? 0, 15)).toEqual({ events: [], lastSeq: null });
  await writer.commit({ ...sampleBatch([]), checkpoint: { detector: 'sigma', state: new Uint8Array([4]) } });
  const newer = await reader.checkpoint('sigma');
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
  await writer.saveImport(importRecord('imp_mine', 1));
  await writer.commit(sampleBatch(mine, [...detect(mine, 'only-mine'), ...detect(mine, 'shared')]));
  await writer.commit(sampleBatch(other, detect(other, 'shared')));
  expect(await writer.undoImport('imp_mine')).toEqual({ events: 4500, alerts: 1 });
  expect(await writer.undoImport('imp_mine')).toEqual({ events: 0, alerts: 0 });
  expect(await writer.undoImport('imp_nothing')).toEqual({ events: 0, alerts: 0 });
  expect(await reader.getEvent(mine[0]!.id)).toBeNull();
  expect((await reader.extent()).events).toBe(500);
  const { items } = await reader.pageAlerts(ANY_ALERT, PAGE);
  expect(items.map(({ ruleId, count, firstSeen }) => [ruleId, count, firstSeen])).toEqual([
    ['shared', 10, 2000],
  ]);
  expect((await reader.imports())[0]?.state).toBe('undone');
  // What comes in afterwards is found: the text index goes on behind the removed events.
  const late = sampleEvents(300, 9).map((event) => ({ ...event, message: `late ${event.message}` }));
  await writer.commit(sampleBatch(late));
  const query = { kind: 'text', pattern: { text: 'late', literal: true }, position: 0 } as const;
  expect((await reader.pageEvents({ ...EVERY_EVENT, query }, PAGE, 'newest')).total).toBe(300);
});

function importRecord(id: string, createdTs: number): ImportRecord {
  return { ...queuedImport(id, ['/case'], createdTs), state: 'done' };
}
