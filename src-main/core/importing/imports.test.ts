import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { EventDetailWire } from '#shared/contract/events.ts';
import type { ImportWire } from '#shared/contract/imports.ts';
import { total } from '../../pipeline/counters.ts';
import { buildZip } from '../../ingest/evidence/build-zip.ts';
import { ServedHarrier, until } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
let served: ServedHarrier;
afterEach(() => served.stop());

const newFolder = (): string => {
  const path = join(folder, `case-${(made += 1)}`);
  mkdirSync(path);
  return path;
};

const start = (): Promise<ServedHarrier> => ServedHarrier.start({ dataDir: `${newFolder()}-data` });

/** A Sysmon process start as evtx_dump writes it. A shipped rule knows the second kind. */
function record(id: number, commandLine = 'notepad.exe'): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
        EventID: 1,
        EventRecordID: id,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Computer: 'WS-1',
        TimeCreated: { '#attributes': { SystemTime: '2026-01-02T03:04:05.000Z' } },
      },
      EventData: { Image: 'C:\\Windows\\System32\\vssadmin.exe', CommandLine: commandLine },
    },
  });
}

const HOSTILE = 'vssadmin.exe delete shadows /all /quiet';

const records = (count: number): string => Array.from({ length: count }, (_, id) => record(id)).join('\n');

// The API's own tests check every answer against the contract.
const getImport = (id: string): Promise<ImportWire> =>
  served.json(`/api/v1/imports/${id}`) as Promise<ImportWire>;

async function begin(...paths: string[]): Promise<string> {
  return ((await served.post('/api/v1/imports', { paths })) as ImportWire).id;
}

function ended(id: string): Promise<ImportWire> {
  return until(async () => {
    const report = await getImport(id);
    return report.state === 'queued' || report.state === 'running' ? null : report;
  });
}

async function books(id: string) {
  const counters = await served.source(id);
  return counters ?? { received: 0, committed: 0, rejected: {}, dropped: {}, in_queue: 0 };
}

test('a folder of good and bad files: each is accounted for, and an undo takes it all back', async () => {
  served = await start();
  const evidence = newFolder();
  const put = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(evidence, name), content);
  put('a-good.json', [record(1, HOSTILE), record(2), record(3, HOSTILE)].join('\n'));
  put('b-empty.json', '');
  put('c-program.exe', Buffer.from('MZ\0\x01\x02', 'latin1'));
  put('d-cut.json.gz', gzipSync(records(5_000)).subarray(0, 9_000));
  put('e-noise.json', Buffer.from(`${record(4)}\n{"broken": \n\0\xff\n${record(5)}\n`, 'latin1'));
  put('f-inside.zip', buildZip([{ name: 'x/g.json', content: Buffer.from(records(7)) }]));

  const report = await ended(await begin(evidence, join(evidence, 'missing.evtx')));
  expect(report.state).toBe('done');
  const files = new Map(report.report.files.map((file) => [basename(file.path), file]));
  expect(files.get('a-good.json')).toMatchObject({ outcome: 'ok', reason: null, events: 3 });
  expect(files.get('b-empty.json')).toMatchObject({ outcome: 'empty' });
  expect(files.get('c-program.exe')).toMatchObject({ outcome: 'failed' });
  expect(files.get('c-program.exe')?.reason).toContain('a Windows program');
  expect(files.get('d-cut.json.gz')).toMatchObject({ outcome: 'partly_read' });
  expect(files.get('d-cut.json.gz')?.reason).toMatch(/^Incomplete: /);
  expect(files.get('d-cut.json.gz')?.events).toBeGreaterThan(100);
  expect(files.get('e-noise.json')).toMatchObject({ outcome: 'partly_read', events: 2 });
  expect(files.get('f-inside.zip')).toMatchObject({ outcome: 'ok', events: 7 });
  expect(files.get('missing.evtx')).toMatchObject({ outcome: 'failed' });
  expect(files.get('missing.evtx')?.reason).toContain('does not exist');

  const sum = (key: 'events' | 'rejected'): number =>
    report.report.files.reduce((counted, file) => counted + file[key], 0);
  const counters = await books(report.id);
  expect(report.report.events).toBe(sum('events'));
  expect(total(report.report.rejected)).toBe(sum('rejected'));
  expect(counters).toMatchObject({
    received: sum('events') + sum('rejected'),
    committed: sum('events'),
    rejected: report.report.rejected,
    in_queue: 0,
  });
  const stats = await served.stats();
  expect(stats).toMatchObject({ events: sum('events'), alerts: report.report.alerts });
  expect(stats.alerts).toBeGreaterThan(0);
  const rejects = (await served.json(`/api/v1/imports/${report.id}/rejects`)) as {
    total: number;
    items: { path: string; reason: string }[];
  };
  expect(rejects.total).toBe(sum('rejected'));
  expect(rejects.items.map(({ path }) => basename(path))).toContain('e-noise.json');

  const again = await ended(await begin(join(evidence, 'a-good.json')));
  expect(again.report.files).toMatchObject([{ outcome: 'duplicate', events: 0 }]);
  expect(again.report.files[0]?.reason).toContain('imported before');

  expect(await served.post(`/api/v1/imports/${report.id}/undo`)).toMatchObject({
    events_removed: sum('events'),
    alerts_removed: report.report.alerts,
    import: { state: 'undone' },
  });
  expect(await served.stats()).toMatchObject({ events: 0, alerts: 0 });
  // What was undone may come in again.
  const third = await ended(await begin(join(evidence, 'a-good.json')));
  expect(third.report).toMatchObject({ events: 3, files: [{ outcome: 'ok' }] });
});

test('a cancelled import keeps what it committed, says so, and can be undone', async () => {
  served = await start();
  const path = join(newFolder(), 'big.json');
  writeFileSync(path, `${records(200_000)}\n`);
  const id = await begin(path);
  const queued = await begin(path);
  await served.post(`/api/v1/imports/${queued}/cancel`);
  await until(async () => (((await getImport(id)).progress?.events ?? 0) > 2_000 ? true : null));
  await served.post(`/api/v1/imports/${id}/cancel`);
  const report = await ended(id);
  expect(report.state).toBe('cancelled');
  const { events } = await served.stats();
  expect(events).toBeGreaterThan(2_000);
  expect(events).toBeLessThan(200_000);
  expect(report.report).toMatchObject({ events, files: [{ outcome: 'cancelled', events }] });
  expect(await books(id)).toMatchObject({ received: events, committed: events, in_queue: 0 });
  expect(await ended(queued)).toMatchObject({ state: 'cancelled', report: { events: 0 } });
  expect(await served.post(`/api/v1/imports/${id}/undo`)).toMatchObject({ events_removed: events });
  expect((await served.stats()).events).toBe(0);
});

test('an import that runs when the core is killed is failed after the restart, and can be undone', async () => {
  const dataDir = `${newFolder()}-data`;
  served = await ServedHarrier.start({ dataDir });
  const path = join(newFolder(), 'big.json');
  writeFileSync(path, `${records(200_000)}\n`);
  const id = await begin(path);
  await until(async () => ((await served.stats()).events > 2_000 ? true : null));
  await served.stop('SIGKILL');

  served = await ServedHarrier.start({ dataDir });
  const report = await getImport(id);
  expect(report.state).toBe('failed');
  expect(report.reason).toContain('Harrier stopped while this import ran');
  const { events } = await served.stats();
  expect(events).toBeGreaterThan(2_000);
  expect(await books(id)).toMatchObject({ received: events, committed: events });
  expect(await served.post(`/api/v1/imports/${id}/undo`)).toMatchObject({ events_removed: events });
  expect((await served.stats()).events).toBe(0);
});

test('whatever an upload calls itself, it stays inside the data folder', async () => {
  const dataDir = `${newFolder()}-data`;
  served = await ServedHarrier.start({ dataDir });
  const uploads = join(dataDir, 'evidence', 'uploads');
  const before = readdirSync(folder, { recursive: true }).length;
  const names = [
    '../../x.json',
    '..\\..\\x.json',
    '/etc/x.json',
    '..',
    '.bashrc',
    '長'.repeat(400),
    '\0\u202e',
  ];
  for (const [index, name] of names.entries()) {
    const upload = (await served.json(`/api/v1/imports/upload?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: record(index),
    })) as ImportWire;
    const { report } = await ended(upload.id);
    expect(report.events).toBe(1);
    const path = report.files[0]?.path ?? '';
    expect(relative(uploads, path).split('/')).toEqual([
      expect.stringMatching(/^\w+$/),
      expect.stringMatching(/^[^./\\]/),
    ]);
    expect(readFileSync(path, 'utf8')).toBe(record(index));
  }
  // Each upload is a folder with a file, in "evidence/uploads"; nothing came to be anywhere else.
  expect(readdirSync(folder, { recursive: true }).length - before).toBe(2 * names.length + 2);
});

test('the original bytes of an event come back from a plain file, a gzip and a zip, until the evidence is gone', async () => {
  served = await start();
  const evidence = join(newFolder(), 'it is urgent!');
  mkdirSync(evidence);
  const odd = '{"Event":{"note":"caf\u00e9 \ud83e\udd85",   "n":1}}';
  const lines = [record(1), odd, record(3)];
  const content = Buffer.from(`${lines.join('\n')}\n`);
  writeFileSync(join(evidence, 'plain.json'), content);
  writeFileSync(
    join(evidence, 'packed.json.gz'),
    gzipSync(Buffer.concat([content, Buffer.from('{"other":1}\n')])),
  );
  const members = [
    { name: 'first.json', content: Buffer.from(records(50)) },
    { name: 'second!.json', content: Buffer.concat([Buffer.from('{"head":2}\n'), content]) },
  ];
  writeFileSync(join(evidence, 'archive.zip'), buildZip(members));
  for (const name of ['plain.json', 'packed.json.gz', 'archive.zip']) {
    const { id } = await ended(await begin(join(evidence, name)));
    const found = await served.allEvents(`import_id=${id}`);
    const texts: string[] = [];
    for (const { id: eventId } of found) {
      const event = (await served.json(`/api/v1/events/${eventId}`)) as EventDetailWire;
      expect(Buffer.from(event.raw_base64 ?? '', 'base64').toString()).toBe(event.raw_text);
      texts.push(event.raw_text ?? '');
    }
    expect(texts).toEqual(expect.arrayContaining(lines));
  }
  rmSync(evidence, { recursive: true });
  expect(existsSync(evidence)).toBe(false);
  const [gone] = (await served.events()).items;
  const event = (await served.json(`/api/v1/events/${gone!.id}`)) as EventDetailWire;
  expect(event).toMatchObject({ id: gone!.id, raw_text: null, raw_base64: null, raw_truncated: false });
});
