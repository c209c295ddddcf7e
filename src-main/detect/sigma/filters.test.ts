import { expect, test } from 'vitest';
import { compileProblems, compileRules, type CompileOptions } from './compile-rules.ts';
import { parseRules } from './document/parse-rule.ts';
import { eventOf } from './testing/events.ts';

const RULES = `title: Archive
id: archive
name: archive_made
logsource: {product: windows, category: process_creation}
detection:
  selection: {Image|endswith: rar.exe}
  1_other: {Image|endswith: 7z.exe}
  condition: 1 of selection* or 1_other
---
title: Logon
id: logon
logsource: {product: windows, service: security}
detection:
  selection: {EventID: 4624}
  condition: selection
`;

function filterYaml(parts: { rules: string; logsource?: string; body?: string; id?: string }): string {
  const body = parts.body ?? 'selection: {User|startswith: adm_}\n  condition: not selection';
  const { rules, logsource = '{product: windows}', id = 'admins' } = parts;
  return `title: Admins\nid: ${id}\nlogsource: ${logsource}\nfilter:\n  rules: ${rules}\n  ${body}\n`;
}

function engineWith(filter: string, options: Partial<CompileOptions> = {}) {
  return compileRules(parseRules(`${RULES}---\n${filter}`, 'r.yml'), { anyLogsource: false, ...options });
}

const byUser = (user: string) => eventOf({ Image: 'C:\\rar.exe', User: user });
const logonBy = (user: string) =>
  eventOf(
    { EventID: 4624, User: user },
    { logsource: { product: 'windows', service: 'security', category: null } },
  );

test.each(['[archive]', '[archive_made]', 'archive', 'any', '[]'])('rules: %s narrows the rule', (rules) => {
  const engine = engineWith(filterYaml({ rules }));
  expect(engine.detect([byUser('adm_eve')])).toEqual([]);
  expect(engine.detect([byUser('bob')])).toHaveLength(1);
  // A comparison with a missing field is false, so that its "not" is true.
  expect(engine.detect([eventOf({ Image: 'C:\\7z.exe' })])).toHaveLength(1);
});

test('only rules within its logsource are narrowed', () => {
  const engine = engineWith(filterYaml({ rules: 'any', logsource: '{category: process_creation}' }));
  expect(engine.problems).toEqual([]);
  expect(engine.detect([byUser('adm_eve'), logonBy('adm_eve')])).toMatchObject([{ ruleId: 'logon' }]);
  expect(engineWith(filterYaml({ rules: 'any' })).detect([logonBy('adm_eve')])).toEqual([]);
});

test('a condition without not keeps only what it selects, and the match names it', () => {
  const engine = engineWith(
    filterYaml({ rules: '[archive]', body: 'selection: {User: adm_*}\n  condition: selection' }),
  );
  expect(engine.detect([byUser('bob')])).toEqual([]);
  expect(engine.detect([byUser('adm_eve')])).toMatchObject([
    {
      matched: [
        { selection: 'selection', fields: [{ field: 'Image' }] },
        { selection: 'filter Admins: selection', fields: [{ field: 'User', value: 'adm_eve' }] },
      ],
    },
  ]);
});

test('several filters narrow together, each with selections of its own', () => {
  const second = filterYaml({
    rules: 'any',
    id: 'hosts',
    body: 'selection: {Computer: ws1}\n  condition: not 1 of selection*',
  });
  const engine = engineWith(`${filterYaml({ rules: '[archive]' })}---\n${second}`);
  expect(engine.filterIds).toEqual(['admins', 'hosts']);
  const fires = (fields: Record<string, string>) =>
    engine.detect([eventOf({ Image: 'rar.exe', ...fields })]).length;
  expect(fires({ User: 'adm_x' })).toBe(0);
  expect(fires({ Computer: 'ws1' })).toBe(0);
  expect(fires({ User: 'x', Computer: 'ws2' })).toBe(1);
});

test('a disabled filter is known and narrows nothing', () => {
  const engine = engineWith(filterYaml({ rules: 'any' }), { disabledFilters: new Set(['admins']) });
  expect(engine.filterIds).toEqual(['admins']);
  expect(engine.detect([byUser('adm_eve')])).toHaveLength(1);
});

test.each<readonly [filter: string, problems: readonly (readonly [number, string, string])[]]>([
  [
    filterYaml({ rules: '[archive, nowhere]' }),
    [[21, 'warning', 'There is no rule with the id or name "nowhere"']],
  ],
  [
    filterYaml({ rules: '[nowhere]' }),
    [
      [21, 'warning', 'no rule with the id'],
      [21, 'warning', 'narrows nothing'],
    ],
  ],
  [filterYaml({ rules: 'any', logsource: '{product: macos}' }), [[21, 'warning', 'no rule reads macos/-/-']]],
  [
    filterYaml({ rules: '[logon]', logsource: '{category: process_creation}' }),
    [
      [21, 'warning', "outside of the filter's logsource"],
      [21, 'warning', 'narrows nothing'],
    ],
  ],
  [
    filterYaml({ rules: 'any', body: 'selection: {User|starts: a}\n  condition: not selection' }),
    [[22, 'error', 'no modifier "starts"']],
  ],
  [
    filterYaml({ rules: 'any', body: 'selection: {User: a}\n  condition: not selected' }),
    [[23, 'error', 'no selection "selected"']],
  ],
  [filterYaml({ rules: 'any', id: 'archive' }), [[18, 'error', 'already used']]],
])('%j is listed, and never changes other rules in silence', (filter, problems) => {
  const engine = engineWith(filter);
  expect(engine.problems).toMatchObject(
    problems.map(([line, severity, message]) => ({
      line,
      severity,
      message: expect.stringContaining(message) as unknown,
    })),
  );
});

test('a name that two rules share narrows neither, and both are told of', () => {
  const twin = RULES.split('---\n')[0]?.replace('id: archive', 'id: twin') ?? '';
  const engine = engineWith(`${twin}---\n${filterYaml({ rules: '[archive_made]' })}`);
  expect(engine.problems.map(({ message }) => message)).toEqual([
    'The name "archive_made" is also that of archive in r.yml.',
    'Several rules have the name "archive_made"; none of them is narrowed.',
    'The filter narrows nothing: none of the rules that it names can be narrowed.',
  ]);
  expect(engine.detect([byUser('adm_eve')])).toHaveLength(2);
});

test('a filter may name rules that run besides', () => {
  const { rules } = parseRules(RULES, 'r.yml');
  const filters = parseRules(filterYaml({ rules: '[archive]' }), 'f.yml');
  expect(compileProblems(filters)).toHaveLength(2);
  expect(compileProblems(filters, { otherRules: rules })).toEqual([]);
});

test('filters beyond the limit of a rule are told of', () => {
  const many = Array.from({ length: 502 }, (_, index) => filterYaml({ rules: 'any', id: `f${index}` }));
  const engine = engineWith(many.join('---\n'));
  expect(engine.problems).toMatchObject([
    { severity: 'error', message: expect.stringContaining('2 rules have 500 filters') as unknown },
    { severity: 'error', line: 4029 },
  ]);
  expect(engine.detect([byUser('adm_eve')])).toEqual([]);
});
