import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedHarrier, until } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-questions-'));
let core: ServedHarrier;

const YAML = [
  'title: Whoami',
  'logsource: {product: windows, category: process_creation}',
  "detection: {s: {Image|endswith: '\\whoami.exe'}, condition: s}",
].join('\n');

function put(path: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return core.json(path, { method: 'PUT', headers, body: JSON.stringify(body) });
}

beforeAll(async () => {
  const event = {
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    UtcTime: '2026-01-02 03:04:05',
  };
  const events = ['whoami', 'cmd', 'whoami'].map((name) => ({ ...event, Image: `C:\\${name}.exe` }));
  writeFileSync(join(folder, 'events.json'), events.map((one) => JSON.stringify(one)).join('\n'));
  core = await ServedHarrier.start({ dataDir: join(folder, 'data') });
  await core.post('/api/v1/imports', { paths: [join(folder, 'events.json')] });
  await until(async () => ((await core.events()).total === 3 ? true : null));
}, 60_000);

afterAll(async () => {
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('what a dry run finds among stored events can be explained one by one', async () => {
  const asked = { yaml: YAML, since: '2000-01-01', sample: 1 };
  const dry = await core.post('/api/v1/sigma/dry-run', asked);
  expect(dry).toMatchObject({ report: { matched: 2, complete: true } });
  const { report } = dry as { report: { sample: readonly { id: string }[] } };
  const question = { yaml: YAML, event_id: report.sample[0]?.id };
  expect(await core.post('/api/v1/sigma/explain', question)).toMatchObject({
    explanation: { matched: true, logsource: { accepted: true } },
  });
  const vocabulary = await core.json('/api/v1/sigma/vocabulary');
  expect(vocabulary).toMatchObject({ seen: [{ category: 'process_creation', events: 3 }] });
});

test('cases are kept with a rule and tried on the text that it has', async () => {
  const saved = (await core.post('/api/v1/sigma/rules', { yaml: YAML })) as { rule_id: string };
  const path = `/api/v1/sigma/rules/${saved.rule_id}/cases`;
  const event = { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', Image: 'C:\\whoami.exe' };
  const cases = [
    { name: 'it', expect: 'match', event },
    { name: 'other', expect: 'match', event: { ...event, Image: 'C:\\cmd.exe' } },
  ];
  expect(await put(path, { cases })).toMatchObject({ passed: 1, failed: 1 });
  expect(await core.json(path)).toMatchObject({
    cases: [{ result: { passed: true } }, { result: { passed: false }, origin: 'own' }],
  });
});
