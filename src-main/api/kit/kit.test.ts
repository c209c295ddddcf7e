import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import type { Page } from '../../store/interface/reader.ts';
import { NOW } from '../test-support/samples.ts';
import { eventFilter, levelsOf, spanOf } from './filters.ts';
import { listWire, pageOf, pageRequest } from './lists.ts';

const HOUR_MS = 3_600_000;

describe('spanOf', () => {
  it.each([
    ['24h', NOW - 24 * HOUR_MS],
    ['7d', NOW - 168 * HOUR_MS],
    ['2026-05-13T15:29:59.998Z', NOW - 125],
    ['2026-05-13T15:30:00', NOW - 123],
    ['2026-05-13 15:30', NOW - 123],
    ['2026-05-13T17:30:00+02:00', NOW - 123],
    ['2026-05-13T17:30:00 02:00', NOW - 123],
    ['2026-05-13', Date.parse('2026-05-13')],
  ])('%s', (since, expected) => expect(spanOf({ since }, NOW)).toEqual({ since: expected, until: null }));

  it.each(['yesterday', '24', '2026-02-31', '', 'h'])('refuses %j and says how to write it', (since) => {
    expect(() => spanOf({ since }, NOW)).toThrow(/query\.since: write it/);
  });

  it('refuses an end before the beginning', () => {
    expect(() => spanOf({ since: '1h', until: '2h' }, NOW)).toThrow(/query\.since/);
  });
});

describe('eventFilter', () => {
  it.each([
    ['13', 13],
    ['warning', 13],
    ['WARN', 13],
    ['err', 17],
    ['critical', 21],
    ['24', 24],
  ])('reads severity %s as %d', (severity, expected) => {
    expect(eventFilter({ severity }, NOW).severityMin).toBe(expected);
  });

  it.each(['0', '25', '1.5', 'loud', '', '-1', 'constructor', '__proto__'])(
    'refuses severity %j',
    (severity) => {
      expect(() => eventFilter({ severity }, NOW)).toThrow(/query\.severity/);
    },
  );

  it('says where a query is wrong', () => {
    expect(() => eventFilter({ q: 'host:web AND (' }, NOW)).toThrow(/query\.q, character \d+/);
  });

  it('never fails but with a 400, whatever is sent', () => {
    const query = fc.record(
      { q: fc.string(), since: fc.string(), until: fc.string(), severity: fc.string() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(query, (sent) => {
        try {
          eventFilter(sent, NOW);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: 'bad_request' });
        }
      }),
    );
  });
});

describe('levelsOf', () => {
  it('takes any case and the short word', () => {
    expect(levelsOf(['HIGH', 'Info'], 'severity')).toEqual(['high', 'informational']);
  });

  it('names what it knows', () => {
    expect(() => levelsOf(['urgent'], 'severity')).toThrow(/informational, low, medium, high, critical/);
  });
});

describe('lists', () => {
  it('takes skip for offset', () => {
    expect(pageRequest({ limit: 10, skip: 20 })).toEqual({ limit: 10, offset: 20, cursor: null });
    expect(pageRequest({ limit: 10, offset: 5, skip: 20 }).offset).toBe(5);
  });

  it('reads a list to its end by cursor, each item once, also while items arrive in front', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 7 }), (count, limit) => {
        let items = Array.from({ length: count }, (_, index) => String(index));
        const expected = items;
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Page<string> = pageOf(items, { limit, offset: 0, cursor }, (item) => item);
          seen.push(...page.items);
          cursor = page.nextCursor;
          items = [`new ${items.length}`, ...items];
        } while (cursor !== null);
        expect(seen).toEqual(expected);
      }),
    );
  });

  it('says that there is more only when there is', () => {
    const request = { limit: 2, offset: 0, cursor: null };
    const wire = (all: readonly string[]) =>
      listWire(
        pageOf(all, request, (item) => item),
        request,
        (item) => item,
      );
    expect(wire(['a', 'b'])).toMatchObject({ has_more: false, next_cursor: null, total: 2 });
    expect(wire(['a', 'b', 'c'])).toMatchObject({ has_more: true, next_cursor: 'b', total: 3 });
  });
});
