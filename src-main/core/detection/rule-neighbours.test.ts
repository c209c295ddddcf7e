import { expect, test } from 'vitest';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import { neighboursOf } from './rule-neighbours.ts';
import { documentsOf } from './rule-set.ts';

function rule(id: string, name = '', product = 'windows'): string {
  return [
    `title: ${id}`,
    `id: ${id}`,
    ...(name === '' ? [] : [`name: ${name}`]),
    `logsource: { product: ${product} }`,
    'detection: { selection: { Image: x }, condition: selection }',
  ].join('\n');
}

function correlation(id: string, rules: readonly string[]): string {
  const parts = `type: temporal, rules: [${rules.join()}], group-by: [User], timespan: 5m`;
  return `title: ${id}\nid: ${id}\nname: ${id}\ncorrelation: { ${parts} }`;
}

function filter(id: string, rules: string, product = 'windows'): string {
  return [
    `title: ${id}`,
    `id: ${id}`,
    `logsource: { product: ${product} }`,
    `filter: { rules: ${rules}, selection: { User: x }, condition: not selection }`,
  ].join('\n');
}

const read = (...texts: readonly string[]) => parseRules(texts.join('\n---\n'), 'file.yml');

function found(text: string, ...others: readonly string[]): readonly string[] {
  return documentsOf(neighboursOf(read(text), read(...others))).map(({ id }) => id);
}

test.each([
  ['rules by id and name', correlation('c', ['a', 'bee']), ['a', 'b']],
  ['rules behind other correlations', correlation('c', ['inner']), ['a', 'inner']],
  ['a rule that the text itself replaces is none', `${correlation('c', ['a'])}\n---\n${rule('a')}`, []],
  ['what a filter names', filter('f', '[bee]'), ['b']],
  ['one rule for a filter on any', filter('f', 'any'), ['a']],
  ['none for a filter on any of another logsource', filter('f', 'any', 'linux'), []],
  ['nothing for a rule', rule('x'), []],
])('%s', (_, text, ids) => {
  expect(found(text, rule('a'), rule('b', 'bee'), correlation('inner', ['a']))).toEqual(ids);
});

test('correlations that join each other in a circle end', () => {
  expect(found(correlation('c', ['d']), correlation('d', ['e']), correlation('e', ['d']))).toEqual([
    'd',
    'e',
  ]);
});
