import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { ServedHarrier } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-rule-life-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
let dataDir: string;
let rulesDir: string;
let core: ServedHarrier;

const FILE_RULE = 'file-rule';
const OWN_RULE = 'own-rule';

function ruleYaml(id: string, title: string, image = 'tool.exe'): string {
  return [
    `title: ${title}`,
    `id: ${id}`,
    'status: test',
    'level: high',
    'logsource: { product: windows, category: process_creation }',
    `detection: { selection: { Image|endswith: ${image} }, condition: selection }`,
    '',
  ].join('\n');
}

function start(): Promise<ServedHarrier> {
  return ServedHarrier.start({ dataDir, config: { shipped_rules: false, rule_paths: [rulesDir] } });
}

beforeEach(async () => {
  made += 1;
  dataDir = join(folder, `data-${made}`);
  rulesDir = join(folder, `rules-${made}`);
  mkdirSync(rulesDir);
  writeFileSync(join(rulesDir, 'rule.yml'), ruleYaml(FILE_RULE, 'As found'));
  core = await start();
});

afterEach(() => core.stop('SIGKILL'));

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${core.url}/api/v1/sigma${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

// The API's own tests check every answer against its schema.
async function detail(id: string): Promise<ResponseOf<'getRule'>> {
  return (await ask('GET', `/rules/${id}`)).body as ResponseOf<'getRule'>;
}

async function history(id: string): Promise<readonly string[]> {
  const { body } = await ask('GET', `/rules/${id}/versions`);
  return (body as ResponseOf<'ruleVersions'>).items.map(({ version, action }) => `${version} ${action}`);
}

describe('a rule of a folder', () => {
  test('is edited here, keeps its origin, and is given back', async () => {
    const original = ruleYaml(FILE_RULE, 'As found');
    const edit = ruleYaml(FILE_RULE, 'Edited');
    const saved = await ask('PUT', `/rules/${FILE_RULE}`, {
      yaml: edit,
      reason: 'less noise',
      base_version: 0,
    });
    expect(saved).toMatchObject({
      status: 200,
      body: { title: 'Edited', origin: 'folder', edited: true, version: 2, yaml_source: edit },
    });
    expect((await detail(FILE_RULE)).original).toEqual({ yaml: original, changed: false });
    expect((await ask('GET', `/rules/${FILE_RULE}/versions/2`)).body).toMatchObject({
      author: 'anyone on this machine',
      action: 'edited',
      reason: 'less noise',
      yaml: edit,
      previous_version: 1,
      previous_yaml: original,
    });
    expect(await ask('DELETE', `/rules/${FILE_RULE}?reason=enough`)).toEqual({ status: 204, body: null });
    expect(await detail(FILE_RULE)).toMatchObject({
      title: 'As found',
      edited: false,
      version: 3,
      original: null,
    });
    expect(await history(FILE_RULE)).toEqual(['3 reverted', '2 edited', '1 found']);
    expect((await ask('DELETE', `/rules/${FILE_RULE}`)).status).toBe(409);
    expect(await ask('POST', `/rules/${FILE_RULE}/restore`, { version: 2 })).toMatchObject({
      status: 200,
      body: { title: 'Edited', edited: true },
    });
  });

  test('says when its file changed beneath the edit, or left', async () => {
    await ask('PUT', `/rules/${FILE_RULE}`, { yaml: ruleYaml(FILE_RULE, 'Edited') });
    const newer = ruleYaml(FILE_RULE, 'Newer');
    writeFileSync(join(rulesDir, 'rule.yml'), newer);
    await ask('POST', '/engine/reload');
    expect(await detail(FILE_RULE)).toMatchObject({
      title: 'Edited',
      original: { yaml: newer, changed: true },
    });
    rmSync(join(rulesDir, 'rule.yml'));
    await ask('POST', '/engine/reload');
    expect(await detail(FILE_RULE)).toMatchObject({
      title: 'Edited',
      original: { yaml: null, changed: true },
    });
    expect((await ask('DELETE', `/rules/${FILE_RULE}`)).status).toBe(204);
    expect((await ask('GET', `/rules/${FILE_RULE}`)).status).toBe(404);
  });

  test('is not overwritten by someone who did not see the last text', async () => {
    await ask('PUT', `/rules/${FILE_RULE}`, { yaml: ruleYaml(FILE_RULE, 'First'), base_version: 0 });
    const stale = await ask('PUT', `/rules/${FILE_RULE}`, {
      yaml: ruleYaml(FILE_RULE, 'Second'),
      base_version: 0,
    });
    expect(stale).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(JSON.stringify(stale.body)).toMatch(/version 2 was edited by anyone on this machine at \d{4}-/);
    // A switch is no reason to lose an edit.
    await ask('PATCH', `/rules/${FILE_RULE}`, { enabled: false });
    const fresh = await ask('PUT', `/rules/${FILE_RULE}`, {
      yaml: ruleYaml(FILE_RULE, 'Third'),
      base_version: 2,
    });
    expect(fresh).toMatchObject({ status: 200, body: { title: 'Third', enabled: false, version: 4 } });
  });

  test.each([
    ['another id', ruleYaml('other', 'Other'), /its id is other; write .*id: file-rule/],
    [
      'two rules',
      `${ruleYaml(FILE_RULE, 'One')}---\n${ruleYaml('other', 'Other')}`,
      /also holds the rule other/,
    ],
    ['no rule', 'title: x', /line 1, column 1: /],
    ['no YAML', 'title: [', /line 1, column 9: /],
  ])('is not replaced by %s', async (_, yaml, message) => {
    const refused = await ask('PUT', `/rules/${FILE_RULE}`, { yaml });
    expect(refused).toMatchObject({ status: 400, body: { code: 'rule_invalid' } });
    expect((refused.body as { detail: string }).detail).toMatch(message);
    expect(await history(FILE_RULE)).toEqual([]);
  });
});

describe('a rule of the analyst', () => {
  test('is saved, deleted, and restored under its number; a dead link says what became of it', async () => {
    expect((await ask('POST', '/rules', { yaml: ruleYaml(OWN_RULE, 'Mine'), reason: 'new' })).status).toBe(
      201,
    );
    expect((await ask('POST', '/rules', { yaml: ruleYaml(OWN_RULE, 'Twice') })).status).toBe(409);
    expect((await ask('DELETE', `/rules/${OWN_RULE}`)).status).toBe(204);
    const gone = await ask('GET', `/rules/${OWN_RULE}`);
    expect(gone.status).toBe(404);
    expect((gone.body as { detail: string }).detail).toMatch(
      /own-rule was deleted by anyone on this machine at /,
    );
    expect(await history(OWN_RULE)).toEqual(['2 deleted', '1 created']);
    expect(await ask('POST', `/rules/${OWN_RULE}/restore`, { version: 1 })).toMatchObject({
      body: { title: 'Mine', origin: 'custom', version: 3 },
    });
  });

  test('may be a correlation of rules that there are, and is checked beside them', async () => {
    const correlation = (rule: string) =>
      [
        'title: Many',
        'id: many',
        `correlation: { type: event_count, rules: [${rule}], group-by: [User], timespan: 5m, condition: { gte: 3 } }`,
        '',
      ].join('\n');
    expect((await ask('POST', '/rules?dry_run=true', { yaml: correlation(FILE_RULE) })).body).toMatchObject({
      valid: true,
    });
    expect((await ask('POST', '/rules', { yaml: correlation('nothing') })).status).toBe(400);
    expect((await ask('POST', '/rules', { yaml: correlation(FILE_RULE) })).status).toBe(201);
    expect(await detail('many')).toMatchObject({ kind: 'correlation', origin: 'custom', enabled: true });
    const { body } = await ask('GET', '/engine');
    expect(body).toMatchObject({
      rules: { by_kind: { correlation: 1 } },
      correlations: [{ rule_id: 'many' }],
    });
  });

  test('can be mended or removed after the engine refused it', async () => {
    const pair = [FILE_RULE, OWN_RULE].join();
    const correlation = (rules: string) =>
      `title: Both\nid: both\ncorrelation: { type: temporal, rules: [${rules}], group-by: [User], timespan: 5m }\n`;
    await ask('POST', '/rules', { yaml: ruleYaml(OWN_RULE, 'Mine') });
    expect((await ask('POST', '/rules', { yaml: correlation(pair) })).status).toBe(201);
    await ask('DELETE', `/rules/${OWN_RULE}`);
    const refused = await ask('GET', '/rules/both');
    expect(refused.status).toBe(404);
    expect((refused.body as { detail: string }).detail).toMatch(
      /both was refused when it was loaded \(line 3: /,
    );
    const mended = await ask('PUT', '/rules/both', { yaml: correlation(FILE_RULE) });
    expect(mended).toMatchObject({ status: 200, body: { title: 'Both', version: 2 } });
    await ask('POST', '/rules', { yaml: ruleYaml(OWN_RULE, 'Mine') });
    await ask('PUT', '/rules/both', { yaml: correlation(pair) });
    await ask('DELETE', `/rules/${OWN_RULE}`);
    expect((await ask('DELETE', '/rules/both')).status).toBe(204);
    expect(await history('both')).toEqual(['4 deleted', '3 edited', '2 edited', '1 created']);
  });

  test('several in one text become rules of their own', async () => {
    const yaml = `${ruleYaml('one', 'One')}---\n${ruleYaml('two', 'Two')}`;
    expect(await ask('POST', '/rules', { yaml })).toMatchObject({ status: 201, body: { rule_id: 'one' } });
    expect((await detail('two')).yaml_source).toBe(ruleYaml('two', 'Two'));
    expect(await history('two')).toEqual(['1 created']);
  });
});

describe('switches', () => {
  test('of many rules are one change each in their histories', async () => {
    await ask('POST', '/rules', { yaml: ruleYaml(OWN_RULE, 'Mine') });
    const body = { filter: { level: 'high' }, enabled: false, level: 'low', reason: 'audit' };
    expect((await ask('POST', '/rules/bulk', body)).body).toEqual({
      selected: 2,
      rule_ids: [FILE_RULE, OWN_RULE],
    });
    expect(await history(FILE_RULE)).toEqual(['2 level', '1 disabled']);
    expect(await history(OWN_RULE)).toEqual(['3 level', '2 disabled', '1 created']);
    expect(await detail(FILE_RULE)).toMatchObject({
      enabled: false,
      level: 'low',
      version: 2,
      edited: false,
    });
  });
});

describe('an import', () => {
  const report = ({ body }: Answer) => body as ResponseOf<'importRules'>;

  test('is tried first and then done, all of it as one change', async () => {
    const incoming = join(folder, `incoming-${made}`);
    mkdirSync(incoming);
    writeFileSync(join(incoming, 'a.yml'), ruleYaml(FILE_RULE, 'As imported', 'other.exe'));
    writeFileSync(join(incoming, 'b.yml'), ruleYaml(OWN_RULE, 'New'));
    const dry = report(await ask('POST', '/rules/import', { paths: [incoming], dry_run: true }));
    expect(dry.counts).toMatchObject({ added: 1, changed: 1, invalid: 0 });
    expect(dry.items[0]).toMatchObject({ rule_id: FILE_RULE, changed_fields: ['title', 'detection'] });
    expect((await ask('GET', `/rules/${OWN_RULE}`)).status).toBe(404);
    const done = report(await ask('POST', '/rules/import', { paths: [incoming], reason: 'feed of May' }));
    expect({ ...done, duration_ms: 0, dry_run: true }).toEqual({ ...dry, duration_ms: 0 });
    expect(await detail(FILE_RULE)).toMatchObject({ title: 'As imported', origin: 'folder', edited: true });
    expect(await detail(OWN_RULE)).toMatchObject({ title: 'New', origin: 'custom' });
    expect(await history(FILE_RULE)).toEqual(['2 imported', '1 found']);
    expect((await ask('GET', `/rules/${OWN_RULE}/versions/1`)).body).toMatchObject({ reason: 'feed of May' });
    const again = report(await ask('POST', '/rules/import', { paths: [incoming] }));
    expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  });

  test('takes what is uploaded under the name that it has there', async () => {
    const upload = (query: string, body: string) =>
      core.json(`/api/v1/sigma/rules/import/upload?name=${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body,
      }) as Promise<ResponseOf<'uploadRules'>>;
    const dry = await upload('../x.yml&dry_run=true', ruleYaml(OWN_RULE, 'Mine'));
    expect(dry.items).toMatchObject([{ file: '../x.yml', outcome: 'added' }]);
    await upload('x.yml', ruleYaml(OWN_RULE, 'Mine'));
    expect(await detail(OWN_RULE)).toMatchObject({ title: 'Mine', origin: 'custom', version: 1 });
  });
});

describe('a core that is killed', () => {
  test('has every answered change at its next start, and history and rule agree', async () => {
    await ask('POST', '/rules', { yaml: ruleYaml(OWN_RULE, 'Mine') });
    await ask('PUT', `/rules/${FILE_RULE}`, { yaml: ruleYaml(FILE_RULE, 'Edited') });
    // The save reaches the store long before the reload ends; the kill falls somewhere in between.
    const unanswered = ask('PUT', `/rules/${OWN_RULE}`, { yaml: ruleYaml(OWN_RULE, 'Perhaps') });
    const killed = core.stop('SIGKILL');
    await unanswered.catch(() => undefined);
    await killed;
    core = await start();
    expect(await detail(FILE_RULE)).toMatchObject({ title: 'Edited', edited: true, version: 2 });
    const own = await detail(OWN_RULE);
    const newest = await ask('GET', `/rules/${OWN_RULE}/versions/${own.version}`);
    expect(newest.body).toMatchObject({ version: own.version, yaml: own.yaml_source });
  });
});
