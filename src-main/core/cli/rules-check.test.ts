import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { installPath } from '../../platform/install-path.ts';
import { runHarrier } from '../test-support/run-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = `title: Tool
id: 0a1b2c3d-0000-4000-8000-000000000001
status: test
description: Fires on the name of the tool.
author: Test
date: 2026-01-02
logsource:
    product: windows
    category: process_creation
detection:
    selection:
        Image|endswith: '\\tool.exe'
    condition: selection
level: high
`;

/** Each line holds the one before it nine times. */
const BOMB = ['a: &a [x,x,x,x,x,x,x,x,x]']
  .concat(
    Array.from('bcdefghi').map(
      (name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(',')}]`,
    ),
  )
  .join('\n');

let made = 0;
function put(files: Record<string, string>): string {
  const path = join(folder, `rules-${(made += 1)}`);
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

test.each<[string, Record<string, string>, RegExp]>([
  ['broken YAML', { 'a.yml': 'title: x\ndetection: [\n' }, /a\.yml:3:1: error: .+\n {4}\S/],
  [
    'a missing detection',
    { 'a.yml': GOOD.replace(/detection:[^]*selection\n/, '') },
    /a\.yml:\d+:\d+: error: .*detection/,
  ],
  [
    'an unknown modifier',
    { 'a.yml': GOOD.replace('endswith', 'endwith') },
    /a\.yml:12:9: error: .*endwith.*\n {4}\S/,
  ],
  [
    'an unknown selection',
    { 'a.yml': GOOD.replace('condition: selection', 'condition: selektion') },
    /a\.yml:13:\d+: error: .*selektion/,
  ],
  [
    'an id that two rules have',
    { 'a.yml': GOOD, 'b.yml': GOOD.replace('Tool', 'Other') },
    /b\.yml:2:\d+: error: .*0a1b2c3d/,
  ],
  ['a YAML bomb', { 'a.yml': BOMB }, /a\.yml:\d+:\d+: error: .*alias/i],
  [
    'terminal control sequences',
    { 'a.yml': GOOD.replace('endswith', '\u001b[2Jx') },
    /a\.yml:\d+:\d+: error: /,
  ],
])('rules check reports %s with its place and ends with 1', async (_, files, report) => {
  const run = await runHarrier(['rules', 'check', put(files)]);
  expect(run.code).toBe(1);
  expect(run.out).toMatch(report);
  expect(run.out).not.toContain('\u001b');
  expect(run.err).toMatch(/^\d+ files, \d+ rules, 1 errors, 0 warnings\n$/);
});

test('rules without a problem end with 0, also those that Harrier ships', async () => {
  expect(await runHarrier(['rules', 'check', put({ 'a.yml': GOOD })])).toEqual({
    code: 0,
    out: '',
    err: '1 files, 1 rules, 0 errors, 0 warnings\n',
  });
  expect(await runHarrier(['rules', 'check', installPath('rules', 'sigma')])).toMatchObject({ code: 0 });
});

test('a path that cannot be read ends with 3, beside good ones too, and no path with 2', async () => {
  const missing = join(folder, 'missing');
  const alone = await runHarrier(['rules', 'check', missing]);
  expect(alone).toMatchObject({ code: 3 });
  expect(alone.out).toContain('missing:1:1: error: ');
  expect(await runHarrier(['rules', 'check', put({ 'a.yml': GOOD }), missing])).toMatchObject({ code: 3 });
  expect(await runHarrier(['rules', 'check'])).toMatchObject({ code: 2, out: '' });
});

test('findings are given as JSON lines and as SARIF, with the check that found them', async () => {
  const path = put({ 'a.yml': GOOD.replace('Image|endswith', 'Imgae|endswith') });
  const json = await runHarrier(['rules', 'check', path, '--format', 'json']);
  expect(json.code).toBe(0);
  const rows = json.out.trim().split('\n');
  expect(rows.map((row): unknown => JSON.parse(row))).toContainEqual({
    file: join(path, 'a.yml'),
    ...{ line: 12, column: 9, severity: 'warning', stage: 'lint', check: 'unknown-field' },
    message: 'Events of this logsource have no field "Imgae".',
    hint: 'Did you mean "Image"?',
  });
  const sarif = await runHarrier(['rules', 'check', path, '--format', 'sarif']);
  expect(JSON.parse(sarif.out)).toMatchObject({
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'harrier' } }, results: [{ ruleId: 'unknown-field', level: 'warning' }] },
    ],
  });
});

test('rules are compared with evidence when it is given', async () => {
  const path = put({ 'a.yml': GOOD });
  const events = join(path, 'events.ndjson');
  const event = { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', CommandLine: 'x' };
  writeFileSync(events, JSON.stringify(event));
  const { code, out, err } = await runHarrier(['rules', 'check', join(path, 'a.yml'), '--data', events]);
  expect(code).toBe(0);
  expect(out).toContain('No event of the evidence has the field "Image". [unseen-in-evidence]');
  expect(err).toContain('Evidence: 1 events of 1 logsources');
  const missing = await runHarrier(['rules', 'check', path, '--data', join(path, 'nothing.json')]);
  expect(missing).toMatchObject({ code: 3 });
});
