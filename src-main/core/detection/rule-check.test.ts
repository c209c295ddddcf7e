import { describe, expect, test } from 'vitest';
import { verdictOf } from './rule-check.ts';

const ID = '6a1b6c1e-6c5f-4a3e-9d6e-0d2c6f5b7a10';

function ruleYaml(title: string, id = ID): string {
  return [
    `title: ${title}`,
    `id: ${id}`,
    'status: test',
    'level: high',
    'logsource: { product: windows, category: process_creation }',
    'detection: { selection: { Image|endswith: mimikatz.exe }, condition: selection }',
  ].join('\n');
}

describe('verdictOf', () => {
  test.each([
    ['no YAML', '{ title: [', { yaml: false, schema: null, compile: null }],
    ['no rule', 'title: Only a title', { yaml: true, schema: false, compile: null }],
    [
      'no selection of that name',
      ruleYaml('Broken').replace('condition: selection', 'condition: missing'),
      { yaml: true, schema: true, compile: false },
    ],
    ['a rule', ruleYaml('Whole'), { yaml: true, schema: true, compile: true, ruleId: ID }],
  ])('%s', (_, yaml, verdict) => {
    expect(verdictOf(yaml)).toMatchObject(verdict);
  });

  test('what the linter finds comes with it, and keeps no rule from running', () => {
    const verdict = verdictOf(ruleYaml('Typo').replace('Image|', 'Imgae|'));
    expect(verdict.compile).toBe(true);
    expect(verdict.problems).toContainEqual(
      expect.objectContaining({ stage: 'lint', check: 'unknown-field', severity: 'warning', line: 6 }),
    );
  });

  test('of a text with several rules, each has its own part', () => {
    const text = `# Two.\n---\n${ruleYaml('One')}\n---\n${ruleYaml('Other', 'other')}\n`;
    expect(verdictOf(text).rules).toEqual([
      { id: ID, kind: 'sigma', title: 'One', yaml: `${ruleYaml('One')}\n` },
      { id: 'other', kind: 'sigma', title: 'Other', yaml: `${ruleYaml('Other', 'other')}\n` },
    ]);
  });

  test('a rule of a collection keeps what it takes over', () => {
    const whole = ruleYaml('Base').split('\n');
    const text = `action: global\n${whole.slice(2).join('\n')}\n---\n${whole.slice(0, 2).join('\n')}\n`;
    const [rule] = verdictOf(text).rules;
    expect(rule).toMatchObject({ id: ID, title: 'Base' });
    expect(verdictOf(rule?.yaml ?? '').rules).toEqual([rule]);
  });
});
