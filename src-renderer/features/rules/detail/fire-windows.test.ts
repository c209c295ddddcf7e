import { describe, expect, it } from 'vitest';
import { barsOf, FIRES_KEY, windowFor } from './fire-windows.ts';

const NOW = Date.parse('2026-05-01T00:00:00Z');

describe('windowFor', () => {
  it.each([
    [null, 'day'],
    ['2026-04-30T23:00:00Z', 'day'],
    ['2026-04-20T00:00:00Z', 'month'],
    ['2025-04-20T00:00:00Z', 'years'],
  ])('last fired %s: %s', (lastFired, expected) => {
    expect(windowFor(lastFired, NOW)).toBe(expected);
  });
});

describe('barsOf', () => {
  it('adds buckets up and keeps a short rest', () => {
    const buckets = [1, 2, 3, 4, 5].map((count, day) => ({ ts: `2026-05-0${day + 1}T00:00:00Z`, count }));
    const bars = barsOf(buckets, 2);
    expect(bars.map(({ counts }) => counts[FIRES_KEY])).toEqual([3, 7, 5]);
    expect(bars[1]?.startMs).toBe(Date.parse('2026-05-03T00:00:00Z'));
  });
});
