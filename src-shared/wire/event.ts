import type { EventWire } from '../contract/events.ts';
import type { EvidencePosition, LogEvent } from '../model/event.ts';
import { isoTime } from './time.ts';

/** An event as REST and the stream send it, in the names of document 004. */
export function eventToWire(event: LogEvent): EventWire {
  return {
    id: event.id,
    observed_ts: isoTime(event.observedTs),
    event_ts: isoTime(event.eventTs),
    source: event.source,
    source_id: event.sourceId,
    severity: event.severity,
    host: event.host,
    message: event.message,
    // Filled by template mining and anomaly scoring where those run.
    template_id: null,
    template: null,
    anomaly_score: null,
    anomaly_threshold: null,
    entities: event.entities.map(({ type, value, uuid }) => ({ type, value, uuid })),
    attack: event.attack,
    logsource: event.logsource,
    fields: { ...event.mapped, ...event.fields },
    peer: event.peer,
    flags: [...event.flags],
    evidence: event.evidence === null ? null : evidenceToWire(event.evidence),
  };
}

function evidenceToWire(position: EvidencePosition): NonNullable<EventWire['evidence']> {
  return {
    path: position.path,
    offset: position.offset,
    length: position.length,
    record_id: position.recordId,
    sha256: position.evidenceId,
  };
}
