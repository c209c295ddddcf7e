import { NO_RULE_SETTINGS } from '../../pipeline/rule-settings.ts';
import { afterEach, expect, test, vi } from 'vitest';
import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { toColumns } from '../../pipeline/columns.ts';
import { sampleEvents } from '../../store/kit/sample-events.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { DetectorClient } from './detector-client.ts';

const entry = new URL('../test-support/stalling-detector.ts', import.meta.url);
const late: Detection[] = [];
const client = (): DetectorClient =>
  new DetectorClient({
    logger: silentLogger,
    batchLimitMs: 300,
    loadLimitMs: 3_000,
    entry,
    onLate: (detections) => Promise.resolve(late.push(...detections)),
  });

let detector: DetectorClient;
afterEach(async () => {
  late.length = 0;
  await detector.stop();
});

const NOTHING = {
  shippedPaths: [],
  folderPaths: [],
  records: [],
  anyLogsource: false,
  settings: NO_RULE_SETTINGS,
};

function events(count: number, special: Record<number, string> = {}): LogEvent[] {
  return sampleEvents(count).map((event, index) => ({ ...event, message: special[index] ?? 'fine' }));
}

test('an engine that stalls is replaced; what it missed is replayed without the event that stalls', async () => {
  detector = client();
  await detector.load(NOTHING);
  // An analyst's change since the load must outlive the worker.
  await detector.patch([{ ruleId: 'changed', enabled: false, levelOverride: null }]);
  const batch = events(20, { 7: 'stall' });
  expect(await detector.detect(toColumns(batch))).toEqual([]);
  expect(detector.status()).toMatchObject({ state: 'degraded' });
  expect(detector.status().detail).toContain('is being restarted');
  // Storage does not wait: batches that come meanwhile are let through and replayed as well.
  const [meanwhile] = events(1);
  expect(await detector.detect(toColumns([{ ...meanwhile!, id: 'meanwhile' }]))).toEqual([]);
  await vi.waitFor(() => expect(late).toHaveLength(20), { timeout: 30_000 });
  const examined = batch.filter((_, index) => index !== 7).map(({ id }) => id);
  expect(late.map(({ eventId }) => eventId)).toEqual([...examined, 'meanwhile']);
  expect(new Set(late.map(({ ruleId }) => ruleId))).toEqual(new Set(['changed']));
  await vi.waitFor(async () => expect(await detector.detect(toColumns(events(3)))).toHaveLength(3));
  expect(detector.status()).toMatchObject({
    state: 'degraded',
    detail: '1 event could not be examined since the start.',
  });
});

test('a batch on which the engine fails is replayed too', async () => {
  detector = client();
  await detector.load(NOTHING);
  expect(await detector.detect(toColumns(events(5, { 2: 'crash' })))).toEqual([]);
  await vi.waitFor(() => expect(late).toHaveLength(4), { timeout: 30_000 });
});

test('rules that stall the worker are given up, and it goes on with those from before', async () => {
  detector = client();
  await detector.load(NOTHING);
  await expect(detector.load({ ...NOTHING, folderPaths: ['stall'] })).rejects.toThrow(/take too long/);
  await vi.waitFor(async () => expect(await detector.detect(toColumns(events(3)))).toHaveLength(3), {
    timeout: 30_000,
  });
});

test('a worker that cannot be brought back does not end the process, and every event is accounted for', async () => {
  detector = new DetectorClient({
    logger: silentLogger,
    batchLimitMs: 300,
    entry: new URL('../test-support/no-such-worker.ts', import.meta.url),
    onLate: () => Promise.resolve(),
  });
  await expect(detector.load(NOTHING)).rejects.toThrow();
  expect(await detector.detect(toColumns(events(5)))).toEqual([]);
  await vi.waitFor(() => expect(detector.status().detail).toContain('5 events could not be examined'), {
    timeout: 30_000,
  });
});
