import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { freePort, sendTcp, ServedHarrier, until } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-live-correlation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULES = `title: Failed password
id: failed-password
name: failed_password
level: low
logsource: {product: linux, service: sshd}
detection: {keywords: [Failed password], condition: keywords}
---
title: Many failed passwords
id: many-failures
level: high
correlation:
  type: event_count
  rules: [failed_password]
  timespan: 10m
  condition: {gte: 5}
`;

let made = 0;
let dataDir = '';
let rules = '';
let port = 0;
let served: ServedHarrier;

beforeEach(async () => {
  const own = join(folder, `case-${(made += 1)}`);
  mkdirSync(own);
  dataDir = join(own, 'data');
  rules = join(own, 'rules');
  mkdirSync(rules);
  writeFileSync(join(rules, 'ssh.yml'), RULES);
  port = await freePort();
  served = await serve();
});
afterEach(() => served.stop());

function serve(): Promise<ServedHarrier> {
  const config = {
    shipped_rules: false,
    rule_paths: [rules],
    syslog_tcp_enabled: true,
    syslog_tcp_port: port,
  };
  return ServedHarrier.start({ dataDir, config });
}

/** Sends failed logons and waits until all of them are stored. */
async function fail(numbers: readonly number[], stored: number): Promise<void> {
  const lines = numbers.map(
    (number) =>
      `<38>1 ${new Date().toISOString()} web01 sshd 1 - - Failed password for eve from 203.0.113.9 port ${number} ssh2`,
  );
  await sendTcp(port, `${lines.join('\n')}\n`);
  await until(async () => ((await served.events()).total >= stored ? true : null));
}

async function alerts(): Promise<ResponseOf<'listAlerts'>['items']> {
  return ((await served.json('/api/v1/alerts')) as ResponseOf<'listAlerts'>).items;
}

async function oneAlert(): Promise<ResponseOf<'getAlert'>> {
  const [alert] = await until(async () => {
    const found = await alerts();
    return found.length > 0 ? found : null;
  });
  return (await served.json(`/api/v1/alerts/${alert?.id ?? ''}`)) as ResponseOf<'getAlert'>;
}

test('a window that a kill cuts in two gives one alert, with the events from before and after', async () => {
  await fail([1, 2], 2);
  await fail([3], 3);
  await served.stop('SIGKILL');
  served = await serve();
  expect(await alerts()).toEqual([]);
  await fail([4, 5], 5);
  const alert = await oneAlert();
  expect(alert).toMatchObject({
    rule_id: 'many-failures',
    rule_kind: 'correlation',
    severity: 'high',
    count: 1,
  });
  expect(alert.events).toHaveLength(5);
  expect(alert.evidence.event_ids).toHaveLength(5);
  await served.stop('SIGKILL');
  served = await serve();
  const [again, ...others] = await alerts();
  expect(others).toEqual([]);
  expect(again).toMatchObject({ id: alert.id, count: 1 });
});

test('a reload of the rules in the middle of a window keeps what was counted', async () => {
  await fail([1, 2, 3], 3);
  writeFileSync(join(rules, 'ssh.yml'), RULES.replace('title: Many failed', 'title: Far too many failed'));
  await served.post('/api/v1/sigma/engine/reload');
  await fail([4, 5], 5);
  expect(await oneAlert()).toMatchObject({ title: 'Far too many failed passwords', count: 1 });
});

test('an import is correlated when it has ended, for itself; undoing it takes the alert along', async () => {
  await fail([1, 2, 3, 4], 4);
  const line = (second: number): string =>
    `<38>1 2026-01-02T03:04:0${second}Z web01 sshd 1 - - Failed password for eve from 203.0.113.9 port 1 ssh2`;
  const late = join(folder, 'a-late.log');
  const early = join(folder, 'b-early.log');
  writeFileSync(late, [line(7), line(8)].join('\n'));
  writeFileSync(early, [line(1), line(2), line(3)].join('\n'));
  const { id } = (await served.post('/api/v1/imports', {
    paths: [late, early],
  })) as ResponseOf<'startImport'>;
  const record = await until(async () => {
    const one = (await served.json(`/api/v1/imports/${id}`)) as ResponseOf<'getImport'>;
    return one.state === 'done' ? one : null;
  });
  expect(record).toMatchObject({ report: { alerts: 1 }, reason: null });
  const alert = await oneAlert();
  expect(alert).toMatchObject({ rule_id: 'many-failures', count: 1, ts: '2026-01-02T03:04:08.000Z' });
  expect(alert.events.map(({ event_ts }) => event_ts.slice(17, 19))).toEqual(['01', '02', '03', '07', '08']);
  await served.post(`/api/v1/imports/${id}/undo`);
  expect(await alerts()).toEqual([]);
  await fail([5], 5);
  expect(await oneAlert()).toMatchObject({ rule_id: 'many-failures' });
});
