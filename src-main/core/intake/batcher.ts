import type { Enrich } from '../../pipeline/enriching.ts';
import type { ParseOutcome } from '../../pipeline/parsing.ts';
import type { RejectedRecord, SourceOffset } from '../../pipeline/batch.ts';
import { toColumns } from '../../pipeline/columns.ts';
import { total, type CounterDelta } from '../../pipeline/counters.ts';
import type { EventSource, LogEvent } from '#shared/model/event.ts';
import type { ReceivedRecord } from '../../ingest/receiver.ts';
import type { NewId } from '../../platform/ids.ts';
import type { IncomingBatch } from '../flow/flow.ts';

/** First bytes of a rejected record that the store keeps with its reason (a sample: the file itself may be gone). */
const REJECT_SAMPLE_BYTES = 1024;

/** What turns the records of one source into events. */
export interface SourceContext {
  readonly sourceId: string;
  readonly source: EventSource;
  readonly parse: (record: ReceivedRecord) => ParseOutcome;
  readonly enrich: Enrich;
  readonly newId: NewId;
}

/** A batch and what it did to each source's books, for when it has been committed. */
export interface BuiltBatch {
  readonly batch: IncomingBatch;
  readonly outcomes: readonly SourceOutcome[];
}

export interface SourceOutcome {
  readonly sourceId: string;
  readonly committed: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** One record with the source that it came from. */
export interface QueuedRecord {
  readonly context: SourceContext;
  readonly record: ReceivedRecord;
}

/** Parses and enriches `records`, in order, into one batch. A record that cannot be parsed is kept as a rejection. */
export function buildBatch(records: readonly QueuedRecord[]): BuiltBatch {
  const events: LogEvent[] = [];
  const rejects: RejectedRecord[] = [];
  const offsets = new Map<string, SourceOffset>();
  const tallies = new Map<string, { committed: number; rejected: Record<string, number> }>();
  for (const { context, record } of records) {
    const tally = tallies.get(context.sourceId) ?? { committed: 0, rejected: {} };
    tallies.set(context.sourceId, tally);
    const outcome = context.parse(record);
    if (outcome.ok) {
      events.push(toEvent(context, record, outcome.event));
      tally.committed += 1;
    } else {
      const { reason } = outcome.rejection;
      tally.rejected[reason] = (tally.rejected[reason] ?? 0) + 1;
      rejects.push(toReject(context, record, outcome.rejection));
    }
    if (record.offset !== null)
      offsets.set(`${record.offset.sourceId} ${record.offset.fileKey}`, record.offset);
  }
  const outcomes = [...tallies].map(([sourceId, tally]) => ({ sourceId, ...tally }));
  return {
    batch: {
      events: toColumns(events),
      rejects,
      offsets: [...offsets.values()],
      counters: outcomes.map(toDelta),
    },
    outcomes,
  };
}

function toEvent(
  context: SourceContext,
  record: ReceivedRecord,
  parsed: Extract<ParseOutcome, { ok: true }>['event'],
): LogEvent {
  const event = context.enrich(parsed, {
    id: context.newId(),
    observedTs: record.receivedMs,
    source: context.source,
    sourceId: context.sourceId,
    raw: record.bytes,
    evidence: null,
    peer: record.peer,
  });
  return record.flags.length === 0 ? event : { ...event, flags: [...event.flags, ...record.flags] };
}

function toReject(
  context: SourceContext,
  record: ReceivedRecord,
  rejection: Extract<ParseOutcome, { ok: false }>['rejection'],
): RejectedRecord {
  return {
    sourceId: context.sourceId,
    path: record.offset?.path ?? record.peer ?? '',
    offset: record.offset?.offset ?? 0,
    length: record.originalBytes,
    reason: rejection.reason,
    detail: rejection.detail,
    sample: record.bytes.slice(0, REJECT_SAMPLE_BYTES),
  };
}

function toDelta(outcome: SourceOutcome): CounterDelta {
  return {
    sourceId: outcome.sourceId,
    received: outcome.committed + total(outcome.rejected),
    rejected: outcome.rejected,
    dropped: {},
  };
}
