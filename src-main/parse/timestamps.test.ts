import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { instantOf, isoInstant } from './timestamps.ts';

it.each<[string, string, boolean]>([
  ['2026-03-04T05:06:07Z', '2026-03-04T05:06:07.000Z', false],
  ['2026-03-04T05:06:07.1Z', '2026-03-04T05:06:07.100Z', false],
  ['2026-03-04T05:06:07.1234567Z', '2026-03-04T05:06:07.123Z', false],
  ['2026-03-04 05:06:07,089', '2026-03-04T05:06:07.089Z', true],
  ['2026-03-04 05:06:07.089', '2026-03-04T05:06:07.089Z', true],
  ['2026-03-04T05:06:07+02:00', '2026-03-04T03:06:07.000Z', false],
  ['2026-03-04T05:06:07.000003-0730', '2026-03-04T12:36:07.000Z', false],
  ['2026-03-04 05:06:07 UTC', '2026-03-04T05:06:07.000Z', false],
  ['2026/3/4 5:06', '2026-03-04T05:06:00.000Z', true],
  ['2026-03-04', '2026-03-04T00:00:00.000Z', true],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z', false],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z', false],
])('%s', (text, expected, assumed) => {
  const instant = isoInstant(text);
  expect(new Date(instant?.ms ?? NaN).toISOString()).toBe(expected);
  expect(instant?.assumed).toBe(assumed);
});

it.each(['', 'soon', '2026-02-29T00:00:00Z', '2026-13-01', '2026-03-04T25:00:00Z', '2026-03-04T05:06:07.Zx'])(
  'no time: %j',
  (text) => expect(instantOf(text)).toBeNull(),
);

it.each<[number | string, number | null]>([
  [1_700_000_000, 1_700_000_000_000],
  [1_700_000_000.25, 1_700_000_000_250],
  [1_700_000_000_123, 1_700_000_000_123],
  [1_700_000_000_123_456, 1_700_000_000_123],
  ['1700000000123456789', 1_700_000_000_123],
  [42, null],
  [-1, null],
  [NaN, null],
])('epoch %s', (value, expected) => {
  expect(instantOf(value)?.ms ?? null).toBe(expected);
});

test('every date of JavaScript comes back', () => {
  const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2262-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      expect(isoInstant(date.toISOString())?.ms).toBe(date.getTime());
    }),
  );
});
