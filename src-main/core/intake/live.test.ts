import { createSocket } from 'node:dgram';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AlertDetailWire, AlertWire } from '#shared/contract/alerts.ts';
import type { EventDetailWire } from '#shared/contract/events.ts';
import { streamFrame, type StreamFrame } from '#shared/contract/stream.ts';
import { freePort, sendTcp, ServedHarrier, until } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let served: ServedHarrier;
afterEach(() => served.stop());

/** A shipped rule: "SSH session ended after too many wrong passwords". */
const GUESSING_RULE = '233d50bb-1c7e-4067-89e7-bdfd32486db0';

async function start(name: string) {
  const [tcp, udp] = [await freePort(), await freePort()];
  const file = join(folder, `${name}.log`);
  writeFileSync(file, '');
  served = await ServedHarrier.start({
    dataDir: join(folder, name),
    config: {
      syslog_tcp_enabled: true,
      syslog_tcp_port: tcp,
      syslog_udp_enabled: true,
      syslog_udp_port: udp,
      file_paths: [join(folder, `${name}.log*`)],
    },
  });
  return { tcp, udp, file };
}

function sendUdp(port: number, text: string): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => socket.send(text, port, '127.0.0.1', () => socket.close(resolve)));
}

/** The first event that has `text`, once it is stored, with its original bytes. */
async function stored(text: string): Promise<EventDetailWire> {
  const id = await until(async () => {
    const { items } = await served.events(`q=${encodeURIComponent(`"${text}"`)}`);
    return items[0]?.id ?? null;
  });
  return (await served.json(`/api/v1/events/${id}`)) as EventDetailWire;
}

test('what comes in by each way is stored with its fields, its origin and its bytes', async () => {
  const { tcp, udp, file } = await start('ways');
  const octets = '<86>1 2026-01-02T03:04:05.678Z web-1 sshd 42 ID1 [o@1 k="v"] octet\ncounted';
  await sendTcp(tcp, `${Buffer.byteLength(octets)} ${octets}`);
  await sendTcp(tcp, '<11>Jan  2 03:04:05 web-2 cron[7]: newline framed\n<13>1 - - - - - - second line');
  await sendUdp(udp, '<34>1 2026-01-02T03:04:05Z web-3 su - ID47 - datagram caf\u00e9');
  const json =
    '{"time":"2026-01-02T03:04:05Z","host":"web-4","level":"error","msg":"json line","user":{"name":"root"}}';
  appendFileSync(file, `${json}\nplain text line\n`);

  expect(await stored('octet')).toMatchObject({
    source: 'syslog',
    source_id: 'syslog-tcp',
    event_ts: '2026-01-02T03:04:05.678Z',
    severity: 9,
    host: 'web-1',
    // One frame is one event: a line break in it must not forge a second.
    message: 'octet counted',
    logsource: { category: null, product: 'linux', service: 'sshd' },
    fields: { program: 'sshd', pid: 42, msgid: 'ID1', sd: { 'o@1': { k: 'v' } }, message: 'octet\ncounted' },
    peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    flags: [],
    evidence: null,
    raw_text: octets,
    raw_truncated: false,
  });
  expect(await stored('newline framed')).toMatchObject({
    severity: 17,
    host: 'web-2',
    logsource: { service: 'cron' },
    fields: { program: 'cron', pid: 7 },
    // RFC 3164 states no year and no zone.
    flags: ['time_assumed'],
    raw_text: '<11>Jan  2 03:04:05 web-2 cron[7]: newline framed',
  });
  // The connection ended inside it.
  expect(await stored('second line')).toMatchObject({ host: '', flags: ['time_assumed', 'partial'] });
  expect(await stored('datagram')).toMatchObject({
    source_id: 'syslog-udp',
    severity: 18,
    host: 'web-3',
    message: 'datagram caf\u00e9',
    fields: { program: 'su', msgid: 'ID47' },
    flags: [],
  });
  expect(await stored('json line')).toMatchObject({
    source: 'file',
    source_id: 'file-tail',
    event_ts: '2026-01-02T03:04:05.000Z',
    severity: 17,
    host: 'web-4',
    message: 'json line',
    fields: { user: { name: 'root' }, User: 'root' },
    peer: null,
    raw_text: json,
  });
  expect(await stored('plain text line')).toMatchObject({
    source: 'file',
    severity: 9,
    flags: ['time_assumed'],
  });
  // The counters of receivers reach the core a moment after the commit.
  await until(async () => ((await served.source('file-tail'))?.committed === 2 ? true : null));
  const { sources, events } = await served.stats();
  expect(events).toBe(6);
  expect(sources.map((books) => [books.source_id, books.received, books.committed])).toEqual([
    ['file-tail', 2, 2],
    ['syslog-tcp', 3, 3],
    ['syslog-udp', 1, 1],
  ]);
});

test('a rotated file is read to its end and its successor from the start', async () => {
  const { file } = await start('rotated');
  let written = 0;
  for (let turn = 0; turn < 4; turn += 1) {
    for (let n = 0; n < 50; n += 1, written += 1) appendFileSync(file, `line ${written}\n`);
    renameSync(file, `${file}.${turn}`);
    appendFileSync(`${file}.${turn}`, `line ${written}\n`);
    written += 1;
    appendFileSync(file, `line ${written}\n`);
    written += 1;
  }
  await until(async () => ((await served.source('file-tail'))?.committed === written ? true : null));
  const numbers = (await served.allEvents()).map(({ message }) => Number(message.split(' ')[1]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: written }, (_, n) => n));
});

test('password guessing raises an alert that reaches the stream as document 004 writes it', async () => {
  const { tcp } = await start('guessing');
  const frames: StreamFrame[] = [];
  const socket = new WebSocket(`${served.url.replace('http', 'ws')}/api/v1/ws`);
  socket.on('message', (data: Buffer) => frames.push(streamFrame.parse(JSON.parse(data.toString()))));
  await until(() => (frames.length > 0 ? true : null));
  expect(frames[0]).toMatchObject({
    type: 'status',
    receivers: { syslog: 'ok', file: 'ok' },
    detectors: { sigma: 'ok' },
  });
  const failed = (n: number): string =>
    `<38>1 2026-01-02T03:04:0${n}Z web-1 sshd 42 - - Failed password for root from 203.0.113.7 port 4711 ssh2\n`;
  const ended =
    '<35>1 2026-01-02T03:04:09Z web-1 sshd 42 - - error: maximum authentication attempts exceeded for root from 203.0.113.7 port 4711 ssh2 [preauth]\n';
  await sendTcp(tcp, [1, 2, 3, 4, 5].map(failed).join('') + ended);
  const alert = await until(() => frames.find((frame) => frame.type === 'alert')?.alert ?? null);
  expect(alert).toMatchObject({
    rule_id: GUESSING_RULE,
    rule_kind: 'sigma',
    severity: 'medium',
    title: 'SSH session ended after too many wrong passwords',
    ts: '2026-01-02T03:04:09.000Z',
    attack: { tactic: 'credential-access', technique: 'T1110.001' },
    dedup_key: `sigma:${GUESSING_RULE}:203.0.113.7`,
    status: 'new',
    count: 1,
  });
  expect(alert.entities.map(({ type, value }) => `${type} ${value}`)).toEqual(
    expect.arrayContaining(['ipv4 203.0.113.7', 'user root', 'host web-1']),
  );
  const { items } = (await served.json('/api/v1/alerts')) as { items: AlertWire[] };
  expect(items).toContainEqual(alert);
  const detail = (await served.json(`/api/v1/alerts/${alert.id}`)) as AlertDetailWire;
  expect(detail.events).toHaveLength(1);
  expect(detail.evidence.event_ids).toEqual(detail.events.map(({ id }) => id));
  await until(() => (frames.filter(({ type }) => type === 'event').length === 6 ? true : null));
  const seqs = frames.slice(1).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, n) => (frames[0]?.seq ?? 0) + 1 + n));
  socket.close();
});
