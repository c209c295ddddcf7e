import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition, type Condition } from './condition.ts';

const SELECTIONS = [
  'a',
  'b',
  'c',
  'sel_1',
  'sel_2',
  'x_end',
  'y_end',
  '_hidden',
  'not_a',
  'dotted.name',
  'with|pipe',
];

/** Value of a condition when exactly the selections in `yes` are true. */
function holds(condition: Condition, yes: readonly string[]): boolean {
  if (condition.kind === 'selection') return yes.includes(condition.name);
  if (condition.kind === 'not') return !holds(condition.operand, yes);
  const operands = condition.operands.map((operand) => holds(operand, yes));
  return condition.kind === 'and' ? operands.every(Boolean) : operands.some(Boolean);
}

/** Condition, selections for which it is true, selections for which it is false. */
test.each<[string, readonly string[], readonly string[]]>([
  ['a', ['a'], ['b']],
  ['a and b', ['a', 'b'], ['a']],
  ['a or b', ['b'], ['c']],
  ['not a', [], ['a']],
  ['not not a', ['a'], []],
  ['a or b and c', ['a'], ['b']],
  ['(a or b) and c', ['b', 'c'], ['a']],
  ['not a and b', ['b'], ['a', 'b']],
  ['not (a and b)', ['a'], ['a', 'b']],
  ['a AND NOT b', ['a'], ['a', 'b']],
  ['1 of sel_*', ['sel_2'], ['a']],
  ['any of sel_*', ['sel_1'], []],
  ['all of sel_*', ['sel_1', 'sel_2'], ['sel_1']],
  ['1 of *_end', ['y_end'], ['a']],
  ['1 of s*_1', ['sel_1'], ['sel_2']],
  ['1 of a', ['a'], ['b']],
  ['1 of them', ['c'], ['_hidden']],
  ['all of them', SELECTIONS.filter((name) => name !== '_hidden'), ['a', 'b']],
  ['1 of *', ['c'], ['_hidden']],
  ['_hidden', ['_hidden'], ['a']],
  ['not 1 of sel_*', ['a'], ['sel_1']],
  ['a and not 1 of sel_* and not 1 of *_end', ['a'], ['a', 'x_end']],
  ['not_a', ['not_a'], ['a']],
  ['dotted.name', ['dotted.name'], []],
  ['with|pipe', ['with|pipe'], []],
  ['a\n  or\tb', ['b'], []],
])('%s', (text, yes, no) => {
  const outcome = parseCondition(text, SELECTIONS);
  if (!outcome.ok) throw new Error(outcome.message);
  expect(holds(outcome.condition, yes)).toBe(true);
  expect(holds(outcome.condition, no)).toBe(false);
});

test.each<[string, number, string]>([
  ['', 0, 'ends too early'],
  ['a and', 5, 'ends too early'],
  ['a b', 2, 'Unexpected "b"'],
  ['(a', 0, 'not closed'],
  ['a)', 1, 'Unexpected ")"'],
  ['a or missing', 5, 'no selection "missing"'],
  ['2 of sel_*', 0, 'not a quantifier'],
  ['1 of nothing*', 5, 'No selection matches'],
  ['1 of', 4, 'followed by nothing'],
  ['a | count() > 5', 2, 'Unexpected "|"'],
  ['| count()', 0, 'Pipes'],
  [`${'('.repeat(100)}a`, 64, 'nests deeper'],
  [`${'not '.repeat(200)}a`, 256, 'nests deeper'],
])('%j is refused at %i', (text, at, message) => {
  expect(parseCondition(text, SELECTIONS)).toMatchObject({
    ok: false,
    at,
    message: expect.stringContaining(message) as unknown,
  });
});

test('any text ends as a condition or a message', () => {
  const words = fc.constantFrom(
    'a',
    'b',
    'and',
    'or',
    'not',
    '(',
    ')',
    '1',
    'all',
    'of',
    'them',
    'sel_*',
    '|',
    '\n',
    '*',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (tokens) => {
      const outcome = parseCondition(tokens.join(' '), SELECTIONS);
      if (!outcome.ok) expect(outcome.message).not.toBe('');
    }),
  );
});
