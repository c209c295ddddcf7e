import { expect, test } from 'vitest';
import { EVERY_EVENT, type EventFilter, type HistogramBucket } from '../store/interface/reader.ts';
import { bucketWidth, eventTimeline } from './timeline.ts';

/** A store that holds one event at each of `times`. */
function storeOf(times: readonly number[]) {
  return {
    extent: () =>
      Promise.resolve({
        events: times.length,
        alerts: 0,
        sizeBytes: 0,
        engineVersion: '',
        first: times.length === 0 ? null : Math.min(...times),
        last: times.length === 0 ? null : Math.max(...times),
      }),
    histogram: (filter: EventFilter, bucketMs: number): Promise<HistogramBucket[]> => {
      const counts = new Map<number, number>();
      for (const time of times.filter((at) => at >= (filter.since ?? at) && at < (filter.until ?? at + 1))) {
        const start = Math.floor(time / bucketMs) * bucketMs;
        counts.set(start, (counts.get(start) ?? 0) + 1);
      }
      return Promise.resolve(
        [...counts].map(([start, total]) => ({ start, total, bySeverity: { info: total } })),
      );
    },
  };
}

test.each([
  [60_000, 100, 1000],
  [3_600_000, 100, 60_000],
  [86_400_000, 100, 900_000],
  [86_400_000, 500, 300_000],
  [7 * 86_400_000, 100, 2 * 3_600_000],
  [0, 1, 1000],
])('%i ms in at most %i bars: bars of %i ms', (spanMs, maxBuckets, expected) => {
  expect(bucketWidth(spanMs, maxBuckets)).toBe(expected);
});

test.each([1, 7, 100, 500])('never more than %i bars, however long the span', (maxBuckets) => {
  for (let spanMs = 1; spanMs < 1e15; spanMs *= 7)
    expect(Math.ceil(spanMs / bucketWidth(spanMs, maxBuckets)) + 1).toBeLessThanOrEqual(
      Math.max(2, maxBuckets),
    );
});

test('an open span is that of the stored events; bars without events are there', async () => {
  const timeline = await eventTimeline(storeOf([1500, 1600, 4000]), EVERY_EVENT, 100);
  expect(timeline).toMatchObject({ bucketMs: 1000, since: 1500, until: 4001 });
  expect(timeline.buckets.map(({ start, total }) => [start, total])).toEqual([
    [1000, 2],
    [2000, 0],
    [3000, 0],
    [4000, 1],
  ]);
});

test('an empty store has no bars', async () => {
  expect(await eventTimeline(storeOf([]), EVERY_EVENT, 100)).toEqual({
    bucketMs: 1000,
    since: null,
    until: null,
    buckets: [],
  });
});
