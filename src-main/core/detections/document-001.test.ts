import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedHarrier, until } from '../test-support/served-harrier.ts';

/** The requests of document 001 ("Detection Engineering") as they stand there, against a running core. */
const FIRST = {
  name: 'PowerShell download cradle',
  description: 'High-signal PowerShell execution on workstations',
  query: 'powershell.exe',
  source: 'endpoint_security',
  match_severity: 'warning',
  host: 'ws-042',
  alert_severity: 'high',
  auto_create_case: true,
  schedule_enabled: true,
  schedule_interval_minutes: 30,
  mitre_techniques: ['T1059.001'],
  sharing_mode: 'team',
};
const SECOND = {
  name: 'PowerShell download cradle',
  description: 'Detects encoded PowerShell pulling remote content',
  query: 'powershell AND IEX',
  source: 'endpoint_security',
  match_severity: 'warning',
  host: 'ws-042',
  alert_severity: 'high',
  alert_title_template: 'Detection: {rule_name} on {host}',
  alert_description_template: 'Matched event: {message}',
  auto_create_case: true,
  mitre_techniques: ['T1059.001', 'T1105'],
  sharing_mode: 'team',
  shared_with_roles: [],
  tags: ['powershell', 'download-cradle'],
};
const SUPPRESSION = {
  name: 'Suppress sandbox host',
  reason: 'Lab machine generates known test traffic',
  criteria: { host: 'sandbox-01' },
  suppress_for_hours: 24,
};
const FEEDBACK = {
  verdict: 'false_positive',
  alert_id: 'alert-uuid',
  case_id: 'case-uuid',
  siem_log_id: 'log-uuid',
  notes: 'Expected administrative automation',
  metadata: { source: 'siem_workspace' },
};

const RULES = '/api/v1/detections/rules';
const folder = mkdtempSync(join(tmpdir(), 'harrier-001-'));
let core: ServedHarrier;

beforeAll(async () => {
  core = await ServedHarrier.start({ dataDir: join(folder, 'data') });
});
afterAll(async () => {
  core.process.kill('SIGTERM');
  await core.ended;
  rmSync(folder, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await core.json(path, body === undefined ? { method } : init)) as Record<string, unknown>;
}

/** Imports one event a host, each a PowerShell download. */
async function importFrom(...hosts: readonly string[]): Promise<void> {
  const path = join(folder, `${hosts.join('-')}.json`);
  const lines = hosts.map((host) =>
    JSON.stringify({ '@timestamp': '2026-04-25T10:00:00Z', host, message: 'powershell.exe -c IEX (iwr x)' }),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  const { id } = await call('POST', '/api/v1/imports', { paths: [path] });
  await until(async () => {
    const { state } = await call('GET', `/api/v1/imports/${String(id)}`);
    return state === 'done' ? true : null;
  });
}

test('both examples of a rule are taken as they are, and come back with every field', async () => {
  const first = await call('POST', RULES, FIRST);
  expect(first).toMatchObject(FIRST);
  expect(Date.parse(String(first.next_run_at))).toBeGreaterThan(Date.now());
  const second = await call('POST', RULES, SECOND);
  expect(second).toMatchObject({ ...SECOND, schedule_enabled: false, next_run_at: null });
  const { items, total } = await call('GET', RULES);
  expect(total).toBe(2);
  expect(items).toEqual(expect.arrayContaining([first, second]));
  const changed = { schedule_enabled: true, schedule_interval_minutes: 5, pivots: ['host'] };
  expect(await call('PATCH', `${RULES}/${String(second.id)}`, changed)).toMatchObject({
    ...SECOND,
    ...changed,
  });
});

test('a manual run answers with rule, totals, run and logs', async () => {
  const body = { ...FIRST, source: null, host: null, match_severity: null };
  const { id } = await call('POST', RULES, body);
  const rule = `${RULES}/${String(id)}`;
  await importFrom('ws-042', 'sandbox-01');
  expect(await call('POST', `${rule}/suppressions`, SUPPRESSION)).toMatchObject({
    name: SUPPRESSION.name,
    criteria: SUPPRESSION.criteria,
    active: true,
    preview: { matches: 2, covered: 1 },
  });
  const answer = await call('POST', `${rule}/run`);
  expect(answer).toMatchObject({
    rule: { id, name: FIRST.name, schedule_enabled: true, schedule_interval_minutes: 30 },
    total: 2,
    suppressed_count: 1,
    run: { trigger_mode: 'manual', status: 'completed', match_count: 2, suppressed_count: 1 },
    logs: [{ host: 'ws-042' }],
  });
  const { run } = answer;
  expect((run as { sample_log_ids: string[] }).sample_log_ids).toHaveLength(1);
  expect((await call('GET', `${rule}/runs`)).items).toEqual([run]);
});

test('feedback and metrics have the fields of the document', async () => {
  const { id } = await call('POST', RULES, FIRST);
  const feedback = await call('POST', `${RULES}/${String(id)}/feedback`, FEEDBACK);
  expect(feedback).toMatchObject(FEEDBACK);
  expect((await call('GET', `${RULES}/${String(id)}/feedback`)).items).toEqual([feedback]);
  const metrics = await call('GET', '/api/v1/detections/metrics');
  expect(metrics).toEqual({
    total_rules: 4,
    enabled_rules: 4,
    scheduled_rules: 4,
    runs_24h: 1,
    matches_24h: 2,
    suppressed_24h: 1,
    top_rules_by_matches: [{ rule_id: expect.any(String) as string, name: FIRST.name, matches: 2 }],
    noisiest_rules: [{ rule_id: id, name: FIRST.name, false_positives: 1 }],
  });
});
