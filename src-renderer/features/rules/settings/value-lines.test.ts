import { expect, it } from 'vitest';
import { linesOf } from './value-lines.ts';

it.each([
  ['', []],
  ['a\nb', ['a', 'b']],
  [' a \r\n\r\nb\r\na\n', ['a', 'b']],
  ['DOMAIN\\adm *', ['DOMAIN\\adm *']],
])('%j', (text, expected) => {
  expect(linesOf(text)).toEqual(expected);
});
