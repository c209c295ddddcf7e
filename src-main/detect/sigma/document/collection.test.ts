import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collect } from './collection.ts';
import { parseRules } from './parse-rule.ts';

const GLOBAL = `action: global
title: Global
level: low
logsource: {product: windows}
detection:
  condition: sel
`;
const FIRST = `id: first
detection:
  sel: {EventID: 1}
`;
const SECOND = `id: second
level: high
detection:
  sel: {EventID: 2}
`;

test('global documents give their parts to the rules below, whose own parts win', () => {
  const { rules, problems } = parseRules([GLOBAL, FIRST, SECOND].join('---\n'), 'a.yml');
  expect(problems).toEqual([]);
  expect(rules).toMatchObject([
    { id: 'first', title: 'Global', level: 'low', conditions: [{ text: 'sel' }] },
    { id: 'second', title: 'Global', level: 'high', selections: [{ name: 'sel' }] },
  ]);
});

test('global documents add up until a reset', () => {
  const author = 'action: global\nauthor: somebody\n';
  const { rules, problems } = parseRules(
    [GLOBAL, author, FIRST, 'action: reset\n', SECOND].join('---\n'),
    'a.yml',
  );
  expect(rules).toMatchObject([{ id: 'first', title: 'Global', author: 'somebody' }]);
  expect(problems).toMatchObject([{ severity: 'error', line: 19, message: 'The rule has no condition.' }]);
});

test('a repeat is the rule above with changes, and repeats may follow one another', () => {
  const repeat = (id: string, event: number) =>
    `action: repeat\nid: ${id}\ndetection:\n  sel: {EventID: ${event}}\n`;
  const { rules, problems } = parseRules(
    [GLOBAL, FIRST, repeat('again', 7), repeat('third', 8)].join('---\n'),
    'a.yml',
  );
  expect(problems).toEqual([]);
  const seen = rules.map(({ id, level, selections }) => [
    id,
    level,
    selections.flatMap(({ alternatives }) => alternatives.flat().flatMap(({ values }) => values)),
  ]);
  expect(seen).toEqual([
    ['first', 'low', [1]],
    ['again', 'low', [7]],
    ['third', 'low', [8]],
  ]);
});

test('a problem is shown in the document that wrote the part', () => {
  const broken = GLOBAL.replace('level: low', 'level: lowest');
  const { problems } = parseRules([broken, FIRST].join('---\n'), 'a.yml');
  expect(problems).toMatchObject([{ line: 3, column: 1, message: '"lowest" is not a level.' }]);
});

test.each([
  ['action: repeat\n', 1, 'error', 'no rule to repeat'],
  ['action: explode\n', 1, 'error', 'not an action'],
  ['action: 5\n', 1, 'error', 'not an action'],
  [`${FIRST}title: t\nlogsource: {}\n---\naction: global\nlevel: low\n`, 7, 'warning', 'No rule below'],
])('%j', (yaml, line, severity, message) => {
  const { problems } = parseRules(yaml, 'a.yml');
  expect(problems).toContainEqual(
    expect.objectContaining({ line, severity, message: expect.stringContaining(message) as unknown }),
  );
});

test('filters take no part in a collection', () => {
  const filter = `title: f
id: f
logsource: {product: windows}
filter: {rules: any, sel: {User: x}, condition: not sel}
`;
  const { filters } = parseRules([GLOBAL, filter, FIRST].join('---\n'), 'a.yml');
  expect(filters).toMatchObject([{ id: 'f', title: 'f', level: 'informational' }]);
});

test('a file cannot ask for endless copies', () => {
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, 1]));
  const small = Array.from({ length: 50_000 }, () => ({ title: 'x' }));
  const { documents, findings } = collect([{ action: 'global', ...wide }, ...small]);
  expect(documents.length).toBeLessThan(25);
  expect(findings.length).toBeGreaterThan(49_000);
});

test('any documents end as documents or findings', () => {
  const action = fc.constantFrom('global', 'reset', 'repeat', 'x', 5, null, undefined);
  const document = fc.oneof(fc.jsonValue(), fc.record({ action, title: fc.jsonValue(), a: fc.jsonValue() }));
  fc.assert(
    fc.property(fc.array(document, { maxLength: 6 }), (values) => {
      const { documents, findings } = collect(values);
      for (const { inheritedFrom, documentIndex } of documents) {
        for (const index of inheritedFrom) expect(index).toBeLessThan(documentIndex);
      }
      expect(documents.length + findings.length).toBeLessThanOrEqual(2 * values.length);
    }),
  );
});
