import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYaml } from './yaml.ts';
import { placeInYaml } from './yaml-places.ts';

test('documents come out as plain values, dates and numbers as YAML 1.2 reads them', () => {
  const outcome = parseYaml('a: 1\nb: [x, null, true, 2024-01-01]\n---\nc: "1"\n');
  expect(outcome).toEqual({
    ok: true,
    documents: [{ a: 1, b: ['x', null, true, '2024-01-01'] }, { c: '1' }],
  });
});

test.each([
  ['a: [1, 2\nb: 3\n', 2],
  ['a: 1\na: 2\n', 2],
  ['x: !!js/function "x"\n', 1],
  ['ok: 1\n__proto__: {polluted: true}\n', 2],
  ['ok: 1\nb: {__proto__: 1}\n', 2],
  ['a: *nowhere\n', 1],
])('%j is refused in line %i', (text, line) => {
  const outcome = parseYaml(text);
  expect(outcome.ok).toBe(false);
  if (!outcome.ok) expect(outcome.failure.line).toBe(line);
});

test('bombs are refused at once', () => {
  const aliases = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, index) => `${name}: &${name} [${new Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
    .join('\n')}`;
  expect(parseYaml(aliases).ok).toBe(false);
  expect(parseYaml('['.repeat(20_000)).ok).toBe(false);
  expect(parseYaml('x'.repeat(300_000)).ok).toBe(false);
  expect(parseYaml('x'.repeat(300_000), 400_000).ok).toBe(true);
});

test('a path leads to the line and column of its node', () => {
  const text =
    'title: x\ndetection:\n    selection:\n        - A|contains:\n              - one\n              - two\n          B: 1\n    condition: selection\n---\nother:\n  - {k: v}\n';
  expect(placeInYaml(text, 0, ['detection', 'selection', 0, 'A|contains', 1])).toEqual({
    line: 6,
    column: 17,
  });
  expect(placeInYaml(text, 0, ['detection', 'selection', 0, 'B'])).toEqual({ line: 7, column: 11 });
  expect(placeInYaml(text, 0, ['detection', 'condition'])).toEqual({ line: 8, column: 5 });
  expect(placeInYaml(text, 1, ['other', 0, 'k'])).toEqual({ line: 11, column: 6 });
  expect(placeInYaml(text, 0, ['detection', 'missing', 3])).toEqual({ line: 2, column: 1 });
});

test('any text ends as a value, and any path as a place', () => {
  const yamlish = fc.array(
    fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&x',
      '*x',
      '|',
      '>',
      '!',
      '#',
      '\t',
      '\0',
      '--- ',
      '😀',
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(yamlish, fc.array(fc.oneof(fc.string(), fc.nat(3)), { maxLength: 4 }), (pieces, path) => {
      const text = pieces.join('');
      expect(typeof parseYaml(text).ok).toBe('boolean');
      const { line, column } = placeInYaml(text, 0, path);
      expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test('a value that is not written stands where its parent does', () => {
  expect(placeInYaml('a:\n  -\n', 0, ['a', 0])).toEqual({ line: 1, column: 1 });
  expect(placeInYaml('!', 0, [])).toEqual({ line: 1, column: 1 });
});

test('thousands of places in one text are found as fast as it can be read', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `title: x${index}\n`).join('---\n');
  for (let index = 0; index < 20_000; index++) {
    expect(placeInYaml(text, index, ['title'])).toEqual({ line: 2 * index + 1, column: 1 });
  }
});
