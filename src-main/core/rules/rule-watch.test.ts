import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { freePort, sendTcp, ServedHarrier, until } from '../test-support/served-harrier.ts';
import { RuleWatch } from './rule-watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-rule-watch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
let rulesDir: string;
let placeholders: string;
let tcpPort: number;
let core: ServedHarrier;

function ruleYaml(id: string, word: string): string {
  return [
    `title: ${word}`,
    `id: ${id}`,
    'status: test',
    'level: high',
    'logsource: { product: linux }',
    `detection: { keywords: [${word}], condition: keywords }`,
    '',
  ].join('\n');
}

beforeEach(async () => {
  made += 1;
  rulesDir = join(folder, `rules-${made}`);
  placeholders = join(folder, `placeholders-${made}.yml`);
  writeFileSync(placeholders, 'Servers: [web-1]\n');
  mkdirSync(join(rulesDir, 'sub'), { recursive: true });
  writeFileSync(join(rulesDir, 'one.yml'), ruleYaml('one', 'alpha'));
  tcpPort = await freePort();
  core = await ServedHarrier.start({
    dataDir: join(folder, `data-${made}`),
    config: {
      shipped_rules: false,
      rule_paths: [rulesDir],
      placeholder_paths: [placeholders],
      syslog_tcp_enabled: true,
      syslog_tcp_port: tcpPort,
    },
  });
});

afterEach(() => core.stop('SIGKILL'));

// The API's own tests check every answer against its schema.
async function rules(): Promise<ResponseOf<'listRules'>['items']> {
  return ((await core.json('/api/v1/sigma/rules?limit=5000')) as ResponseOf<'listRules'>).items;
}

function engine(): Promise<ResponseOf<'getEngine'>> {
  return core.json('/api/v1/sigma/engine') as Promise<ResponseOf<'getEngine'>>;
}

async function titles(): Promise<string> {
  return (await rules()).map(({ title }) => title).join();
}

function becomes(expected: string): Promise<true> {
  return until(async () => ((await titles()) === expected ? true : null));
}

describe('rule folders', () => {
  test('are followed: files that are added, changed in place, and removed', async () => {
    expect((await engine()).watched).toEqual([
      { path: rulesDir, how: 'events' },
      { path: placeholders, how: 'events' },
    ]);
    writeFileSync(join(rulesDir, 'sub', 'two.yml'), ruleYaml('two', 'bravo'));
    await becomes('alpha,bravo');
    writeFileSync(join(rulesDir, 'one.yml'), ruleYaml('one', 'other'));
    await becomes('bravo,other');
    rmSync(join(rulesDir, 'sub', 'two.yml'));
    await becomes('other');
    expect((await engine()).last_reload).toMatchObject({ trigger: 'watch', error: null });
  });

  test('and files of placeholders are: a rule that lacked values runs when it gets them', async () => {
    const expand = ruleYaml('two', 'bravo').replace('[bravo]', "'|expand': '%Mine%'");
    writeFileSync(
      join(rulesDir, 'two.yml'),
      expand.replace('keywords: ', 'keywords: { ').replace(', cond', ' }, cond'),
    );
    await until(async () => ((await engine()).rejected > 0 ? true : null));
    expect(await titles()).toBe('alpha');
    writeFileSync(placeholders, 'Mine: [bravo]\n');
    await becomes('alpha,bravo');
  });

  test('keep what the analyst switched when their files change', async () => {
    const patch = { method: 'PATCH', headers: { 'content-type': 'application/json' } };
    await core.json('/api/v1/sigma/rules/one', { ...patch, body: '{"enabled":false,"level":"low"}' });
    writeFileSync(join(rulesDir, 'one.yml'), ruleYaml('one', 'other'));
    await becomes('other');
    expect(await rules()).toMatchObject([{ enabled: false, level: 'low', level_override: 'low' }]);
  });

  test('that cannot be read keep their rules, which is seen, until they are back', async () => {
    renameSync(rulesDir, `${rulesDir}-away`);
    await core.post('/api/v1/sigma/engine/reload');
    expect((await engine()).last_reload.error).toContain(`${rulesDir} cannot be read`);
    expect(await titles()).toBe('alpha');
    expect(await core.json('/api/v1/health')).toMatchObject({
      dependencies: { detectors: [{ name: 'sigma', state: 'degraded' }] },
    });
    renameSync(`${rulesDir}-away`, rulesDir);
    await until(async () => ((await engine()).last_reload.error === null ? true : null));
    expect(await titles()).toBe('alpha');
  });

  test('of which nothing can be used any more keep the rules from before', async () => {
    writeFileSync(join(rulesDir, 'one.yml'), 'title: [');
    await until(async () => ((await engine()).last_reload.error === null ? null : true));
    expect((await engine()).last_reload.error).toMatch(/No rule of the folders can be used.*one\.yml/);
    expect(await titles()).toBe('alpha');
    writeFileSync(join(rulesDir, 'one.yml'), ruleYaml('one', 'alpha'));
    await until(async () => ((await engine()).last_reload.error === null ? true : null));
  });
});

test('events that come while rules are reloaded are examined once each', async () => {
  const count = 3_000;
  const lines = Array.from(
    { length: count },
    (_, n) => `<13>1 2026-01-02T03:04:05Z web-${n} app - - - alpha ${n}\n`,
  );
  const sent = sendTcp(tcpPort, lines.join(''));
  for (let reload = 0; reload < 10; reload += 1) {
    writeFileSync(join(rulesDir, 'sub', 'two.yml'), ruleYaml('two', `bravo${reload}`));
    await core.post('/api/v1/sigma/engine/reload');
  }
  await sent;
  await until(async () => ((await core.source('syslog-tcp'))?.committed === count ? true : null));
  const [rule] = await rules();
  const alerts = (await core.json('/api/v1/alerts?limit=500')) as ResponseOf<'listAlerts'>;
  expect(alerts.total).toBe(count);
  expect(new Set(alerts.items.map((alert) => alert.count))).toEqual(new Set([1]));
  expect(rule?.fired).toBe(count);
});

test('where the system reports nothing, files are looked at again and again', async () => {
  let present = 'a';
  let loaded = 'a';
  const seen: string[] = [];
  const watch = new RuleWatch({
    paths: [join(folder, 'no-such-folder')],
    fingerprint: () => Promise.resolve(present),
    loaded: () => loaded,
    reload: () => {
      seen.push(present);
      loaded = present === 'bad' ? loaded : present;
      return Promise.resolve();
    },
    logger: silentLogger,
    pollMs: 1,
  });
  watch.start();
  expect(watch.status()).toEqual([{ path: join(folder, 'no-such-folder'), how: 'polling' }]);
  present = 'bad';
  await until(() => (seen.length === 1 ? true : null));
  present = 'c';
  await until(() => (seen.length === 2 ? true : null));
  await watch.stop();
  // What could not be used is not tried again while it stays as it is.
  expect(seen).toEqual(['bad', 'c']);
});
