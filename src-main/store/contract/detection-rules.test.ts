import { describe, expect, test } from 'vitest';
import { KEPT_RUNS } from '../interface/detections.ts';
import { EVERY_EVENT, type EventFilter } from '../interface/reader.ts';
import { PAGE, openedStore } from '../kit/opened-store.ts';
import { sampleBatch, sampleEvents } from '../kit/sample-events.ts';

/** What any store must do, asked through threads as the core asks. */

const store = openedStore();

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
      await store.writer.saveDetectionRun({ ...run, ...times, id: `run-${index}` });
    }
    const other = { ...run, ruleId: 'e', id: 'other', startedTs: 1, finishedTs: 1 };
    await store.writer.saveDetectionRun(other);
    const page = await store.reader.detectionRuns('d', { ...PAGE, limit: 2 });
    expect(page.total).toBe(KEPT_RUNS);
    expect(page.items.map(({ id }) => id)).toEqual([`run-${KEPT_RUNS + 2}`, `run-${KEPT_RUNS + 1}`]);
    const next = await store.reader.detectionRuns('d', { ...PAGE, limit: 1, cursor: page.nextCursor });
    expect(next.items).toEqual([
      { ...run, id: `run-${KEPT_RUNS}`, startedTs: KEPT_RUNS, finishedTs: KEPT_RUNS + 1 },
    ]);
    expect((await store.reader.detectionRuns('e', PAGE)).items).toEqual([other]);
    expect(await store.reader.detectionActivity(KEPT_RUNS + 1)).toMatchObject({
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
    await store.writer.addDetectionFeedback({ ...said, id: 'f1', verdict: 'false_positive' });
    await store.writer.addDetectionFeedback({ ...said, id: 'f2', verdict: 'needs_tuning' });
    expect((await store.reader.detectionFeedback('d', PAGE)).items).toEqual([
      { ...said, id: 'f2', verdict: 'needs_tuning' },
      { ...said, id: 'f1', verdict: 'false_positive' },
    ]);
    expect((await store.reader.detectionActivity(0)).falsePositivesByRule).toEqual([
      { ruleId: 'd', count: 1 },
    ]);
  });

  test('events can be asked for in the order in which they were stored', async () => {
    const before = await store.reader.newestStored();
    const events = sampleEvents(600, 77);
    await store.writer.commit(sampleBatch(events));
    const upTo = await store.reader.newestStored();
    expect(upTo - before).toBe(600);
    const count = async (after: number, to: number, query: EventFilter['query'] = null) =>
      (await store.reader.pageEvents({ ...EVERY_EVENT, query, stored: { after, upTo: to } }, PAGE, 'oldest'))
        .total;
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
