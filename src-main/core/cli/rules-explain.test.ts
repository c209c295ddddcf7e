import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHarrier } from '../test-support/run-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULE = join(folder, 'rule.yml');
const EVENTS = join(folder, 'events.json');

beforeAll(() => {
  writeFileSync(
    RULE,
    [
      'title: Whoami',
      'id: 0a1b2c3d-0000-4000-8000-000000000001',
      'logsource: {product: windows, category: process_creation}',
      'detection:',
      "  sel: {Image|endswith: '\\whoami.exe'}",
      '  filter: {User: SYSTEM}',
      '  condition: sel and not filter',
    ].join('\n'),
  );
  const event = { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', Image: 'C:\\whoami.exe' };
  const events = [event, { ...event, Image: 'C:\\cmd.exe' }, { ...event, User: 'SYSTEM' }];
  writeFileSync(EVENTS, events.map((one) => JSON.stringify(one)).join('\n'));
});

async function explain(place: string, ...flags: string[]) {
  return runHarrier(['rules', 'explain', '--rule', RULE, '--event', place, ...flags]);
}

test('an event that matches is explained down to the line', async () => {
  const { code, out } = await explain(EVENTS);
  expect(code).toBe(1);
  expect(out).toContain('[x] Whoami (0a1b2c3d-0000-4000-8000-000000000001)');
  expect(out).toContain('from Channel "Microsoft-Windows-Sysmon/Operational", EventID 1.');
  expect(out).toContain('[x] line 5: Image is "C:\\whoami.exe", which ends with "\\whoami.exe".');
});

test('the nearest miss and the filter are named for those that do not', async () => {
  const second = await explain(`${EVENTS}:2`);
  expect(second.code).toBe(0);
  expect(second.out).toContain('sel, line 5 must hold: Image is "C:\\cmd.exe", which does not end with');
  const third = await explain(`${EVENTS}:3`, '--json');
  expect(JSON.parse(third.out)).toMatchObject({ matched: false, excludedBy: ['filter'] });
});

test('a number that the file does not have, and a rule that nobody knows, are said', async () => {
  const tooFar = await explain(`${EVENTS}:9`);
  expect(tooFar).toMatchObject({ code: 2 });
  expect(tooFar.err).toContain('it holds 3 events that can be read, and number 9 was asked for');
  const nobody = await runHarrier(['rules', 'explain', '--rule', 'nobody', '--event', EVENTS]);
  expect(nobody).toMatchObject({ code: 2 });
  expect(nobody.err).toContain('nobody');
});

test('a rule of those that ship is found by its id', async () => {
  const id = '24fc1acc-fed9-47e2-be5a-f54bf2c8182e';
  const { code, out } = await runHarrier(['rules', 'explain', '--rule', id, '--event', EVENTS]);
  expect(code).toBe(0);
  expect(out).toContain('[ ] Logsource');
});
