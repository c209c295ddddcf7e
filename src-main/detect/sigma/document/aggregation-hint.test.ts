import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aggregationHint } from './aggregation-hint.ts';

it.each([
  ['s | count() > 10', '5m', 'type: event_count, timespan: 5m, condition: {gt: 10}.'],
  [
    's | count(User) by Host >= 3',
    '1h',
    'type: value_count, group-by: [Host], timespan: 1h, condition: {field: User, gte: 3}.',
  ],
  [
    's | sum(Bytes) by src_ip > 1000',
    null,
    'type: value_sum, group-by: [src_ip], timespan: 5m, condition: {field: Bytes, gt: 1000}.',
  ],
  ['s | near other', '30s', 'type: temporal, rules: [...], timespan: 30s.'],
  ['s | max(x) > 3', '1m', 'type: event_count, timespan: 1m.'],
  ['s', '1m', 'timespan: 1m.'],
])('%s within %s', (condition, timeframe, end) => {
  expect(aggregationHint(condition, timeframe).endsWith(end)).toBe(true);
});

it('has a hint for whatever stands there', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(aggregationHint(`s | ${text}`, null)).toMatch(/\.$/);
    }),
  );
});
