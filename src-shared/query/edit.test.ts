import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldValue, LogEvent } from '../model/event.ts';
import { logEvent } from '../test-support/log-event.ts';
import { addFilter, chipsOf, negateAt, removeAt } from './edit.ts';
import { compileTest } from './evaluate.ts';
import { parseQuery } from './parser.ts';

test.each([
  ['', 'user', 'root', false, 'user:root'],
  ['', 'user', 'root', true, 'NOT user:root'],
  ['a OR b', 'user', 'root', false, '(a OR b) user:root'],
  ['user:root', 'user', 'root', false, 'user:root'],
  ['user:root x', 'user', 'root', true, 'x NOT user:root'],
  ['', 'path', 'C:\\Temp\\', false, 'path:"C:\\Temp\\"'],
  ['', 'cmd', 'del *.* "x"', false, `cmd:'del *.* "x"'`],
  ['', 'EventID', 4625, false, 'EventID:4625'],
  ['', 'user', null, false, 'NOT user:*'],
  ['', 'user', null, true, 'user:*'],
  ['broken (', 'user', 'root', false, 'broken ('],
])('%s + %s=%s (negated: %s)', (...row) => {
  const [text, field, value, negate, expected] = row;
  expect(addFilter(text, field, value, negate)).toBe(expected);
});

test('chips are the terms joined by AND', () => {
  const text = 'ssh NOT user:root (a OR b)';
  expect(chipsOf(text)).toEqual([
    { text: 'ssh', negated: false },
    { text: 'user:root', negated: true },
    { text: 'a OR b', negated: false },
  ]);
  expect(removeAt(text, 1)).toBe('ssh (a OR b)');
  expect(negateAt(text, 1)).toBe('ssh user:root (a OR b)');
  expect(negateAt(text, 2)).toBe('ssh NOT user:root NOT (a OR b)');
  expect(removeAt('ssh', 0)).toBe('');
});

test('a pivot on any value of an event finds that event, and its opposite does not', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 });
  const scalar = fc.oneof(
    name,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(name, scalar, fc.boolean(), (field, value, negate) => {
      const event = withField(field, value);
      const query = addFilter('', field, value, negate);
      const parsed = parseQuery(query);
      if (!parsed.ok) throw new Error(`${query}: ${parsed.message}`);
      const matches = compileTest(parsed.node, { nowMs: 0, regex: () => () => false });
      // A field that shares its name with a column of the event reads the column instead.
      fc.pre(!(field in event) && !['ts', 'observed_ts', 'time', 'entity', 'level', 'file'].includes(field));
      expect(matches(event)).toBe(!negate);
    }),
    { numRuns: 1000 },
  );
});

function withField(field: string, value: FieldValue): LogEvent {
  return logEvent({ fields: Object.fromEntries([[field, value]]) });
}
