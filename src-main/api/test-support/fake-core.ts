import type { ImportProgress, PipelineCommands } from '../../pipeline/commands.ts';
import { toColumns } from '../../pipeline/columns.ts';
import type { ImportRecord } from '../../store/interface/imports.ts';
import type { Page, StoreReader } from '../../store/interface/reader.ts';
import type { WorkspaceRecord } from '../../store/interface/records.ts';
import type { StoreWriter, TokenRecord } from '../../store/interface/writer.ts';
import { fakeDetections } from './fake-detections.ts';
import { fakeRules } from './fake-rules.ts';
import { fakeRuleSettings } from './fake-rule-settings.ts';
import { fakeQuestions } from './fake-questions.ts';
import {
  importedEvent,
  NOW,
  sampleAlert,
  sampleEvent,
  sampleImport,
  sampleLayerRecord,
  sampleRule,
  sampleStatus,
  sampleVersion,
  sampleVersionText,
} from './samples.ts';

/** A core in memory: enough behaviour for every route to answer, and what was asked of it for assertions. */
export interface FakeCore {
  readonly reader: StoreReader;
  readonly writer: StoreWriter;
  readonly commands: PipelineCommands;
  /** Arguments of the calls that tests look at, by name, oldest first. */
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  readonly tokens: TokenRecord[];
}

export function createFakeCore(): FakeCore {
  const calls: FakeCore['calls'] = [];
  const tokens: TokenRecord[] = [];
  const imports = new Map<string, ImportRecord>([[sampleImport.id, sampleImport]]);
  const records: WorkspaceRecord[] = [sampleLayerRecord];
  return {
    calls,
    tokens,
    reader: fakeReader(calls, imports, records),
    writer: fakeWriter(calls, tokens, records),
    commands: fakeCommands(calls, imports),
  };
}

function page<T>(...items: readonly T[]): Page<T> {
  return { items, total: items.length, totalIsExact: true, nextCursor: null };
}

function fakeReader(
  calls: FakeCore['calls'],
  imports: ReadonlyMap<string, ImportRecord>,
  records: readonly WorkspaceRecord[],
): StoreReader {
  const events = [sampleEvent, importedEvent];
  const log = (name: string, ...args: readonly unknown[]) => calls.push({ name, args });
  return {
    pageEvents: async (...args) => {
      log('pageEvents', ...args);
      return Promise.resolve(page(...events));
    },
    sweepEvents: () => Promise.resolve({ events: toColumns(events), next: null }),
    getEvent: (id) => Promise.resolve(events.find((event) => event.id === id) ?? null),
    eventContext: () => Promise.resolve({ before: [importedEvent], after: [] }),
    histogram: (filter, bucketMs) => {
      log('histogram', filter, bucketMs);
      const start = Math.floor(sampleEvent.eventTs / bucketMs) * bucketMs;
      return Promise.resolve([{ start, total: 2, bySeverity: { warning: 2 } }]);
    },
    topValues: () => Promise.resolve({ sampled: 2, values: [{ value: 'web-01', count: 2 }] }),
    fieldCensus: () => Promise.resolve([]),
    pageAlerts: (...args) => {
      log('pageAlerts', ...args);
      return Promise.resolve(page(sampleAlert));
    },
    getAlert: (id) => Promise.resolve(id === sampleAlert.id ? sampleAlert : null),
    alertsByIds: () => Promise.resolve([sampleAlert]),
    alertEvents: () => Promise.resolve(page(sampleEvent)),
    alertCounts: () => Promise.resolve({ informational: 0, low: 0, medium: 0, high: 1, critical: 0 }),
    ruleFires: () => Promise.resolve([{ ruleId: sampleRule.id, count: 3, lastFired: NOW }]),
    ruleTimeline: (_id, span, bucketMs) =>
      Promise.resolve([{ start: (span.until ?? NOW) - bucketMs, count: 3 }]),
    ruleActivity: (span, bucketMs) =>
      Promise.resolve([{ ruleId: sampleRule.id, start: span.until - bucketMs, count: 3 }]),
    rules: () => Promise.resolve([]),
    ruleHistory: (id) => Promise.resolve(id === sampleRule.id ? [sampleVersion] : []),
    ruleVersion: (id, version) =>
      Promise.resolve(id === sampleRule.id && version === 1 ? sampleVersionText : null),
    feedback: () => Promise.resolve({ items: [], total: 0, totalIsExact: true, nextCursor: null }),
    ruleVerdicts: () =>
      Promise.resolve([{ ruleId: sampleAlert.ruleId, truePositive: 3, falsePositive: 1, benign: 0 }]),
    alertsByVerdict: () => Promise.resolve([sampleAlert.id]),
    newestStored: () => Promise.resolve(2),
    detectionRuns: () => Promise.resolve(page()),
    detectionFeedback: () => Promise.resolve(page()),
    detectionActivity: () =>
      Promise.resolve({ runs: 0, matches: 0, suppressed: 0, matchesByRule: [], falsePositivesByRule: [] }),
    records: (kind) => Promise.resolve(records.filter((record) => record.kind === kind)),
    imports: () => Promise.resolve([...imports.values()]),
    importRejects: () =>
      Promise.resolve(
        page({
          sourceId: sampleImport.id,
          path: 'a.json',
          offset: 0,
          length: 3,
          reason: 'invalid_json',
          detail: 'line 1',
          sample: Uint8Array.of(0x7b, 0xff, 0x7d),
        }),
      ),
    sourceCounters: () => Promise.resolve(sampleStatus.sources),
    logsources: () => Promise.resolve([{ logsource: sampleRule.logsource, events: 2, lastTs: NOW }]),
    offsets: () => Promise.resolve([]),
    checkpoint: () => Promise.resolve(null),
    liveEventsAfter: () => Promise.resolve({ events: [], lastSeq: null }),
    extent: () =>
      Promise.resolve({
        events: 2,
        alerts: 1,
        first: NOW - 90_000,
        last: NOW,
        sizeBytes: 4096,
        engineVersion: '3.54.1',
      }),
    close: () => Promise.resolve(),
  };
}

function fakeWriter(
  calls: FakeCore['calls'],
  tokens: TokenRecord[],
  records: WorkspaceRecord[],
): StoreWriter {
  const unused = () => Promise.reject(new Error('The API does not call this.'));
  return {
    commit: unused,
    addFeedback: (feedback) => {
      calls.push({ name: 'addFeedback', args: [feedback] });
      return Promise.resolve(true);
    },
    saveRules: unused,
    saveImport: unused,
    saveDetectionRun: unused,
    addDetectionFeedback: (feedback) => {
      calls.push({ name: 'addDetectionFeedback', args: [feedback] });
      return Promise.resolve();
    },
    saveRecord: (record) => {
      calls.push({ name: 'saveRecord', args: [record] });
      records.push(record);
      return Promise.resolve();
    },
    deleteRecord: (kind, name) => {
      calls.push({ name: 'deleteRecord', args: [kind, name] });
      const at = records.findIndex((record) => record.kind === kind && record.name === name);
      if (at >= 0) records.splice(at, 1);
      return Promise.resolve(at >= 0);
    },
    undoImport: unused,
    setAlertStatus: (id, status) => {
      calls.push({ name: 'setAlertStatus', args: [id, status] });
      return Promise.resolve(id === sampleAlert.id);
    },
    saveToken: (token) => {
      tokens.push(token);
      return Promise.resolve();
    },
    tokens: () => Promise.resolve([...tokens]),
    close: () => Promise.resolve(),
  };
}

function fakeCommands(calls: FakeCore['calls'], imports: Map<string, ImportRecord>): PipelineCommands {
  const start = (id: string, paths: readonly string[]): Promise<string> => {
    imports.set(id, { ...sampleImport, id, paths, state: 'running', createdTs: NOW });
    return Promise.resolve(id);
  };
  const progress: ImportProgress = {
    currentFile: 'a.evtx',
    bytesTotal: 10,
    bytesDone: 5,
    events: 1,
    rejected: 0,
    eventsPerSecond: 1,
    bytesPerSecond: 5,
    etaSeconds: 1,
  };
  return {
    imports: {
      start: ({ paths }) => start('started', paths),
      receive: async (name, body) => {
        let sizeBytes = 0;
        for await (const chunk of body) sizeBytes += chunk.length;
        calls.push({ name: 'receive', args: [name, sizeBytes] });
        return start('uploaded', [name]);
      },
      openSample: () => start('sample', []),
      cancel: (id) => imports.get(id)?.state === 'running',
      undo: () => Promise.resolve({ events: 10, alerts: 1 }),
      progress: () => new Map([['started', progress]]),
    },
    evidence: { read: (_position, maxBytes) => Promise.resolve(new Uint8Array(maxBytes).fill(0x41)) },
    rules: fakeRules(calls),
    ruleSettings: fakeRuleSettings(),
    questions: fakeQuestions(),
    detections: fakeDetections(),
    status: {
      current: () => sampleStatus,
      obstacle: () => null,
      config: () => ({ api_port: 8080, webhook_secret: '***' }),
    },
  };
}
