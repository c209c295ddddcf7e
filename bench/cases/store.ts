import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEvent } from '#shared/model/event.ts';
import { parseQuery } from '#shared/query/parser.ts';
import type { CommitBatch } from '../../src-main/pipeline/batch.ts';
import { EVERY_EVENT, type EventFilter } from '../../src-main/store/interface/reader.ts';
import {
  sampleBatch,
  sampleDetection,
  sampleEvents,
  seededRandom,
} from '../../src-main/store/kit/sample-events.ts';
import { RawStore } from '../../src-main/store/sqlite/raw-store.ts';
import { openSqliteReader } from '../../src-main/store/sqlite/reader.ts';
import { openSqliteWriter } from '../../src-main/store/sqlite/writer.ts';
import { report, rounded, temporaryFolder } from '../kit.ts';

const EVENTS = 100_000;
const BATCH = 1000;
/** One event in so many raises an alert: more than real rules do. */
const DETECTION_EVERY = 50;

/**
 * Rows a second that the store commits with everything on (synchronous FULL, indexes, text index, alerts,
 * counters), and the ratio to inserts of the same rows into a plain table with the same settings.
 */
export async function run(): Promise<void> {
  const events = windowsEvents(EVENTS);
  const batches: CommitBatch[] = [];
  for (let at = 0; at < events.length; at += BATCH) {
    const slice = events.slice(at, at + BATCH);
    const detections = slice
      .filter((_, index) => index % DETECTION_EVERY === 0)
      .map((event) => sampleDetection(event));
    batches.push(sampleBatch(slice, detections));
  }
  const raw = rawInserts(batches);
  const folder = temporaryFolder('store');
  const writer = openSqliteWriter(folder);
  const latencies: number[] = [];
  const start = performance.now();
  for (const batch of batches) {
    const before = performance.now();
    writer.commit(batch);
    latencies.push(performance.now() - before);
  }
  const perSecond = events.length / ((performance.now() - start) / 1000);
  writer.close();
  latencies.sort((a, b) => a - b);
  report('store', 'commit', {
    events_per_s: rounded(perSecond),
    raw_inserts_per_s: rounded(raw),
    ratio: rounded(perSecond / raw),
    bytes_per_event: rounded(statSync(join(folder, 'harrier.db')).size / events.length),
    batch_p50_ms: rounded(latencies[latencies.length >> 1] ?? 0),
    batch_p99_ms: rounded(latencies[Math.floor(latencies.length * 0.99)] ?? 0),
  });
  queries(folder);
  return Promise.resolve();
}

function rawInserts(batches: readonly CommitBatch[]): number {
  const store = new RawStore(temporaryFolder('store-raw'));
  const start = performance.now();
  for (const batch of batches) store.commit(batch.events);
  const perSecond = (batches.length * BATCH) / ((performance.now() - start) / 1000);
  store.close();
  return perSecond;
}

function queries(folder: string): void {
  const reader = openSqliteReader(folder);
  const page = { limit: 50, offset: 0, cursor: null };
  for (const text of [
    '',
    'needle77777',
    'svchost.exe',
    'CommandLine:*needle7777*',
    'NOT EventID:4688',
    'host:ws-7',
  ]) {
    const parsed = parseQuery(text);
    if (!parsed.ok) throw new Error(parsed.message);
    const filter: EventFilter = { ...EVERY_EVENT, query: parsed.node };
    reader.pageEvents(filter, page, 'newest');
    const before = performance.now();
    const { total } = reader.pageEvents(filter, page, 'newest');
    report('store', `page ${text}`, { ms: rounded(performance.now() - before), total });
  }
  const before = performance.now();
  reader.histogram(EVERY_EVENT, 60_000);
  report('store', 'histogram', { ms: rounded(performance.now() - before) });
  reader.close();
}

/** Process creations of the size that Sysmon writes: about 1 KB of record each. */
function windowsEvents(count: number): LogEvent[] {
  const random = seededRandom(7);
  const [template] = sampleEvents(1);
  if (template === undefined) throw new Error('The sample is empty.');
  const ids = sampleIds(count);
  return ids.map((id, index) => {
    const pid = Math.floor(random() * 65_536);
    const hash = Array.from({ length: 8 }, () => Math.floor(random() * 2 ** 32).toString(16)).join('');
    const image = `C:\\Windows\\System32\\${['svchost', 'cmd', 'conhost', 'wmiprvse'][pid % 4] ?? ''}.exe`;
    const commandLine = `"${image}" -k netsvcs -p -s needle${String(index)}`;
    return {
      ...template,
      id,
      eventTs: template.eventTs + index * 20,
      sourceId: 'imp_bench',
      source: 'evtx',
      host: `ws-${String(pid % 50)}`,
      message: `Process created: ${commandLine}`,
      fields: {
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Provider_Name: 'Microsoft-Windows-Sysmon',
        Computer: `ws-${String(pid % 50)}.corp.example`,
        EventRecordID: index,
        UtcTime: new Date(template.eventTs + index * 20).toISOString(),
        ProcessGuid: `{${hash.slice(0, 8)}-${hash.slice(8, 12)}-0000-0010-${hash.slice(12, 24)}}`,
        ProcessId: pid,
        Image: image,
        FileVersion: '10.0.19041.1 (WinBuild.160101.0800)',
        Description: 'Host Process for Windows Services',
        Company: 'Microsoft Corporation',
        CommandLine: commandLine,
        CurrentDirectory: 'C:\\Windows\\system32\\',
        User: 'NT AUTHORITY\\SYSTEM',
        LogonGuid: '{00000000-0000-0000-e703-000000000000}',
        IntegrityLevel: 'System',
        Hashes: `SHA256=${hash}`,
        ParentImage: 'C:\\Windows\\System32\\services.exe',
        ParentCommandLine: 'C:\\Windows\\system32\\services.exe',
      },
      raw: null,
      evidence: {
        evidenceId: 'ab'.repeat(32),
        path: 'case/Sysmon.evtx',
        offset: index * 900,
        length: 900,
        recordId: index,
      },
    };
  });
}

function sampleIds(count: number): string[] {
  return sampleEvents(count).map((event) => event.id);
}
