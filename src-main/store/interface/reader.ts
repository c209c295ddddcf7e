import type { Alert, AlertStatus } from '#shared/model/alert.ts';
import type { LogEvent, LogSource } from '#shared/model/event.ts';
import type { Feedback, Verdict, VerdictCounts } from '#shared/model/feedback.ts';
import type { Level } from '#shared/model/severity.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import type { RejectedRecord, SourceOffset } from '../../pipeline/batch.ts';
import type { EventColumns } from '../../pipeline/columns.ts';
import type { SourceCounters } from '../../pipeline/counters.ts';
import type { LogsourceFields } from './field-census.ts';
import type { DetectionActivity, DetectionFeedback, DetectionRun } from './detections.ts';
import type { ImportRecord } from './imports.ts';
import type { RecordKind, WorkspaceRecord } from './records.ts';
import type { RuleRecord, RuleVersion, RuleVersionText } from './rules.ts';

/** Half-open span of event time, UTC epoch milliseconds; null means unbounded on that side. */
export interface TimeSpan {
  readonly since: number | null;
  readonly until: number | null;
}

export interface PageRequest {
  /** 1-500. */
  readonly limit: number;
  readonly offset: number;
  /** Stable while rows arrive; overrides `offset`. Opaque, from `nextCursor`. */
  readonly cursor: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Exact up to `TOTAL_CAP` and where counting was quick; else a lower bound, and `totalIsExact` is false. */
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly nextCursor: string | null;
}

export interface EventFilter extends TimeSpan {
  readonly query: QueryNode | null;
  /** Value or UUID of an entity that the event names. */
  readonly entity: string | null;
  readonly template: string | null;
  readonly source: string | null;
  readonly severityMin: number | null;
  readonly severityMax: number | null;
  readonly importId: string | null;
  /** Only events behind `after` and up to `upTo`, by `newestStored`; null for all. */
  readonly stored: StoredSpan | null;
}

/** Part of the events in the order in which they were stored, whatever time they state. */
export interface StoredSpan {
  readonly after: number;
  readonly upTo: number;
}

/** The filter that every event passes. */
export const EVERY_EVENT: EventFilter = {
  since: null,
  until: null,
  query: null,
  entity: null,
  template: null,
  source: null,
  severityMin: null,
  severityMax: null,
  importId: null,
  stored: null,
};

export type EventOrder = 'newest' | 'oldest';

/** Some of the events that pass a filter, for somebody who looks at all of them. */
export interface EventRun {
  /** In the order in which they were stored, without their original bytes. */
  readonly events: EventColumns;
  /** Where the next run begins; null when this one is the last. */
  readonly next: number | null;
}

/** One histogram bar: start of the bucket and events per severity band. */
export interface HistogramBucket {
  readonly start: number;
  readonly total: number;
  readonly bySeverity: Readonly<Record<string, number>>;
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface AlertFilter extends TimeSpan {
  readonly severities: readonly Level[];
  readonly ruleId: string | null;
  readonly entity: string | null;
  readonly statuses: readonly AlertStatus[];
  readonly text: string | null;
  readonly technique: string | null;
  readonly importId: string | null;
}

/** Which occurrences of alerts count: event time, and the import whose events they are. */
export interface FireFilter extends TimeSpan {
  readonly importId: string | null;
}

/** Stored events of one log source. */
export interface LogsourceCount {
  readonly logsource: LogSource;
  readonly events: number;
  /** Newest event, UTC epoch milliseconds. */
  readonly lastTs: number;
}

/** One bar of a rule's fire histogram. */
export interface TimeBucket {
  readonly start: number;
  readonly count: number;
}

export interface RuleBucket extends TimeBucket {
  readonly ruleId: string;
}

/** From `since`, before `until`. */
export interface ClosedSpan {
  readonly since: number;
  readonly until: number;
}

export interface RuleFires {
  readonly ruleId: string;
  readonly count: number;
  readonly lastFired: number;
}

/** Alerts of a rule by their newest verdict. */
export interface RuleVerdicts extends VerdictCounts {
  readonly ruleId: string;
}

export interface StoreExtent {
  readonly events: number;
  readonly alerts: number;
  /** Time span of what is stored; null while empty. */
  readonly first: number | null;
  readonly last: number | null;
  readonly sizeBytes: number;
  /** Version of the database engine underneath, for support: "3.54.1". */
  readonly engineVersion: string;
}

/** A detector's state, and the number of the last event that it covers. */
export interface StoredCheckpoint {
  readonly afterSeq: number;
  readonly state: Uint8Array;
}

export interface LiveEvents {
  readonly events: readonly LogEvent[];
  /** Number of the last of them, to go on behind; null when there were none. */
  readonly lastSeq: number | null;
}

/**
 * The read side of any store. Narrow on purpose (architecture decision 6): page, aggregate, search. Every call
 * may reject with `query_timeout`; none blocks the writer.
 */
export interface StoreReader {
  pageEvents(filter: EventFilter, page: PageRequest, order: EventOrder): Promise<Page<LogEvent>>;
  /** Events from position `from` (0 at first) on, at most `limit`; a run may be empty and not the last. */
  sweepEvents(filter: EventFilter, from: number, limit: number): Promise<EventRun>;
  getEvent(id: string): Promise<LogEvent | null>;
  /** Number of the newest event in the order of storing; 0 while there is none. */
  newestStored(): Promise<number>;
  /** Up to `count` events of the same host on each side of an event, in time order, without itself. */
  eventContext(
    id: string,
    count: number,
  ): Promise<{ before: readonly LogEvent[]; after: readonly LogEvent[] }>;
  histogram(filter: EventFilter, bucketMs: number): Promise<readonly HistogramBucket[]>;
  /** Most frequent values of one field, over at most `FIELD_SAMPLE` of the newest matching events. */
  topValues(
    filter: EventFilter,
    field: string,
    limit: number,
  ): Promise<{ sampled: number; values: readonly ValueCount[] }>;
  /** Fields of the stored events by logsource, most events first, from a sample of the newest of each. */
  fieldCensus(): Promise<readonly LogsourceFields[]>;
  pageAlerts(filter: AlertFilter, page: PageRequest): Promise<Page<Alert>>;
  getAlert(id: string): Promise<Alert | null>;
  /** Those of `ids` that exist, in the order asked: what a commit's receipt names, for the stream. */
  alertsByIds(ids: readonly string[]): Promise<readonly Alert[]>;
  alertEvents(alertId: string, page: PageRequest): Promise<Page<LogEvent>>;
  alertCounts(filter: AlertFilter): Promise<Readonly<Record<Level, number>>>;
  /** An alert's feedback, newest first; empty for an alert that there never was. */
  feedback(alertId: string, page: PageRequest): Promise<Page<Feedback>>;
  /** Rules on whose alerts someone gave a verdict. */
  ruleVerdicts(): Promise<readonly RuleVerdicts[]>;
  /** Ids of at most `limit` alerts of a rule that have this verdict, the newest verdict first. */
  alertsByVerdict(ruleId: string, verdict: Verdict, limit: number): Promise<readonly string[]>;
  /** Rules that fired, by id; with a filter only what passes it is counted. */
  ruleFires(filter?: FireFilter): Promise<readonly RuleFires[]>;
  ruleTimeline(ruleId: string, span: TimeSpan, bucketMs: number): Promise<readonly TimeBucket[]>;
  /** The timelines of all rules that fired in the span, in one answer. */
  ruleActivity(span: ClosedSpan, bucketMs: number): Promise<readonly RuleBucket[]>;
  rules(): Promise<readonly RuleRecord[]>;
  /** Everything that happened to a rule here, newest first; also of one that is gone. */
  ruleHistory(ruleId: string): Promise<readonly RuleVersion[]>;
  ruleVersion(ruleId: string, version: number): Promise<RuleVersionText | null>;
  /** All of a kind, by name. */
  records(kind: RecordKind): Promise<readonly WorkspaceRecord[]>;
  imports(): Promise<readonly ImportRecord[]>;
  importRejects(importId: string, page: PageRequest): Promise<Page<RejectedRecord>>;
  sourceCounters(): Promise<readonly Omit<SourceCounters, 'inQueue'>[]>;
  /** Log sources of the stored events. */
  logsources(): Promise<readonly LogsourceCount[]>;
  /** Runs of a detection rule, newest first. */
  detectionRuns(ruleId: string, page: PageRequest): Promise<Page<DetectionRun>>;
  detectionFeedback(ruleId: string, page: PageRequest): Promise<Page<DetectionFeedback>>;
  detectionActivity(sinceTs: number): Promise<DetectionActivity>;
  offsets(sourceId: string): Promise<readonly SourceOffset[]>;
  /** What a detector saved with a batch; null when it never did. */
  checkpoint(detector: string): Promise<StoredCheckpoint | null>;
  /** Up to `limit` events that no import brought, stored after `afterSeq`, in that order. */
  liveEventsAfter(afterSeq: number, limit: number): Promise<LiveEvents>;
  extent(): Promise<StoreExtent>;
  /** Stops running queries and closes. Later calls reject. */
  close(): Promise<void>;
}

/** Totals are counted exactly up to this many rows; a list that is longer says "more than". */
export const TOTAL_CAP = 100_000;

/** Newest matching events that `topValues` looks at. */
export const FIELD_SAMPLE = 20_000;
