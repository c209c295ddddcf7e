import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { ServedHarrier, until } from './test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-suggestions-'));
const RULE = '6a1b6c1e-6c5f-4a3e-9d6e-0d2c6f5b7a10';
const SUGGESTION = `/api/v1/sigma/rule-suggestions/${RULE}`;
let served: ServedHarrier;

beforeAll(async () => {
  served = await ServedHarrier.start({ dataDir: join(folder, 'data'), config: { shipped_rules: false } });
});
afterAll(async () => {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A process start; alerts of one rule stay apart when their hosts differ. */
function processStart(minute: number, image: string, commandLine: string): string {
  return JSON.stringify({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    EventID: 1,
    Computer: `host-${minute}`,
    TimeCreated_SystemTime: new Date(Date.UTC(2026, 0, 2, 3, minute)).toISOString(),
    Image: image,
    CommandLine: commandLine,
    OriginalFileName: image.includes('dump') ? 'procdump' : 'other',
    ProcessId: 1000 + minute,
  });
}

test('three confirmed alerts suggest a rule; its draft passes every stage and can be saved', async () => {
  const rule = [
    'title: Memory of a process written to a file',
    `id: ${RULE}`,
    'level: high',
    'status: test',
    'tags: [attack.credential-access, attack.t1003.001]',
    'logsource: {product: windows, category: process_creation}',
    "detection: {selection: {CommandLine|contains: ' -ma '}, condition: selection}",
  ].join('\n');
  await served.post('/api/v1/sigma/rules', { yaml: rule });
  const dumps = [1, 2, 3].map((minute) =>
    processStart(minute, `C:\\Users\\u${minute}\\procdump64.exe`, `p -ma ${minute}`),
  );
  const others = [4, 5, 6, 7].map((minute) => processStart(minute, `C:\\Windows\\tool${minute}.exe`, 'x'));
  writeFileSync(join(folder, 'events.ndjson'), `${[...dumps, ...others].join('\n')}\n`);
  await served.post('/api/v1/imports', { paths: [join(folder, 'events.ndjson')] });
  const alerts = await until(async () => {
    const { items } = (await served.json('/api/v1/alerts')) as ResponseOf<'listAlerts'>;
    return items.length === 3 ? items : null;
  });
  const suggestions = async () =>
    ((await served.json('/api/v1/sigma/rule-suggestions')) as ResponseOf<'listSuggestions'>).items;
  for (const [index, { id }] of alerts.entries()) {
    expect(await suggestions()).toEqual([]);
    await served.post(`/api/v1/alerts/${id}/feedback`, {
      feedback: 'tp',
      note: String(index),
      origin: 'api',
    });
  }
  expect(await suggestions()).toMatchObject([
    { pattern_key: RULE, rule_kind: 'sigma', true_positives: 3, has_draft: false },
  ]);

  const draft = (await served.post(SUGGESTION)) as ResponseOf<'draftSuggestion'>;
  expect(draft).toMatchObject({ valid: true, cached: false, model: null, true_positives: 3 });
  expect(draft.yaml).toContain('procdump');
  expect(draft.yaml).not.toContain('host-');
  expect(await served.post(SUGGESTION)).toMatchObject({ yaml: draft.yaml, cached: true });
  expect(await served.post('/api/v1/sigma/rules', { yaml: draft.yaml })).toMatchObject({ valid: true });

  const discarded = await fetch(`${served.url}${SUGGESTION}`, { method: 'DELETE' });
  expect(discarded.status).toBe(204);
  expect(await suggestions()).toEqual([]);
  expect((await served.get('/api/v1/sigma/rule-suggestions')).status).toBe(200);
  expect((await fetch(`${served.url}${SUGGESTION}`, { method: 'POST' })).status).toBe(404);
});
