import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileProblems } from '../compile-rules.ts';
import { parseRules } from './parse-rule.ts';

const GOOD = `title: Whoami
id: 7fd8b9a0-5c1e-4d0e-9d3c-111111111111
status: test
level: high
author: someone
date: 2024-01-02
tags: [attack.discovery, attack.t1033, attack.stealth, attack.t1218.011]
logsource: {product: Windows, category: process_creation}
detection:
  selection:
    Image|endswith: '\\whoami.exe'
  condition: selection
`;

test('a rule is read with its metadata, techniques beside their tactics', () => {
  const { rules, problems } = parseRules(GOOD, 'a.yml');
  expect(problems).toEqual([]);
  expect(rules).toMatchObject([
    {
      id: '7fd8b9a0-5c1e-4d0e-9d3c-111111111111',
      level: 'high',
      date: '2024-01-02',
      logsource: { product: 'windows', category: 'process_creation', service: null },
      attack: [
        { tactic: 'discovery', technique: 'T1033' },
        { tactic: 'stealth', technique: 'T1218.011' },
      ],
    },
  ]);
});

/** What is replaced in the good rule, by what, and the problem that must follow. */
test.each<readonly [from: string, to: string, problem: readonly [number, string, string]]>([
  ['title: Whoami\n', '', [1, 'error', 'no title']],
  ['title: Whoami', `title: ${'x'.repeat(300)}`, [1, 'error', 'longer than 256']],
  ['id: 7fd8', 'id: ../../x', [2, 'error', 'id is not usable']],
  ['id: 7fd8b9a0-5c1e-4d0e-9d3c-111111111111\n', '', [1, 'warning', 'has no id']],
  ['status: test', 'status: great', [3, 'warning', 'not a status']],
  ['level: high', 'level: severe', [4, 'error', 'not a level']],
  ['level: high\n', '', [1, 'warning', 'medium is used']],
  ['date: 2024-01-02', 'date: soon', [6, 'warning', 'not a date']],
  ['attack.t1033', 'attack.lateral', [7, 'warning', 'ATT&CK has no']],
  ['logsource: {product: Windows, category: process_creation}\n', '', [1, 'error', 'no logsource']],
  ['product: Windows', 'product: 5', [8, 'error', 'product must be text']],
  ['detection:', 'detections:', [1, 'error', 'no detection']],
  ['  condition: selection\n', '', [9, 'error', 'no condition']],
  ['  condition: selection', '  condition: 5', [12, 'error', 'no condition']],
  ['  condition: selection', '  condition: selection\n  timeframe: 5m', [13, 'error', 'timeframe']],
  ["'\\whoami.exe'", '{a: b}', [11, 'error', 'must be text, a number']],
  ["'\\whoami.exe'", '[]', [11, 'error', 'empty list']],
  ['detection:', 'correlation: {}\ndetection:', [9, 'error', 'either a rule, a correlation or a filter']],
  ['detection:', 'filter: {}\ndetection:', [9, 'error', 'either a rule, a correlation or a filter']],
  ['status: test', 'name: 5', [3, 'warning', '"name" should be text']],
  ['status: test', 'related: [{id: x, type: obsoletes}]', [3, 'warning', 'not a related rule']],
  ['status: test', 'taxonomy: ecs', [3, 'warning', 'names of the taxonomy "ecs"']],
  ['status: test', 'scope: [server, server]', [3, 'warning', 'names this twice']],
  ['date: 2024-01-02', 'date: 2024/01/02', [6, 'warning', 'form of Sigma 1']],
  ['date: 2024-01-02', 'date: 2024-13-02', [6, 'warning', 'not a date']],
  ['attack.discovery', 'tlp.blue', [7, 'warning', 'not a tag of "tlp"']],
  ['attack.discovery', 'no namespace', [7, 'warning', 'has not the form of a tag']],
])('%j as %j', (from, to, [line, severity, message]) => {
  const { problems } = parseRules(GOOD.replace(from, to), 'a.yml');
  expect(problems).toMatchObject([
    { file: 'a.yml', stage: 'schema', line, severity, message: expect.stringContaining(message) as unknown },
  ]);
});

test('all that a rule may say of itself is kept', () => {
  const { rules, problems } = parseRules(
    GOOD.replace(
      'status: test',
      `name: whoami_run
related: [{id: 1234, type: derived}, {id: abc, type: similar}]
license: CC0-1.0
scope: [server]
fields: [Image, User]
owner: {team: blue}
status: test`,
    ),
    'a.yml',
  );
  expect(problems).toMatchObject([{ line: 4, severity: 'warning' }]);
  expect(rules).toMatchObject([
    {
      kind: 'sigma',
      name: 'whoami_run',
      related: [{ id: 'abc', type: 'similar' }],
      taxonomy: 'sigma',
      license: 'CC0-1.0',
      scope: ['server'],
      displayFields: ['Image', 'User'],
      custom: { owner: { team: 'blue' } },
    },
  ]);
});

test('each document of a file stands for itself', () => {
  const { rules, problems } = parseRules(`${GOOD}---\ntitle: broken\n---\n${GOOD}`, 'a.yml');
  expect(rules).toHaveLength(2);
  expect(problems).toMatchObject([{ line: 14, stage: 'schema' }]);
  expect(compileProblems({ rules })).toMatchObject([
    { stage: 'compile', line: 17, message: expect.stringContaining('already used') as unknown },
  ]);
});

test('what is not YAML, or empty, is said', () => {
  expect(parseRules('a: [', 'a.yml').problems).toMatchObject([{ stage: 'yaml', severity: 'error' }]);
  expect(parseRules('', 'a.yml').problems).toHaveLength(1);
  expect(parseRules('- 1\n- 2', 'a.yml').problems).toMatchObject([{ severity: 'error' }]);
});

test('hostile rules end as rules or as problems in their file', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
    fc.constantFrom('*', '?', '\\', '%a%', '(?i)', '[', '::/0'),
  );
  const modifier = fc.constantFrom(
    'contains',
    'all',
    're',
    'i',
    'cidr',
    'windash',
    'base64',
    'wide',
    'expand',
    'neq',
    'exists',
    'fieldref',
    'gt',
    'hour',
    'cased',
    'x',
  );
  const key = fc.tuple(
    fc.constantFrom('F', '', 'a.b', '__proto__', 'constructor'),
    fc.array(modifier, { maxLength: 3 }),
  );
  const item = fc.tuple(key, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.constant({ a: 1 })));
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), fc.string(), (items, condition) => {
      const sel = Object.fromEntries(
        items.map(([[field, modifiers], value]) => [[field, ...modifiers].join('|'), value]),
      );
      const rule = { title: 't', id: 'x', logsource: { product: 'p' }, detection: { sel, condition } };
      const { rules, problems } = parseRules(JSON.stringify(rule), 'a.yml');
      const all = [...problems, ...compileProblems({ rules })];
      if (rules.length === 0) expect(all.length).toBeGreaterThan(0);
      for (const { line, column } of all) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});
