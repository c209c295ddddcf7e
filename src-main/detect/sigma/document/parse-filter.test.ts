import { expect, test } from 'vitest';
import { parseRules } from './parse-rule.ts';

const GOOD = `title: Administrators
id: filter-1
logsource: {product: Windows}
filter:
  rules:
    - 6f3e2987-db24-4c78-a860-b4f4095a7095
    - logon_by_name
  selection:
    User|startswith: adm_
  condition: not selection
`;

test('a filter names its targets and keeps selections of any name', () => {
  const { filters, rules, problems } = parseRules(GOOD.replaceAll('selection', 'admins'), 'f.yml');
  expect([rules, problems]).toEqual([[], []]);
  expect(filters).toMatchObject([
    {
      kind: 'filter',
      logsource: { product: 'windows' },
      targets: { kind: 'named', references: [{ path: ['filter', 'rules', 0] }, { text: 'logon_by_name' }] },
      selections: [{ name: 'admins' }],
      conditions: [{ text: 'not admins' }],
    },
  ]);
});

test.each(['any', 'ANY', 'all', '[]'])('"rules: %s" means every rule of the logsource', (rules) => {
  const yaml = GOOD.replace(/rules:\n.*\n.*\n/, `rules: ${rules}\n`);
  expect(parseRules(yaml, 'f.yml').filters).toMatchObject([{ targets: { kind: 'any' } }]);
});

test.each<readonly [from: string | RegExp, to: string, problem: readonly [number, string, string]]>([
  [/ {2}rules:\n.*\n.*\n/, '', [4, 'error', 'does not say which rules']],
  [/rules:\n.*\n.*\n/, 'rules: 5\n', [5, 'error', 'does not say which rules']],
  ['logon_by_name', '7', [7, 'error', 'named by its id or name']],
  [/ {2}selection:\n.*\n/, '', [4, 'error', 'The filter has no selection']],
  [/ {2}condition.*\n/, '', [4, 'error', 'no condition']],
  [/filter:[^]*/, 'filter: 5\n', [4, 'error', '"filter" must be a map']],
  ['logsource: {product: Windows}\n', '', [1, 'error', 'no logsource']],
  ['id: filter-1', 'id: filter-1\nlevel: high', [3, 'warning', 'A filter has no level']],
])('%s as %j', (from, to, [line, severity, message]) => {
  const { problems } = parseRules(GOOD.replace(from, to), 'f.yml');
  expect(problems).toMatchObject([
    { stage: 'schema', line, severity, message: expect.stringContaining(message) as unknown },
  ]);
});
