import type { Database } from 'better-sqlite3';
import type { SourceOffset } from '../../pipeline/batch.ts';
import type { SourceCounters } from '../../pipeline/counters.ts';
import type { StoreExtent } from '../interface/reader.ts';
import { AlertReader } from './alert-reader.ts';
import { detectionActivity, detectionFeedbackOf, runsOf } from './detections.ts';
import { readCheckpoint, readLiveEvents } from './checkpoints.ts';
import { EventReader } from './event-reader.ts';
import { alertsByVerdict, feedbackOf, ruleVerdicts } from './feedback.ts';
import { sweepEvents } from './event-sweep.ts';
import { readFieldCensus } from './field-census.ts';
import { readLogsources } from './logsource-books.ts';
import { openReadable, sqliteVersion } from './open.ts';
import { QUERY_LIMIT_MS, QueryLimit, type CancelFlag } from './query-limit.ts';
import { readRuleFires, readRuleFiresIn } from './rule-fires.ts';
import { readRuleHistory, readRules, readRuleVersion } from './rule-store.ts';
import type { SyncReader } from './sync-reader.ts';
import { readImports, readRecords, readRejects } from './workspace-reader.ts';

export interface ReaderOptions {
  readonly limitMs?: number;
  /** Set to 1 from any thread to stop the running call. */
  readonly cancel?: CancelFlag;
}

/** A reader in this thread, on its own read-only connection. Each call sees what was committed before it. */
export function openSqliteReader(dataDir: string, options: ReaderOptions = {}): SyncReader {
  const db = openReadable(dataDir);
  const limit = new QueryLimit(db, options.cancel ?? new Int32Array(1), options.limitMs ?? QUERY_LIMIT_MS);
  return readerOver(db, limit);
}

function readerOver(db: Database, limit: QueryLimit): SyncReader {
  const events = new EventReader(db, limit);
  const alerts = new AlertReader(db);
  /** One request: the clock starts, and one snapshot serves all its statements. */
  const request = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
    const inOneSnapshot = db.transaction(work);
    return (...args: A) => {
      limit.start();
      return inOneSnapshot(...args);
    };
  };
  return {
    pageEvents: request((filter, page, order) => events.page(filter, page, order)),
    sweepEvents: request((filter, from, count) => sweepEvents(db, limit, { filter, from, count })),
    getEvent: request((id) => events.get(id)),
    eventContext: request((id, count) => events.context(id, count)),
    histogram: request((filter, bucketMs) => events.histogram(filter, bucketMs)),
    topValues: request((filter, field, count) => events.topValues(filter, field, count)),
    fieldCensus: request(() => readFieldCensus(db, limit)),
    pageAlerts: request((filter, page) => alerts.page(filter, page)),
    getAlert: request((id) => alerts.get(id)),
    alertsByIds: request((ids) => ids.map((id) => alerts.get(id)).filter((alert) => alert !== null)),
    alertEvents: request((id, page) => alerts.events(id, page)),
    alertCounts: request((filter) => alerts.counts(filter)),
    feedback: request((alertId, page) => feedbackOf(db, alertId, page)),
    ruleVerdicts: request(() => ruleVerdicts(db)),
    alertsByVerdict: request((ruleId, verdict, count) => alertsByVerdict(db, ruleId, verdict, count)),
    ruleFires: request((filter) => (filter === undefined ? readRuleFires(db) : readRuleFiresIn(db, filter))),
    ruleTimeline: request((ruleId, span, bucketMs) => alerts.ruleTimeline(ruleId, span, bucketMs)),
    ruleActivity: request((span, bucketMs) => alerts.ruleActivity(span, bucketMs)),
    rules: request(() => readRules(db)),
    ruleHistory: request((ruleId) => readRuleHistory(db, ruleId)),
    ruleVersion: request((ruleId, version) => readRuleVersion(db, ruleId, version)),
    records: request((kind) => readRecords(db, kind)),
    imports: request(() => readImports(db)),
    importRejects: request((importId, page) => readRejects(db, importId, page)),
    sourceCounters: request(() => readCounters(db)),
    logsources: request(() => readLogsources(db)),
    newestStored: request(() => newestSeq(db)),
    detectionRuns: request((ruleId, page) => runsOf(db, ruleId, page)),
    detectionFeedback: request((ruleId, page) => detectionFeedbackOf(db, ruleId, page)),
    detectionActivity: request((sinceTs) => detectionActivity(db, sinceTs)),
    offsets: request((sourceId) => readOffsets(db, sourceId)),
    checkpoint: request((detector) => readCheckpoint(db, detector)),
    liveEventsAfter: request((afterSeq, limit) => readLiveEvents(db, afterSeq, limit)),
    extent: request(() => readExtent(db)),
    close: () => {
      db.close();
    },
  };
}

function readCounters(db: Database): Omit<SourceCounters, 'inQueue'>[] {
  const sources = db
    .prepare<[], { key: number; source_id: string; received: number; committed: number }>(
      'SELECT key, source_id, received, committed FROM sources ORDER BY source_id',
    )
    .all();
  const reasons = db
    .prepare<[], { source_key: number; door: string; reason: string; count: number }>(
      'SELECT source_key, door, reason, count FROM source_reasons',
    )
    .all();
  const of = (key: number, door: string): Record<string, number> =>
    Object.fromEntries(
      reasons
        .filter((row) => row.source_key === key && row.door === door)
        .map((row) => [row.reason, row.count]),
    );
  return sources.map(({ key, source_id, received, committed }) => ({
    sourceId: source_id,
    received,
    committed,
    rejected: of(key, 'rejected'),
    dropped: of(key, 'dropped'),
  }));
}

function newestSeq(db: Database): number {
  return Number(db.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get());
}

function readOffsets(db: Database, sourceId: string): SourceOffset[] {
  return db
    .prepare<[string], SourceOffset>(
      `SELECT s.source_id AS sourceId, o.file_key AS fileKey, o.path, o.offset, o.fingerprint
       FROM offsets o JOIN sources s ON s.key = o.source_key WHERE s.source_id = ? ORDER BY o.file_key`,
    )
    .all(sourceId);
}

function readExtent(db: Database): StoreExtent {
  const row = db
    .prepare<[], Omit<StoreExtent, 'sizeBytes' | 'engineVersion'>>(
      // Counting the narrowest index: 60 ms for a million events.
      `SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM alerts) AS alerts,
         (SELECT min(event_ts) FROM events) AS first, (SELECT max(event_ts) FROM events) AS last`,
    )
    .get();
  const pages = Number(db.pragma('page_count', { simple: true }));
  const sizeBytes = pages * Number(db.pragma('page_size', { simple: true }));
  return {
    events: 0,
    alerts: 0,
    first: null,
    last: null,
    ...row,
    sizeBytes,
    engineVersion: sqliteVersion(db),
  };
}
