import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHarrier } from '../test-support/run-harrier.ts';
import type { ScanMatch } from '../scan/match.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-scan-correlation-'));
const rules = join(folder, 'rules');

const RULES = `title: Failed logon
id: failed-logon
name: failed_logon
level: informational
logsource: {product: windows, service: security}
detection: {selection: {EventID: 4625}, condition: selection}
---
title: Failed logons of one account
id: many-failures
level: high
correlation:
  type: event_count
  rules: [failed_logon]
  group-by: [TargetUserName]
  timespan: 1m
  condition: {gte: 3}
`;

function record(id: number, second: number, user = 'eve'): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing' } },
        EventID: 4625,
        EventRecordID: id,
        Channel: 'Security',
        Computer: 'DC-1',
        TimeCreated: {
          '#attributes': { SystemTime: new Date(1_767_323_000_000 + second * 1000).toISOString() },
        },
      },
      EventData: { TargetUserName: user },
    },
  });
}

const late = join(folder, 'a-late.json');
const early = join(folder, 'b-early.json');

beforeAll(() => {
  mkdirSync(rules);
  writeFileSync(join(rules, 'logon.yml'), RULES);
  writeFileSync(late, [record(7, 40), record(8, 200)].join('\n'));
  writeFileSync(early, [record(1, 0), record(2, 20), record(3, 30, 'bob')].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a correlation is found across files, and names the events that made it with their places', async () => {
  const run = await runHarrier(['scan', late, early, '--rules', rules, '--min-level', 'high']);
  const lines = run.out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ScanMatch);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    rule_id: 'many-failures',
    level: 'high',
    source_file: late,
    record_id: 7,
    computer: 'DC-1',
    matched: { condition: { events: '3' }, group: { TargetUserName: 'eve' } },
    events: [
      { source_file: early, record_id: 1 },
      { source_file: early, record_id: 2 },
      { source_file: late, record_id: 7 },
    ],
  });
  expect(run.code).toBe(1);
  expect(run.err).toContain('1: 0 critical, 1 high');
});

test('the order of the files changes nothing', async () => {
  const one = await runHarrier(['scan', late, early, '--rules', rules]);
  const other = await runHarrier(['scan', early, late, '--rules', rules]);
  expect(other.out).toBe(one.out);
});
