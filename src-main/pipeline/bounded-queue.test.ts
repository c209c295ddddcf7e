import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';

const sizeOf = (item: string): number => item.length;

describe('BoundedQueue', () => {
  test('refuses an offer that does not fit, whole, and keeps the order of what it took', () => {
    const queue = new BoundedQueue({ maxItems: 3, maxBytes: 100, sizeOf, full: 'refuse' });
    expect(queue.offer(['a', 'b'])).toBe(true);
    expect(queue.offer(['c', 'd'])).toBe(false);
    expect(queue.offer(['c'])).toBe(true);
    expect(queue.take(10)).toEqual(['a', 'b', 'c']);
    expect(queue.counts()).toEqual({ offered: 3, taken: 3, dropped: 0, depth: 0, bytes: 0 });
  });

  test('is bounded by bytes as well', () => {
    const queue = new BoundedQueue({ maxItems: 100, maxBytes: 10, sizeOf, full: 'refuse' });
    expect(queue.offer(['12345678'])).toBe(true);
    expect(queue.offer(['123'])).toBe(false);
  });

  test('takes any offer while empty, so that a large one cannot wait for ever', () => {
    const queue = new BoundedQueue({ maxItems: 1, maxBytes: 1, sizeOf, full: 'refuse' });
    expect(queue.offer(['far too large', 'and two'])).toBe(true);
    expect(queue.offer(['x'])).toBe(false);
  });

  test('drops the oldest, and says which', () => {
    const dropped: string[] = [];
    const queue = new BoundedQueue({
      maxItems: 2,
      maxBytes: 100,
      sizeOf,
      full: 'drop_oldest',
      onDropped: (items) => dropped.push(...items),
    });
    queue.offer(['a', 'b']);
    queue.offer(['c']);
    expect(dropped).toEqual(['a']);
    expect(queue.take(10)).toEqual(['b', 'c']);
    expect(queue.counts()).toMatchObject({ offered: 3, taken: 2, dropped: 1 });
  });

  test('calls a waiting producer back once, when drained to half', async () => {
    const queue = new BoundedQueue({ maxItems: 4, maxBytes: 100, sizeOf, full: 'refuse' });
    queue.offer(['a', 'b', 'c', 'd']);
    let calls = 0;
    const drained = new Promise<void>((resolve) => {
      queue.onDrain(() => {
        calls += 1;
        resolve();
      });
    });
    queue.take(1);
    await new Promise(setImmediate);
    expect(calls).toBe(0);
    queue.take(1);
    await drained;
    queue.take(2);
    await new Promise(setImmediate);
    expect(calls).toBe(1);
  });

  test('whatever is offered and taken: order kept, limits kept, nothing unaccounted', () => {
    const step = fc.oneof(
      fc.record({ offer: fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 5 }) }),
      fc.record({ take: fc.nat({ max: 6 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.boolean(), (steps, refuse) => {
        const gone: string[] = [];
        const queue = new BoundedQueue<string>({
          maxItems: 7,
          maxBytes: 30,
          sizeOf,
          full: refuse ? 'refuse' : 'drop_oldest',
          onDropped: (items) => gone.push(...items),
        });
        const accepted: string[] = [];
        for (const one of steps) {
          if ('offer' in one) {
            if (queue.offer(one.offer)) accepted.push(...one.offer);
          } else gone.push(...queue.take(one.take));
          const counts = queue.counts();
          expect(counts.offered).toBe(counts.taken + counts.dropped + counts.depth);
          expect(counts.depth).toBeLessThanOrEqual(7);
        }
        gone.push(...queue.take(1000));
        expect(gone).toEqual(accepted);
        expect(queue.counts().bytes).toBe(0);
      }),
    );
  });
});
