import type { StoreReader } from '../interface/reader.ts';

/** The store's read side as a thread of its own runs it: the same calls, answered before they return. */
export type SyncReader = {
  readonly [Method in keyof StoreReader]: (
    ...args: Parameters<StoreReader[Method]>
  ) => Awaited<ReturnType<StoreReader[Method]>>;
};

/** Makes one call to a reader, wherever it runs. */
export type ReaderCall = <Method extends keyof SyncReader>(
  method: Method,
  ...args: Parameters<SyncReader[Method]>
) => Promise<ReturnType<SyncReader[Method]>>;

/** The asynchronous interface over calls. `close` is the caller's: it ends more than one reader. */
export function asStoreReader(call: ReaderCall, close: () => Promise<void>): StoreReader {
  return {
    pageEvents: (filter, page, order) => call('pageEvents', filter, page, order),
    sweepEvents: (filter, from, limit) => call('sweepEvents', filter, from, limit),
    getEvent: (id) => call('getEvent', id),
    eventContext: (id, count) => call('eventContext', id, count),
    histogram: (filter, bucketMs) => call('histogram', filter, bucketMs),
    topValues: (filter, field, limit) => call('topValues', filter, field, limit),
    fieldCensus: () => call('fieldCensus'),
    pageAlerts: (filter, page) => call('pageAlerts', filter, page),
    getAlert: (id) => call('getAlert', id),
    alertsByIds: (ids) => call('alertsByIds', ids),
    alertEvents: (alertId, page) => call('alertEvents', alertId, page),
    alertCounts: (filter) => call('alertCounts', filter),
    feedback: (alertId, page) => call('feedback', alertId, page),
    ruleVerdicts: () => call('ruleVerdicts'),
    alertsByVerdict: (ruleId, verdict, limit) => call('alertsByVerdict', ruleId, verdict, limit),
    ruleFires: (filter) => call('ruleFires', filter),
    ruleTimeline: (ruleId, span, bucketMs) => call('ruleTimeline', ruleId, span, bucketMs),
    ruleActivity: (span, bucketMs) => call('ruleActivity', span, bucketMs),
    rules: () => call('rules'),
    ruleHistory: (ruleId) => call('ruleHistory', ruleId),
    ruleVersion: (ruleId, version) => call('ruleVersion', ruleId, version),
    records: (kind) => call('records', kind),
    imports: () => call('imports'),
    importRejects: (importId, page) => call('importRejects', importId, page),
    sourceCounters: () => call('sourceCounters'),
    logsources: () => call('logsources'),
    newestStored: () => call('newestStored'),
    detectionRuns: (ruleId, page) => call('detectionRuns', ruleId, page),
    detectionFeedback: (ruleId, page) => call('detectionFeedback', ruleId, page),
    detectionActivity: (sinceTs) => call('detectionActivity', sinceTs),
    offsets: (sourceId) => call('offsets', sourceId),
    checkpoint: (detector) => call('checkpoint', detector),
    liveEventsAfter: (afterSeq, limit) => call('liveEventsAfter', afterSeq, limit),
    extent: () => call('extent'),
    close,
  };
}
