import { isoTimeOrNull } from '#shared/wire/time.ts';
import type { ComponentState, PipelineStatus, ReceiverStatus } from '../../pipeline/commands.ts';
import type { SourceCounters } from '../../pipeline/counters.ts';
import type { StoreExtent } from '../../store/interface/reader.ts';

/** State of a receiver or detector. */
export function componentToWire(component: ReceiverStatus) {
  return {
    name: component.name,
    state: component.state,
    detail: component.detail,
    last_event_ts: isoTimeOrNull(component.lastEventTs),
  };
}

/** The books of one source; they balance on the wire as they do inside. */
export function countersToWire(counters: SourceCounters) {
  return {
    source_id: counters.sourceId,
    received: counters.received,
    committed: counters.committed,
    rejected: { ...counters.rejected },
    dropped: { ...counters.dropped },
    in_queue: counters.inQueue,
  };
}

/** `extent` is null when the database did not answer. */
export function databaseToWire(extent: StoreExtent | null) {
  const state: ComponentState = extent === null ? 'down' : 'ok';
  return {
    state,
    sqlite_version: extent?.engineVersion ?? '',
    size_bytes: extent?.sizeBytes ?? 0,
    events: extent?.events ?? 0,
    alerts: extent?.alerts ?? 0,
  };
}

/** Switched off is a choice, not a fault. */
export function overallState(states: readonly ComponentState[]): 'ok' | 'degraded' {
  return states.every((state) => state === 'ok' || state === 'off') ? 'ok' : 'degraded';
}

/** Whole seconds since the start; never negative, whatever the clock was set to. */
export function uptimeSeconds(status: PipelineStatus, nowMs: number): number {
  return Math.max(0, Math.round((nowMs - status.startedTs) / 1000));
}
