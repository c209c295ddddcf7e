import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileRules } from '../../detect/sigma/compile-rules.ts';
import { readRuleSet, verdictOf } from './rule-set.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-rules-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

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

function ruleFile(name: string, yaml: string): string {
  const path = join(folder, name);
  writeFileSync(path, yaml);
  return path;
}

const NONE = { shippedPaths: [], folderPaths: [], records: [], anyLogsource: false };

describe('readRuleSet', () => {
  test('of two rules with one id, the one listed is the one that runs', () => {
    const set = readRuleSet({
      ...NONE,
      shippedPaths: [ruleFile('shipped.yml', ruleYaml('Shipped'))],
      folderPaths: [ruleFile('copy.yml', ruleYaml('Copy'))],
    });
    const engine = compileRules(set.parsed, { anyLogsource: false });
    expect(set.rules.map(({ title, origin }) => [title, origin])).toEqual([['Shipped', 'shipped']]);
    expect(engine.ruleIds).toEqual([ID]);
    expect(engine.problems.map(({ file }) => file)).toEqual([join(folder, 'copy.yml')]);
  });

  test('rules of the analyst are read from their records, with the overrides', () => {
    const record = { ruleId: ID, origin: 'custom' as const, enabled: false, updatedTs: 0 };
    const set = readRuleSet({
      ...NONE,
      records: [{ ...record, yaml: ruleYaml('Mine'), levelOverride: 'low' }],
    });
    expect(set.rules).toMatchObject([{ id: ID, origin: 'custom', enabled: false, levelOverride: 'low' }]);
  });
});

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
});
