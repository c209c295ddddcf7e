import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isConserved } from './counters.ts';
import { createLedger, type SourceBook } from './ledger.ts';

describe('ledger', () => {
  test('counts by door and reason', () => {
    const ledger = createLedger();
    const book = ledger.book('syslog-udp');
    book.received(10);
    book.dropped('queue_full', 2);
    book.rejected('empty', 1);
    book.committed(4);
    expect(ledger.snapshot()).toEqual([
      {
        sourceId: 'syslog-udp',
        received: 10,
        committed: 4,
        rejected: { empty: 1 },
        dropped: { queue_full: 2 },
        inQueue: 3,
      },
    ]);
  });

  test('one book a source, however often it is asked for', () => {
    const ledger = createLedger();
    expect(ledger.book('a')).toBe(ledger.book('a'));
    expect(ledger.book('b')).not.toBe(ledger.book('a'));
  });

  test('a record cannot leave twice', () => {
    const book = createLedger().book('a');
    book.received(1);
    book.committed(1);
    expect(() => book.dropped('queue_full', 1)).toThrow('only 0 in the queue');
  });

  test('the books balance after every possible sequence of bookings', () => {
    const doors: Record<string, (book: SourceBook, count: number) => void> = {
      received: (book, count) => book.received(count),
      committed: (book, count) => book.committed(count),
      rejected: (book, count) => book.rejected('invalid_json', count),
      dropped: (book, count) => book.dropped('__proto__', count),
    };
    const booking = fc.record({
      source: fc.constantFrom('a', 'b'),
      door: fc.constantFrom(...Object.keys(doors)),
      count: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(booking, { maxLength: 300 }), (bookings) => {
        const ledger = createLedger();
        for (const { source, door, count } of bookings) {
          const book = ledger.book(source);
          try {
            doors[door]?.(book, count);
          } catch {
            // Refused: more than the queue holds. The books must balance all the same.
          }
          for (const counters of ledger.snapshot()) {
            expect(isConserved(counters)).toBe(true);
            expect(counters.inQueue).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});
