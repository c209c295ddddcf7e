import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runHarrier } from '../test-support/run-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const rules = file(
  'rules.yml',
  `title: Administrator
id: admin
level: high
logsource: {product: windows, service: security}
detection:
  s: {SubjectUserName|expand: '%Administrators%'}
  condition: s
`,
);
const evidence = file(
  'evidence.jsonl',
  `${JSON.stringify({
    Channel: 'Security',
    EventID: 4688,
    Computer: 'ws1',
    UtcTime: '2026-01-02 03:04:05',
    actor: 'adm_eve',
  })}\n`,
);
const lists = file('lists.yml', 'Administrators: [adm_*]\n');
const pipeline = file(
  'pipeline.yml',
  'transformations: [{type: field_name_mapping, mapping: {SubjectUserName: actor}}]\nfinalizers: [{type: concat}]\n',
);

test('scan runs rules with value lists and pipelines of files', async () => {
  const run = await runHarrier([
    ...['scan', evidence, '--rules', rules, '--placeholders', lists, '--pipeline', pipeline],
  ]);
  expect(run.out).toContain('"rule_id":"admin"');
  expect(run.code).toBe(1);
  const without = await runHarrier(['scan', evidence, '--rules', rules, '--placeholders', lists]);
  expect([without.code, without.out]).toEqual([0, '']);
});

test('a pipeline with an error stops the scan: rules meant to be changed must not run unchanged', async () => {
  const broken = file('broken.yml', 'transformations:\n  - type: field_mapping\n');
  const run = await runHarrier(['scan', evidence, '--rules', rules, '--pipeline', broken]);
  expect(run.code).toBe(2);
  expect(run.err).toContain('broken.yml:2:5: There is no transformation "field_mapping"');
});

test('rules check compiles with them, and names what of a pipeline does nothing', async () => {
  const without = await runHarrier(['rules', 'check', rules]);
  expect([without.code, without.out.includes('%Administrators% has no values')]).toEqual([1, true]);
  const run = await runHarrier(['rules', 'check', rules, '--placeholders', lists, '--pipeline', pipeline]);
  expect(run.out).toContain('"finalizers" does nothing: concat');
  expect(run.code).toBe(0);
});
