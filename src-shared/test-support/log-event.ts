import type { LogEvent } from '../model/event.ts';

/** Test support: an event of which only `parts` matter. */
export function logEvent(parts: Partial<LogEvent> = {}): LogEvent {
  return {
    id: '01HZX00000000000000000000A',
    eventTs: 0,
    observedTs: 0,
    source: 'json',
    sourceId: 'test',
    severity: 9,
    host: 'h',
    message: 'm',
    logsource: { category: null, product: null, service: null },
    fields: {},
    mapped: null,
    entities: [],
    attack: null,
    raw: null,
    evidence: null,
    peer: null,
    flags: [],
    ...parts,
  };
}
