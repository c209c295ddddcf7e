import { expect, test } from 'vitest';
import type { FieldValue, Fields } from '#shared/model/event.ts';
import { eventOf } from '../testing/events.ts';
import { visitRecord } from './record-values.ts';

function visited(message: string, fields: Fields): readonly FieldValue[] {
  const values: FieldValue[] = [];
  visitRecord(eventOf(fields, { message }), (value) => values.push(value));
  return values;
}

test.each<[string, string, Fields, readonly FieldValue[]]>([
  [
    'the message first, then each plain value',
    'hay',
    { A: 'x', B: 1, C: true, D: null },
    ['hay', 'x', 1, true],
  ],
  [
    'values of lists and of objects, however nested',
    'hay',
    { A: ['x', { b: ['y', [2]] }] },
    ['hay', 'x', 'y', 2],
  ],
  ['a member that is the message only once', 'hay', { msg: 'hay', A: ['hay'] }, ['hay']],
  ['of a record with a Message that one alone', 'a b', { Message: 'a\r\nb', A: 'x' }, ['a\r\nb', 'x']],
  ['a Message on one line', 'hay', { Message: 'hay', A: 'hay' }, ['hay', 'hay']],
])('keywords are searched in %s', (_, message, fields, expected) => {
  expect(visited(message, fields)).toEqual(expected);
});

test('a record nested beyond any reader ends the walk', () => {
  let nested: FieldValue = 'needle';
  for (let depth = 0; depth < 100; depth++) nested = [nested];
  expect(visited('hay', { A: nested })).toEqual(['hay']);
});
