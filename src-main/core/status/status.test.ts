import { expect, test } from 'vitest';
import { isConserved } from '../../pipeline/counters.ts';
import { combineBooks } from './books.ts';
import { createThroughput } from './throughput.ts';

test('throughput is the mean of the last ten seconds and forgets what is older', () => {
  let ms = 5_000;
  const meter = createThroughput({ now: () => 0, monotonic: () => ms });
  meter.add(100);
  expect(meter.perSecond()).toBe(10);
  ms += 9_000;
  meter.add(50);
  expect(meter.perSecond()).toBe(15);
  ms += 1_000;
  expect(meter.perSecond()).toBe(5);
  ms += 60_000;
  expect(meter.perSecond()).toBe(0);
});

test('stored and live counters add up and stay balanced', () => {
  const books = combineBooks(
    [
      { sourceId: 'b', received: 10, committed: 7, rejected: { bad: 2 }, dropped: { full: 1 } },
      { sourceId: 'gone', received: 1, committed: 1, rejected: {}, dropped: {} },
    ],
    [
      { sourceId: 'b', received: 5, committed: 2, rejected: { bad: 1, odd: 1 }, dropped: {}, inQueue: 1 },
      { sourceId: 'a', received: 1, committed: 0, rejected: {}, dropped: {}, inQueue: 1 },
    ],
  );
  expect(books.map((one) => one.sourceId)).toEqual(['a', 'b', 'gone']);
  expect(books[1]).toEqual({
    sourceId: 'b',
    received: 15,
    committed: 9,
    rejected: { bad: 3, odd: 1 },
    dropped: { full: 1 },
    inQueue: 1,
  });
  expect(books.every(isConserved)).toBe(true);
});
