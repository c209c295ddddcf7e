import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { ServedHarrier } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-rule-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULES = `title: Administrator
id: admin
level: high
logsource: {product: windows}
detection:
  s: {User|expand: '%Administrators%'}
  condition: s
---
title: No lab
id: no-lab
logsource: {product: windows}
filter: {rules: [admin], s: {Computer: lab}, condition: not s}
`;

const PIPELINE = `name: ecs
transformations:
  - {type: field_name_mapping, mapping: {User: user.name}}
`;

let made = 0;
let dataDir: string;
let core: ServedHarrier;

function start(): Promise<ServedHarrier> {
  return ServedHarrier.start({
    dataDir,
    config: {
      shipped_rules: false,
      rule_paths: [join(dataDir, '../rules')],
      placeholder_paths: [join(dataDir, '../lists.yml')],
    },
  });
}

beforeEach(async () => {
  made += 1;
  const home = join(folder, String(made));
  dataDir = join(home, 'data');
  mkdirSync(join(home, 'rules'), { recursive: true });
  writeFileSync(join(home, 'rules', 'rules.yml'), RULES);
  writeFileSync(join(home, 'lists.yml'), 'Servers: [srv]\n');
  core = await start();
});

afterEach(() => core.stop('SIGKILL'));

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${core.url}/api/v1/sigma${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Whether the running rule matches a record, as the question worker answers with the settings in force. */
async function matches(record: Readonly<Record<string, string>>): Promise<unknown> {
  const logsource = { product: 'windows', category: null, service: null };
  const { body } = await ask('POST', '/explain', { rule_id: 'admin', event: record, logsource });
  return (body.explanation as { matched?: boolean } | null)?.matched ?? body;
}

async function ruleIds(): Promise<readonly string[]> {
  const { body } = await ask('GET', '/rules');
  return (body.items as { id: string }[]).map(({ id }) => id).sort();
}

test('a rule waits for its list, runs with it, and loses it again; the list outlives a restart', async () => {
  expect(await ruleIds()).toEqual(['no-lab']);
  const lists = await ask('GET', '/placeholders');
  expect(lists.body.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'Administrators', origin: null, rules: 1, standard: true }),
      expect.objectContaining({ name: 'Servers', origin: 'file', values: ['srv'] }),
    ]),
  );
  const saved = await ask('PUT', '/placeholders/Administrators', { values: ['adm_*'] });
  expect(saved).toMatchObject({ status: 200, body: { values: ['adm_*'], origin: 'stored' } });
  expect(await ruleIds()).toEqual(['admin', 'no-lab']);

  await core.stop('SIGTERM');
  core = await start();
  expect(await ruleIds()).toEqual(['admin', 'no-lab']);
  expect((await ask('DELETE', '/placeholders/Administrators')).status).toBe(200);
  expect(await ruleIds()).toEqual(['no-lab']);
  expect((await ask('DELETE', '/placeholders/Administrators')).status).toBe(404);
});

test('a pipeline and a filter decide what the running rule matches', async () => {
  await ask('PUT', '/placeholders/Administrators', { values: ['adm_*'] });
  expect(await matches({ User: 'adm_eve' })).toBe(true);
  expect(await matches({ User: 'adm_eve', Computer: 'lab' })).toBe(false);

  expect((await ask('PUT', '/pipelines/ecs', { yaml: PIPELINE })).status).toBe(200);
  expect(await matches({ User: 'adm_eve' })).toBe(false);
  expect(await matches({ 'user.name': 'adm_eve' })).toBe(true);

  const broken = await ask('PUT', '/pipelines/ecs', { yaml: PIPELINE.replace('field_name', 'field') });
  expect(broken.status).toBe(400);
  expect(JSON.stringify(broken.body)).toContain('line 3, column 6');
  expect(await matches({ 'user.name': 'adm_eve' })).toBe(true);

  await ask('PUT', '/pipelines/ecs', { yaml: PIPELINE, enabled: false });
  expect(await matches({ User: 'adm_eve' })).toBe(true);
  await ask('PATCH', '/rules/no-lab', { enabled: false });
  expect(await matches({ User: 'adm_eve', Computer: 'lab' })).toBe(true);
});
